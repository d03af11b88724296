"""Finding a case by what somebody on the phone can say: its reference, a number, a name with its typos, a postcode, initials."""

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from brokerage.home import search_terms
from brokerage.home.search_terms import Terms
from referrals.intake.models import Referral

AT_MOST = 50
LOOKED_AT = 300  # of those that fit, of whom the best are shown
NEAR_IF_FEWER = 10
NEAR_AT_MOST = 20
LIKENESS = 0.38  # of trigrams: one letter wrong in a name of six leaves 0.4

# From the people whose words fit to their cases, one by one, and no further than is asked for. To begin with the cases
# would be to read every case of the team.
BY_NAME = """
    SELECT best.id
      FROM (SELECT found.id, {likeness} AS likeness
              FROM (SELECT people.id, people.search_words FROM referrals_person AS people WHERE {fits} OFFSET 0) AS named
             CROSS JOIN LATERAL ({cases} OFFSET 0) AS found
             LIMIT {looked_at}) AS best
     ORDER BY best.likeness DESC, best.id DESC
     LIMIT {at_most}
"""
# For one transaction. PostgreSQL guesses that a name is like many, and would rather read a million people through until it
# has enough than ask the index of trigrams.
BY_THE_INDEX = (
    "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true), set_config('enable_seqscan', 'off', true)"
)
WHOLE = "(named.search_words || ' ' LIKE '%% ' || people_plain_words(%s) || ' %%')::int"
BEGINS = "people.search_words LIKE '%% ' || people_plain_words(%s) || '%%'"
IS = "people.search_words LIKE %s"
IS_LIKE = "people_plain_words(%s) <%% people.search_words"
LIKE = "word_similarity(people_plain_words(%s), named.search_words)"


@dataclass
class Found:
    terms: Terms
    cases: list[Referral] = field(default_factory=list)
    near: list[Referral] = field(default_factory=list)  # whose names are only like what was typed
    are_more: bool = False


def find(typed: str, user) -> Found:
    """Cases this person may see: those that fit exactly first, then names that begin so, then names that are like it."""
    terms = search_terms.read(typed)
    found = Found(terms)
    if terms.are_too_few:
        return found
    exact = _exactly(terms, user)
    named, near = _by_name(terms, user) if terms.can_be_a_name else ([], [])
    fitting = list(dict.fromkeys([*exact, *named]))
    near = [pk for pk in near if pk not in set(fitting)]
    cases = _read([*fitting[:AT_MOST], *near[:NEAR_AT_MOST]])
    found.cases = [cases[pk] for pk in fitting[:AT_MOST] if pk in cases]
    found.near = [cases[pk] for pk in near[:NEAR_AT_MOST] if pk in cases]
    found.are_more = len(fitting) > AT_MOST
    return found


def _read(pks) -> dict[int, Referral]:
    return Referral.objects.select_related("person", "pathway", "broker").in_bulk(pks) if pks else {}


def _exactly(terms, user) -> list[int]:
    """By a number or initials: each by an index of its own, in one statement."""
    seen = Referral.objects.visible_to(user)
    ways = []
    if terms.reference:
        ways.append(seen.filter(reference=terms.reference))
    if terms.nhs_number:
        ways.append(seen.filter(person__nhs_number=terms.nhs_number))
    if terms.record_id:
        ways.append(seen.filter(person__record_id__in={terms.record_id, terms.record_id.upper()}))
    ways = [way.order_by("-pk") for way in ways]
    if terms.initials:  # of open cases, those due next first
        ways.append(
            seen.filter(work__initials=terms.initials, work__is_open=True).order_by("work__due_key", "work__id")
        )
    if not ways:
        return []
    first, *others = [way.values_list("pk", flat=True)[: AT_MOST + 1] for way in ways]
    return list(first.union(*others, all=True)) if others else list(first)


@transaction.atomic
def _by_name(terms, user) -> tuple[list[int], list[int]]:
    """Those whose names begin so; and, where they are few, those whose names are like it."""
    with connection.cursor() as cursor:
        cursor.execute(BY_THE_INDEX, [str(LIKENESS)])
    named = _named(terms, user)
    return named, _near(terms, user) if len(named) < NEAR_IF_FEWER and _can_be_near(terms) else []


def _named(terms, user) -> list[int]:
    """Every word begins one of the person's, or is their postcode; those with most whole words come first."""
    fits, values = _fits(terms)
    whole = " + ".join([WHOLE] * len(terms.of_a_name)) or "0"
    return _asked(user, whole, terms.of_a_name, fits, values)


def _near(terms, user) -> list[int]:
    """Every word is like one of the person's: a letter wrong, left out, or in another's place."""
    words = [word for word in terms.of_a_name if len(word) > 2]
    return _asked(user, " + ".join([LIKE] * len(words)), words, " AND ".join([IS_LIKE] * len(words)), words)


def _can_be_near(terms) -> bool:
    return any(len(word) > 2 for word in terms.of_a_name) and not (terms.areas or terms.postcodes)


def _fits(terms) -> tuple[str, list]:
    """A pattern for each word, each of which the index of trigrams can answer."""
    fits = [BEGINS] * len(terms.of_a_name) + [IS] * len(terms.postcodes)
    values = [*terms.of_a_name, *(f"% {code.lower()}%" for code in terms.postcodes)]
    for area in terms.areas:  # and whatever stands behind it in a whole postcode, so that PL1 is not PL11
        fits.append(f"({IS} OR {IS})")
        values += [f"% {area.lower()}", f"% {area.lower()}___"]
    return " AND ".join(fits), values


def _cases_of(user, person: str) -> tuple[str, tuple]:
    """The statement of the cases of one person, named in SQL, that this reader may see."""
    of_person = RawSQL(f'"referrals_referral"."person_id" = {person}', [], output_field=BooleanField())
    return Referral.objects.visible_to(user).filter(of_person).order_by().values("id").query.sql_with_params()


def _asked(user, likeness, likened, fits, fitting) -> list[int]:
    cases, seen = _cases_of(user, "named.id")
    statement = BY_NAME.format(likeness=likeness, fits=fits, cases=cases, looked_at=LOOKED_AT, at_most=AT_MOST + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*likened, *fitting, *seen])
        return [pk for (pk,) in cursor.fetchall()]
