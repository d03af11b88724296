"""What Django's models cannot say: names as they are looked for, however they are written.

`before_people` is a tuple of migration operations, to be run before the people's table has its `search_words`.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db.migrations import RunSQL

# unaccent() is STABLE, because its dictionary could be changed; an index needs a promise that it is not
PLAIN_WORDS = RunSQL(
    sql="""
        CREATE FUNCTION people_plain_words(words text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT lower(translate(public.unaccent('public.unaccent'::regdictionary, words), '-,;/()''’‘`´.', '      '))
        $$;
    """,
    reverse_sql="DROP FUNCTION people_plain_words(text);",
)

before_people = (TrigramExtension(), UnaccentExtension(), PLAIN_WORDS)
