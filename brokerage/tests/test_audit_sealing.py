"""Whoever may do anything to the database still cannot do it unseen."""

import json
import time
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from brokerage.accounts.models import Team, TeamEvent
from brokerage.audit import sealing, verifying
from brokerage.audit.models import Event, Seal, SealedRow
from brokerage.audit.recording import Deed, record_many
from brokerage.tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "audit-heads.log"


@pytest.fixture
def deeds():
    """Ten deeds and a team's evidence, sealed."""
    team = TeamFactory()
    deeds = record_many([Deed("team.met", team, f"Met for the time {n}", because="Weekly") for n in range(10)], by=None)
    sealing.seal()
    sealing.keep_head_outside()
    return deeds


@contextmanager
def guards_down(*models):
    """What only the owner or a superuser can do."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        yield cursor
        for model in models:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")


def verify():
    """The command's words and its exit code."""
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out)
    except SystemExit as end:
        return out.getvalue().splitlines(), end.code
    return out.getvalue().splitlines(), 0


def test_a_whole_audit_is_verified_in_silence(deeds):
    assert verify() == ([], 0)


def test_every_deed_and_every_row_of_evidence_is_sealed(deeds):
    assert SealedRow.objects.filter(table_name="audit_event").count() == 10
    assert SealedRow.objects.filter(table_name="accounts_teamevent").count() == TeamEvent.objects.count() > 0
    assert sealing.seal() == 0


def test_one_changed_letter_is_named(deeds):
    with guards_down(Event):
        Event.objects.filter(pk=deeds[4]).update(because="weekly")

    assert verify() == ([f"audit_event row {deeds[4]} is changed."], 1)


@pytest.mark.parametrize("column", [field.column for field in Event._meta.fields if field.column != "id"])
def test_a_change_in_any_column_is_named(deeds, column):
    others = {"at": "'2020-01-01'", "recorded_at": "'2020-01-01'", "facts": "'{\"a\": 1}'", "actor_kind": "'user'"}
    also = ", actor_id = 7" if column == "actor_kind" else ", actor_kind = 'user'" if column == "actor_id" else ""
    with guards_down(Event) as cursor:
        value = others.get(column, "7" if column in {"tx", "actor_id"} else "'x'")
        cursor.execute(f'UPDATE audit_event SET "{column}" = {value}{also} WHERE id = %s', [deeds[2]])

    assert verify() == ([f"audit_event row {deeds[2]} is changed."], 1)


def test_a_row_that_is_gone_is_named(deeds):
    with guards_down(Event):
        Event.objects.filter(pk=deeds[4]).delete()

    assert verify() == ([f"audit_event row {deeds[4]} is missing."], 1)


def test_two_swapped_rows_are_both_named(deeds):
    with guards_down(Event) as cursor:
        for old, new in ((deeds[1], -1), (deeds[7], deeds[1]), (-1, deeds[7])):
            cursor.execute("UPDATE audit_event SET id = %s WHERE id = %s", [new, old])

    assert verify() == ([f"audit_event row {deeds[n]} is changed." for n in (1, 7)], 1)


def test_changed_evidence_is_named(deeds):
    with guards_down(TeamEvent):
        row = TeamEvent.objects.first()
        TeamEvent.objects.filter(pk=row.pk).update(name="Another team")

    assert verify() == ([f"accounts_teamevent row {row.pk} is changed."], 1)


def test_who_changed_it_is_part_of_the_evidence(deeds):
    with guards_down(TeamEvent):
        row = TeamEvent.objects.first()
        TeamEvent.objects.filter(pk=row.pk).update(pgh_context={"user": 99})

    assert verify() == ([f"accounts_teamevent row {row.pk} is changed."], 1)


def test_a_row_changed_together_with_its_digest_breaks_the_seal(deeds):
    with guards_down(Event, SealedRow) as cursor:
        Event.objects.filter(pk=deeds[4]).update(because="weekly")
        digest = sealing.DIGEST.format(row="to_jsonb(t)")
        cursor.execute(
            f"UPDATE audit_sealedrow s SET digest = {digest} FROM audit_event t"
            " WHERE t.id = s.row_id AND s.table_name = 'audit_event' AND t.id = %s",
            [deeds[4]],
        )

    words, code = verify()
    assert code == 1
    assert "no longer covers what it sealed, 10 rows of audit_event" in words[0]


def test_a_seal_changed_to_fit_breaks_the_chain(deeds):
    seal = Seal.objects.order_by("pk").first()
    with guards_down(Seal):
        Seal.objects.filter(pk=seal.pk).update(hash="0" * 64)

    words, code = verify()
    assert code == 1
    assert any(f"Seal {seal.pk} of {seal.table_name} is changed." == line for line in words)


def test_a_seal_taken_out_of_the_middle_is_found(deeds):
    record_many([Deed("team.met", Team.objects.get(), "Met again")], by=None)
    sealing.seal()
    first, second = Seal.objects.order_by("pk")[:2]
    with guards_down(Seal):
        first.delete()

    words, code = verify()
    assert code == 1
    assert f"Seal {second.pk} does not follow the one before it: one between them is missing or changed." in words
    assert any("has lost its seal." in line for line in words)


