"""What Django's models cannot say: the index of the nearest, and the trigger that keeps its rows.

`offerings` is a tuple of migration operations, to be attached after the models are made.
"""

from django.db.migrations import RunSQL

NEAREST_OF_EACH_KIND = RunSQL(
    sql="""
        CREATE INDEX directory_nearest_of_kind ON providers_offering USING gist (kind, point) INCLUDE (service_id);
    """,
    reverse_sql="DROP INDEX directory_nearest_of_kind;",
)

KEEP_OFFERINGS = RunSQL(
    sql="""
        CREATE FUNCTION providers_keep_offerings() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM providers_offering
             WHERE service_id = NEW.id
               AND (NEW.easting IS NULL OR NOT kind = ANY (NEW.kinds));
            INSERT INTO providers_offering (service_id, kind, point)
            SELECT NEW.id, kind, point(NEW.easting, NEW.northing)
              FROM (SELECT DISTINCT unnest(NEW.kinds) AS kind) AS offered
             WHERE NEW.easting IS NOT NULL
                ON CONFLICT (service_id, kind) DO UPDATE SET point = excluded.point
             WHERE NOT providers_offering.point ~= excluded.point;
            RETURN NULL;
        END $$;

        CREATE TRIGGER providers_offerings_of_a_new_service
        AFTER INSERT ON providers_service FOR EACH ROW
        WHEN (NEW.easting IS NOT NULL AND NEW.kinds <> '{}')
        EXECUTE FUNCTION providers_keep_offerings();

        CREATE TRIGGER providers_offerings_follow_the_service
        AFTER UPDATE OF kinds, easting, northing ON providers_service FOR EACH ROW
        WHEN (   NEW.kinds IS DISTINCT FROM OLD.kinds
              OR NEW.easting IS DISTINCT FROM OLD.easting
              OR NEW.northing IS DISTINCT FROM OLD.northing)
        EXECUTE FUNCTION providers_keep_offerings();
    """,
    reverse_sql="""
        DROP TRIGGER providers_offerings_follow_the_service ON providers_service;
        DROP TRIGGER providers_offerings_of_a_new_service ON providers_service;
        DROP FUNCTION providers_keep_offerings();
    """,
)

offerings = (NEAREST_OF_EACH_KIND, KEEP_OFFERINGS)

PLACE_BY_POSTCODE = """
    UPDATE providers_service AS service
       SET easting = postcode.easting, northing = postcode.northing
      FROM providers_postcode AS postcode
     WHERE postcode.code = service.postcode
       AND (service.easting, service.northing) IS DISTINCT FROM (postcode.easting, postcode.northing)
"""

ONE_IMPORT_AT_A_TIME = "SELECT pg_advisory_xact_lock(728001)"

# -- postcodes, by the million: read into a table of the transaction's own, then compared as two sets
POSTCODES_READ = """
    SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL work_mem = '64MB';
    DROP TABLE IF EXISTS postcodes_read;
    CREATE TEMPORARY TABLE postcodes_read (line integer, code varchar(8) COLLATE "C", easting integer, northing integer)
        ON COMMIT DROP;
"""

REPEATED_POSTCODES = """
    WITH repeated AS (SELECT code, min(line) AS first FROM postcodes_read GROUP BY code HAVING count(*) > 1)
    DELETE FROM postcodes_read AS later USING repeated
     WHERE later.code = repeated.code AND later.line > repeated.first
    RETURNING later.line, later.code
"""

UPDATE_POSTCODES = """
    UPDATE providers_postcode AS known
       SET easting = said.easting, northing = said.northing
      FROM postcodes_read AS said
     WHERE said.code = known.code
       AND (said.easting, said.northing) IS DISTINCT FROM (known.easting, known.northing)
"""

ADD_POSTCODES = """
    INSERT INTO providers_postcode (code, easting, northing)
    SELECT code, easting, northing FROM postcodes_read AS said
     WHERE NOT EXISTS (SELECT 1 FROM providers_postcode AS known WHERE known.code = said.code)
"""
