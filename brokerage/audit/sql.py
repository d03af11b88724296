"""What the database itself enforces. Installed after every migrate by guards.py, so no migration has to carry it."""

# An audit table only grows. The setting lets the test runner empty tables between tests; without the right to
# TRUNCATE, which the application's role is never given, it opens nothing.
REFUSE_TO_CHANGE = """
CREATE OR REPLACE FUNCTION audit_refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('app.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% of % refused: the audit only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

GUARD = """
CREATE OR REPLACE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_to_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_only_grows;
"""

# When and in which transaction a deed was written is the database's to say, and ids come from their sequence.
STAMP_EVENTS = """
CREATE OR REPLACE FUNCTION audit_stamp_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS DISTINCT FROM currval(pg_get_serial_sequence('audit_event', 'id')) THEN
        RAISE EXCEPTION 'an event may not choose its id' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.recorded_at := clock_timestamp();
    NEW.tx := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER audit_stamp BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_stamp_event();
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_stamp;
"""

# Row changes are written down by the owner's right, so the application's role needs none on those tables, and so
# cannot write evidence of its own. The order of schemas is fixed, or a temporary table could stand in for a real one.
WRITE_AS_OWNER = """
ALTER FUNCTION {function}() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
"""

# pgtrigger lets a session switch triggers off. Here only the owner, at a prompt of its own, may do that.
ONLY_THE_OWNER_MAY_IGNORE = """
CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
    asked TEXT := current_setting('pgtrigger.ignore', true);
BEGIN
    IF asked IS NULL OR asked = '' THEN
        RETURN FALSE;
    END IF;
    RETURN trigger_name = ANY(asked::text[]) AND session_user = (
        SELECT r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE c.oid = 'audit_event'::regclass);
END $$;
"""

MISSING = """
SELECT t.name FROM unnest(%s::text[]) AS t(name)
WHERE NOT EXISTS (
    SELECT 1 FROM pg_trigger g WHERE g.tgrelid = to_regclass(quote_ident(t.name))
    AND g.tgname = 'audit_only_grows' AND g.tgenabled = 'A')
"""

WRITTEN_AS_CALLER = """
SELECT p.proname FROM pg_proc p
WHERE p.proname = ANY(%s) AND NOT p.prosecdef AND p.pronamespace = 'public'::regnamespace
"""

LENT_TO = """
SELECT DISTINCT c.relname, quote_ident(r.rolname)
FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace
    AND a.grantee <> c.relowner AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')
"""
