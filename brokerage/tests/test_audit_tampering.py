"""Signed in to the database as the real application role, with its real rights: nothing here may succeed."""

import json
import os
import subprocess
import sys

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from brokerage.accounts.models import Team, TeamEvent
from brokerage.audit import guards, roles, sealing
from brokerage.audit.models import Event
from brokerage.audit.recording import record
from brokerage.tests.factories import TeamFactory

pytestmark = pytest.mark.django_db

ATTEMPTS = {
    "change a deed": "UPDATE audit_event SET said = 'Something else' WHERE id = (SELECT min(id) FROM audit_event)",
    "change a deed back to what it was": "UPDATE audit_event SET said = said",
    "change no deed at all": "UPDATE audit_event SET said = '' WHERE false",
    "delete a deed": "DELETE FROM audit_event",
    "empty the deeds": "TRUNCATE audit_event",
    "empty the deeds with the tests' setting": "SET app.allow_truncate = 'on'; TRUNCATE audit_event",
    "change evidence": "UPDATE accounts_teamevent SET name = 'Another'",
    "change evidence with triggers ignored": (
        "SET pgtrigger.ignore = '{append_only}'; UPDATE accounts_teamevent SET name = 'Another'"
    ),
    "delete evidence": "DELETE FROM accounts_teamevent",
    "empty evidence": "TRUNCATE accounts_teamevent",
    "make up evidence": "INSERT INTO accounts_teamevent SELECT * FROM accounts_teamevent",
    "make up evidence column by column": "INSERT INTO accounts_teamevent (pgh_label) VALUES ('insert')",
    "change a seal": "UPDATE audit_seal SET hash = repeat('0', 64)",
    "delete a seal": "DELETE FROM audit_seal",
    "change a digest": "UPDATE audit_sealedrow SET digest = repeat('0', 64)",
    "delete a digest": "DELETE FROM audit_sealedrow",
    "empty the digests": "TRUNCATE audit_sealedrow",
    "take the guard down": "ALTER TABLE audit_event DISABLE TRIGGER audit_only_grows",
    "take all guards down": "ALTER TABLE audit_event DISABLE TRIGGER USER",
    "drop the guard": "DROP TRIGGER audit_only_grows ON audit_event",
    "rewrite the guard": (
        "CREATE OR REPLACE FUNCTION audit_refuse_to_change() RETURNS trigger"
        " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    ),
    "drop the guard's function": "DROP FUNCTION audit_refuse_to_change() CASCADE",
    "rewrite what may be ignored": (
        'CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean'
        " LANGUAGE sql AS 'SELECT true'"
    ),
    "put a trigger of one's own": (
        "CREATE TRIGGER mine BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse_to_change()"
    ),
    "put a rule in place": "CREATE RULE quiet AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "drop the table": "DROP TABLE audit_event",
    "rename the table": "ALTER TABLE audit_event RENAME TO elsewhere",
    "drop a column": "ALTER TABLE audit_event DROP COLUMN because",
    "pretend to be a replica": "SET session_replication_role = replica; DELETE FROM audit_event",
    "become the owner": "SET ROLE brokerage_owner",
    "take the table over": "ALTER TABLE audit_event OWNER TO CURRENT_USER",
    "give oneself the right": "GRANT ALL ON audit_event TO CURRENT_USER; DELETE FROM audit_event",
    "lock everybody out": "LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE",
    "choose an event's id": (
        "SELECT nextval(pg_get_serial_sequence('audit_event', 'id'));"
        "INSERT INTO audit_event (id, at, verb, actor_kind, actor_name, actor_role, actor_organisation, subject_label,"
        ' subject_id, "case", said, because, facts)'
        " VALUES (1, now(), 'x', 'system', 'x', '', '', 'x', '1', '', 'x', '', '{}')"
    ),
    "set the ids back": "SELECT setval(pg_get_serial_sequence('audit_event', 'id'), 1)",
    "make a table": "CREATE TABLE public.mine (id int)",
    "hide a migration": "DELETE FROM django_migrations",
    "make a superuser": "CREATE ROLE mine SUPERUSER",
}


@pytest.fixture(scope="module")
def application(django_db_setup, django_db_blocker):
    """A connection as the application's role to a database with committed deeds, evidence and seals."""
    address = os.environ.get("TEST_APP_DATABASE_URL")
    if not address:
        pytest.skip("Set TEST_APP_DATABASE_URL to the test database's address as the application's role.")
    with django_db_blocker.unblock():
        signed_in = psycopg2.connect(address)
        roles.grant(signed_in.info.user)
        team = TeamFactory()
        record("team.made", team, by=None, said="Team made", case="R000012")
        sealing.seal()
        yield signed_in
        signed_in.close()
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE accounts_team CASCADE")
            for table in guards.audit_tables():
                cursor.execute(f"TRUNCATE {table}")


def contents(application):
    with application.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
                for table in guards.audit_tables()
            )
        )
        found = cursor.fetchall()
    application.rollback()
    return found


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_applications_role_cannot(application, attempt):
    before = contents(application)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege), application.cursor() as cursor:
        cursor.execute(ATTEMPTS[attempt])
        application.commit()

    application.rollback()
    assert contents(application) == before


