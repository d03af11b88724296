"""load_profile: it gives a council its pathways, a second time it changes nothing, and it never takes what is the council's own."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from brokerage.audit.models import Event
from brokerage.council.models import Council
from brokerage.profiles import loading
from referrals.models import Pathway, Signpost
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db


def _load(name):
    said = StringIO()
    call_command("load_profile", name, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("name", loading.NAMES)
def test_a_profile_is_loaded_once_and_a_second_time_changes_nothing(name):
    first = _load(name)
    pathways, deeds = set(Pathway.objects.values_list("code", "version")), Event.objects.count()

    second = _load(name)

    assert "added" in first
    assert "Nothing changed" in second
    assert set(Pathway.objects.values_list("code", "version")) == pathways
    assert Event.objects.count() == deeds
    assert all(Pathway.objects.in_force().filter(code=code).count() == 1 for code, _ in pathways)


def test_what_is_loaded_is_written_down_with_what_it_did():
    _load("medway")

    loaded = Event.objects.get(verb="profile.loaded")
    assert "Respite, block bed added" in loaded.facts["done"]
    assert Event.objects.filter(verb="pathway.published").count() == 7
    assert Signpost.objects.count() == 5  # MED-17


def test_the_councils_own_name_and_pages_stay(db):
    Council.objects.create(pk=1, name="Our Own Council", phone="01632 960100")

    said = _load("derbyshire")

    council = Council.objects.get()
    assert (council.name, council.phone) == ("Our Own Council", "01632 960100")
    assert "Name of the council" not in said


def test_a_council_without_a_name_gets_the_profiles():
    said = _load("derbyshire")

    assert Council.objects.get().name == "Derbyshire County Council"
    assert "Name of the council: Council → Derbyshire County Council" in said


def test_hours_that_differ_are_set_and_said():
    Council.objects.create(pk=1, name="Our Own Council", opens_at="08:00", closes_at="18:00")

    said = _load("derbyshire")

    assert "Opens at: 08:00 → 09:00" in said
    assert "Closes at: 18:00 → 17:00" in said


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(CommandError, match="There are derbyshire, greenwich, leicestershire and medway"):
        _load("rutland")

    assert not Pathway.objects.exists()


def test_a_received_case_keeps_its_version_and_a_draft_moves_and_says_so(coordinator):
    received = ReferralFactory(received=True, referred_by=coordinator)
    draft = ReferralFactory(referred_by=coordinator)

    said = _load("medway")

    received.refresh_from_db()
    draft.refresh_from_db()
    assert (received.pathway.version, draft.pathway.version) == (1, 2)
    assert draft.pathway.in_force
    moved = Event.objects.of_case(draft.reference).get(verb="referral.pathway_changed")
    assert (moved.facts["from"], moved.facts["to"]) == (1, 2)
    assert any("Said on the task list" in change for change in moved.facts["changes"])
    assert not Event.objects.of_case(received.reference).filter(verb="referral.pathway_changed").exists()
    assert "1 draft moved to it" in said


def test_a_profile_with_a_fault_leaves_nothing_half_done(monkeypatch):
    profile = loading.profile_named("greenwich")
    last = profile.pathways[-1]
    broken = replace(
        profile, pathways=(*profile.pathways[:-1], replace(last, terms=replace(last.terms, papers=("spell",))))
    )

    with pytest.raises(Exception, match="cannot be published"):
        loading.load(broken, by=None)

    assert not Pathway.objects.exists()
    assert not Council.objects.exists()


def test_what_loading_would_do_is_told_without_doing_it():
    steps = loading.steps(loading.profile_named("leicestershire"), by=None)

    assert [step.said for step in steps][-1] == "Summer play scheme added"
    assert not Pathway.objects.exists()