def cut_the_end(from_row):
    """Every trace of the last rows, seals included, and the chain before it left whole."""
    with guards_down(Event, Seal, SealedRow):
        last = SealedRow.objects.filter(table_name="audit_event", row_id__gte=from_row).values_list(
            "seal_id", flat=True
        )
        seals = set(last)
        Event.objects.filter(pk__gte=from_row).delete()
        SealedRow.objects.filter(seal_id__in=seals).delete()
        Seal.objects.filter(pk__in=seals).delete()


def test_an_end_cut_off_cleanly_is_found_by_the_copy_outside(deeds, outside):
    later = record_many([Deed("team.met", Team.objects.get(), f"Met again {n}") for n in range(3)], by=None)
    sealing.seal()
    sealing.keep_head_outside()
    cut_the_end(later[0])

    words, code = verify()
    assert code == 1
    assert len(words) == 1
    assert words[0].startswith("The end was cut off: audit-heads.log knows seal")
    assert f"of audit_event up to row {later[-1]}" in words[0]


def test_without_the_copy_outside_a_clean_cut_would_go_unseen(deeds, outside):
    later = record_many([Deed("team.met", Team.objects.get(), "Met again")], by=None)
    sealing.seal()
    cut_the_end(later[0])
    outside.unlink()

    assert verify() == ([], 0)


def test_a_chain_made_anew_does_not_agree_with_the_copy_outside(deeds, outside):
    head = json.loads(outside.read_text().splitlines()[-1])
    outside.write_text(json.dumps({**head, "hash": "f" * 64}) + "\n")

    words, code = verify()
    assert code == 1
    assert words == [f"Seal {head['seal']} is not the one written in audit-heads.log at {head['made_at']}."]


def test_a_row_put_in_among_old_ones_is_named(deeds):
    with guards_down(Seal, Event) as cursor:
        cursor.execute("UPDATE audit_seal SET made_at = now() - interval '3 days'")
        spare = deeds[0] - 1
        Event.objects.filter(pk=deeds[0]).update(verb="team.met")
        cursor.execute(
            "INSERT INTO audit_event (id, at, verb, actor_kind, actor_name, actor_role, actor_organisation,"
            ' subject_label, subject_id, "case", said, because, facts)'
            " VALUES (%s, now(), 'x', 'system', 'x', '', '', 'x', '1', '', 'x', '', '{}')",
            [spare],
        )
    sealing.seal()

    words, code = verify()
    assert (words, code) == ([f"audit_event row {spare} was put in among rows sealed before it."], 1)


def test_a_row_committed_late_is_sealed_by_a_later_pass(deeds):
    """Its id is lower than others already sealed, as when its transaction took longer than theirs."""
    late = deeds[3]
    with guards_down(Seal, SealedRow):
        SealedRow.objects.all().delete()
        Seal.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE held AS SELECT * FROM audit_event WHERE id = %s", [late])
        with guards_down(Event):
            cursor.execute("DELETE FROM audit_event WHERE id = %s", [late])
        sealing.seal()
        with guards_down(Event):
            cursor.execute("INSERT INTO audit_event SELECT * FROM held")

    assert sealing.seal() == 1
    assert SealedRow.objects.filter(table_name="audit_event", row_id=late).exists()


def test_a_digest_is_the_same_in_any_session(deeds):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'; SET LOCAL IntervalStyle = 'sql_standard'")

    assert verify()[1] == 0


def test_a_column_added_later_leaves_old_rows_whole(deeds):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event ADD COLUMN place text NOT NULL DEFAULT 'Matlock'")
    assert verify() == ([], 0)

    with guards_down(Event) as cursor:
        cursor.execute("UPDATE audit_event SET said = 'x' WHERE id = %s", [deeds[0]])
    assert verify()[0] == [f"audit_event row {deeds[0]} is changed."]


def test_a_column_taken_away_is_named(deeds):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DROP COLUMN because")

    assert verify()[0] == ["audit_event: the column because was taken away after rows that had it were sealed."]


def test_sealing_goes_on_when_the_file_outside_cannot_be_written(deeds, settings, tmp_path, caplog):
    settings.VAR_DIR = tmp_path / "nowhere"

    sealing.keep_head_outside()

    assert "could not be written" in caplog.text


def test_large_batches_are_sealed_in_pieces(deeds, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    record_many([Deed("team.met", Team.objects.get(), f"Again {n}") for n in range(10)], by=None)

    assert sealing.seal() == 10
    assert list(Seal.objects.order_by("-pk").values_list("rows", flat=True)[:3]) == [2, 4, 4]
    assert list(verifying.findings()) == []


@pytest.mark.soak
def test_a_hundred_thousand_rows_are_sealed_and_verified_in_reasonable_time(deeds):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (at, verb, actor_kind, actor_name, actor_role, actor_organisation, subject_label,"
            ' subject_id, "case", said, because, facts)'
            " SELECT now(), 'x', 'system', 'x', '', '', 'x', n, 'R' || n, 'Something was done', '', '{}'"
            " FROM generate_series(1, 100000) n"
        )

    began = time.monotonic()
    assert sealing.seal() == 100_000
    sealed = time.monotonic()
    assert verify() == ([], 0)
    verified = time.monotonic()

    print(f"100,000 rows sealed in {sealed - began:.1f} s, verified in {verified - sealed:.1f} s")
    assert verified - began < 60