def test_what_the_database_stamps_cannot_be_chosen(application):
    with application.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (at, recorded_at, tx, verb, actor_kind, actor_name, actor_role,"
            ' actor_organisation, subject_label, subject_id, "case", said, because, facts)'
            " VALUES (now(), '2020-01-01', 7, 'x', 'system', 'x', '', '', 'x', '1', '', 'x', '', '{}')"
            " RETURNING recorded_at > now() - interval '1 minute', tx = pg_current_xact_id()::text::bigint"
        )
        stamped = cursor.fetchone()
    application.rollback()

    assert stamped == (True, True)


def test_the_applications_role_works_with_the_rest_and_leaves_evidence(application):
    with application.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(guards.functions(Team)) + "}"]
        )
        cursor.execute("UPDATE accounts_team SET duty_phone = '01632 960002'")
        cursor.execute("SELECT count(*) FROM accounts_teamevent WHERE duty_phone = '01632 960002'")
        assert cursor.fetchone() == (1,)
    application.rollback()


def test_the_applications_role_seals_and_verifies(application, tmp_path):
    address = os.environ["TEST_APP_DATABASE_URL"]

    def manage(command):
        told = {**os.environ, "DATABASE_URL": address, "VAR_DIR": str(tmp_path)}
        return subprocess.run(
            [sys.executable, "manage.py", command], cwd=settings.BASE_DIR, env=told, capture_output=True, text=True
        )

    with application.cursor() as cursor:
        cursor.execute("UPDATE accounts_team SET duty_phone = '01632 960003'")
    application.commit()

    assert manage("seal_audit").stdout == "1 row sealed\n"
    assert json.loads((tmp_path / "audit-heads.log").read_text())["table"] == "accounts_teamevent"
    verified = manage("verify_audit")
    assert (verified.stdout, verified.returncode) == ("", 0)


def test_a_slip_of_the_owner_is_stopped_as_well(application):
    with connection.cursor() as cursor:
        for slip in ("UPDATE audit_event SET said = 'x'", "DELETE FROM audit_seal"):
            with pytest.raises(DatabaseError, match="the audit only grows"), transaction.atomic():
                cursor.execute(slip)
        cursor.execute("SET app.allow_truncate = 'off'")
        try:
            for table in guards.audit_tables():
                with pytest.raises(DatabaseError, match="the audit only grows"), transaction.atomic():
                    cursor.execute(f"TRUNCATE {table} CASCADE")
        finally:
            cursor.execute("SET app.allow_truncate = 'on'")


def test_every_audit_table_is_guarded(application):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'audit_only_grows' AND tgenabled = 'A'"
        )
        guarded = {table for (table,) in cursor.fetchall()}

    assert guarded == set(guards.audit_tables())
    assert {Event._meta.db_table, TeamEvent._meta.db_table} <= guarded


def test_granting_again_changes_nothing(application):
    def granted():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
            )
            return cursor.fetchall()

    before = granted()
    call_command("grant_roles", application.info.user, verbosity=0)

    assert granted() == before
