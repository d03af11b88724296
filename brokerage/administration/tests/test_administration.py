"""Setting a council up in the browser: settings with their effect, teams, signposts, profiles; and what is still to do."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brokerage.accounts.models import Team
from brokerage.administration.council import actions as council
from brokerage.administration.teams import actions as teams
from brokerage.audit.models import Event
from brokerage.council.models import Council
from brokerage.errors import NotAllowed, Refused
from brokerage.tests.factories import TeamFactory, UserFactory
from referrals.models import Pathway, Signpost, Signposting
from referrals.tests.factories import PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db

HOURS = {
    "working_days": ["0", "1", "2", "3", "4"],
    "opens_at": "09:00",
    "closes_at": "18:00",
    "morning_ends_at": "12:00",
    "out_of_hours": "next_opening",
}


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def send(client, name, /, *args, **answers):
    return client.post(reverse(name, args=args), answers, follow=True)


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


# -- an administrator's home


def test_an_empty_installation_says_what_is_still_to_set_up(admin_client):
    said = page(admin_client, "administration")

    assert "It has no name yet" in said
    assert "nobody can refer" in said
    assert "None yet. Whoever runs the service imports the regulator’s directory" in said
    assert "They have no page of their own yet" in said
    assert admin_client.get(reverse("home"))["Location"] == reverse("administration")


def test_a_team_without_a_duty_broker_is_named(admin_client):
    TeamFactory()
    UserFactory(broker=True, manager=True, coordinator=True)

    assert "Adults brokerage has no duty broker, who hears of what is due" in page(admin_client, "administration")


def test_a_council_is_set_up_wholly_in_the_browser(admin_client):
    send(
        admin_client, "change_council_identity", name="Fenshire Council", service_name="Brokerage", phone="01632 960999",
        email="care@fenshire.example", brand_colour="#1d4f4b", link_colour="1a5c74",
    )  # fmt: skip
    send(admin_client, "add_team", name="Adults’ brokerage", serves="adults", mailbox="adults@fenshire.example")
    send(admin_client, "take_profile", "medway")

    assert Council.objects.get().name == "Fenshire Council"
    assert Council.objects.get().link_colour == "#1a5c74"
    assert Team.objects.get(slug="adults-brokerage").mailbox == "adults@fenshire.example"
    assert Pathway.objects.in_force().count() == 7
    said = page(admin_client, "administration")
    assert "Fenshire Council" in said
    assert "Supported living" in said


# -- settings


def test_the_effect_of_other_hours_is_shown_before_they_are_saved_with_a_reason(admin_client):
    ReferralFactory(received=True)

    shown = admin_client.post(reverse("change_council_hours"), HOURS)

    said = shown.content.decode()
    assert "Closes at: 17:00 → 18:00" in said
    assert "What it would have done to the clocks" in said
    assert not Council.objects.filter(closes_at=time(18)).exists()
    seen = shown.context["form"]["seen"].value()
    without = send(admin_client, "change_council_hours", **HOURS, seen=seen)
    assert "Enter why" in without.content.decode()
    send(admin_client, "change_council_hours", **HOURS, seen=seen, because="Open later for hospitals")
    council_now = Council.objects.get()
    assert (council_now.closes_at, council_now.version, council_now.changed_by) == (time(18), 2, "Sue Adeyemi")
    deed = Event.objects.get(verb="council.changed")
    assert (deed.because, deed.facts["changes"]) == ("Open later for hospitals", ["Closes at: 17:00 → 18:00"])


def test_hours_changed_after_they_were_seen_are_shown_again(admin_client):
    seen = admin_client.post(reverse("change_council_hours"), HOURS).context["form"]["seen"].value()

    answer = send(admin_client, "change_council_hours", **HOURS | {"closes_at": "20:00"}, seen=seen, because="Later")

    assert "Closes at: 17:00 → 20:00" in answer.content.decode()
    assert not Council.objects.filter(closes_at=time(20)).exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"working_days": []}, "Select at least one working day"),
        ({"closes_at": "08:00"}, "Enter a closing time that is later than the opening time."),
        ({"morning_ends_at": "19:00"}, "Enter an end of the morning between opening and closing."),
    ],
)
def test_hours_nobody_could_work_are_refused(admin_client, facts, said):
    assert said in send(admin_client, "change_council_hours", **HOURS | facts).content.decode()


def test_a_colour_too_pale_to_read_is_refused_with_its_contrast(admin_client):
    answer = send(
        admin_client,
        "change_council_identity",
        name="Fenshire",
        service_name="Care",
        brand_colour="#ffdd00",
        link_colour="#1a5c74",
    )

    assert "Enter a darker colour: #ffdd00 on white has a contrast of 1.3 to 1" in answer.content.decode()
    assert not Council.objects.filter(name="Fenshire").exists()


def test_codes_and_second_readers_are_switched_with_a_reason(admin_client):
    send(
        admin_client,
        "change_council_safeguards",
        replies_need_code="yes",
        adults_sheets_need_release="yes",
        because="Audit",
    )

    row = Council.objects.get()
    assert (row.replies_need_code, row.adults_sheets_need_release) == (True, True)


def test_of_two_who_change_settings_the_second_is_told(admin_client, administrator):
    Council.objects.create(pk=1, name="Fenshire")
    read = admin_client.get(reverse("change_council_safeguards")).context["read_version"]
    council.change(by=administrator, replies_need_code=True)

    answer = send(
        admin_client,
        "change_council_safeguards",
        replies_need_code="no",
        adults_sheets_need_release="yes",
        because="Mine",
        read_version=read,
    )

    assert "Sue Adeyemi changed this" in answer.content.decode()
    assert not Council.objects.get().adults_sheets_need_release


def test_only_an_administrator_changes_settings_and_teams(broker):
    for deed in (
        lambda: council.change(by=broker, name="Mine"),
        lambda: teams.add(by=broker, name="Mine", serves="adults"),
        lambda: teams.close(TeamFactory(), because="So", by=broker),
    ):
        with pytest.raises(NotAllowed):
            deed()


# -- teams


def test_a_team_is_closed_once_it_is_empty_and_opened_again(administrator):
    team = TeamFactory(name="Nights", slug="nights")
    somebody = UserFactory(broker=True, teams=[team])
    case = ReferralFactory(received=True, team=team)

    with pytest.raises(Refused, match="1 person is still in Nights"):
        teams.close(team, because="Merged", by=administrator)
    somebody.teams.clear()
    with pytest.raises(Refused, match="Nights still has 1 case that is not at an end"):
        teams.close(team, because="Merged", by=administrator)
    type(case).objects.filter(pk=case.pk).update(status="closed")
    teams.close(team, because="Merged", by=administrator)

    assert not Team.objects.open().filter(pk=team.pk).exists()
    teams.open_again(team, by=administrator)
    assert Team.objects.open().filter(pk=team.pk).exists()
    assert [event.verb for event in Event.objects.about(team)] == ["team.closed", "team.opened_again"]


def test_a_team_with_cases_keeps_whom_it_serves(administrator):
    case = ReferralFactory(received=True)

    with pytest.raises(Refused, match="cannot serve others"):
        teams.change(case.team, by=administrator, serves="children")


def test_a_team_is_changed_in_the_browser_and_its_name_is_its_own(admin_client):
    team, other = TeamFactory(), TeamFactory(children=True)
    same = {"serves": "adults", "mailbox": "", "duty_phone": "01632 960777"}

    send(admin_client, "change_team", team.slug, name="Adults’ desk", **same)
    team.refresh_from_db()
    assert (team.name, team.slug, team.duty_phone) == ("Adults’ desk", "adults", "01632 960777")
    refused = send(admin_client, "change_team", team.slug, name=other.name, **same).content.decode()
    assert "There is a team called Children’s brokerage already." in refused
    assert "Adults’ desk" in page(admin_client, "teams")
    assert "It cannot be closed: 1 person is still in Adults’ desk" in page(admin_client, "team", team.slug)


def test_the_list_of_teams_asks_as_often_for_many_as_for_one(admin_client):
    TeamFactory()
    page(admin_client, "teams")
    with CaptureQueriesContext(connection) as few:
        page(admin_client, "teams")
    for number in range(5):
        TeamFactory(name=f"Team {number}", slug=f"team-{number}")
    with CaptureQueriesContext(connection) as many:
        page(admin_client, "teams")

    assert len(many) == len(few)


# -- signposts


def test_a_signpost_is_added_changed_and_taken_out_of_use(admin_client):
    send(admin_client, "add_signpost", name="Lunch club", what="Company and a hot meal", phone="01632 960555")
    signpost = Signpost.objects.get()
    assert signpost.code == "lunch-club"
    send(admin_client, "change_signpost", "lunch-club", name="Lunch club", what="A hot meal twice a week")
    send(admin_client, "turn_signpost", "lunch-club")

    signpost.refresh_from_db()
    assert (signpost.what, signpost.is_in_use) == ("A hot meal twice a week", False)
    assert "Not in use" in page(admin_client, "signposts")
    assert (
        "There is a signpost called Lunch club already."
        in send(admin_client, "add_signpost", name="Lunch club", what="Again").content.decode()
    )


def test_that_a_person_was_told_of_other_help_is_a_deed_on_the_case(client, broker, administrator):
    """MED-17."""
    from referrals.signposts import actions

    signpost = actions.add(name="Lunch club", what="Company and a hot meal", by=administrator)
    case = ReferralFactory(in_progress=True)
    client.force_login(broker)

    send(client, "tell_of_help", case.reference, signposts=["lunch-club"], words="Took the leaflet")

    told = Signposting.objects.get()
    assert (told.signpost, told.said_by, told.words) == (signpost, broker, "Took the leaflet")
    assert Event.objects.of_case(case.reference).get(verb="case.signposted").said == "The person was told of Lunch club"
    assert "Took the leaflet" in page(client, "casefile", case.reference)


def test_another_teams_case_is_not_found_for_telling(client, stranger):
    case = ReferralFactory(in_progress=True)
    client.force_login(stranger)

    assert client.get(reverse("tell_of_help", args=[case.reference])).status_code == 404


def test_a_pathways_signposts_stand_on_the_task_list(client, coordinator, administrator):
    from dataclasses import replace

    from referrals.signposts import actions
    from referrals.tests.factories import HOME_CARE

    actions.add(name="Lunch club", what="Company and a hot meal", by=administrator)
    pathway = PathwayFactory(code="other", definition=replace(HOME_CARE, signposts=("lunch-club",)).write())
    draft = ReferralFactory(referred_by=coordinator, pathway=pathway)
    client.force_login(coordinator)

    assert "Company and a hot meal" in page(client, "referral_tasks", draft.reference)


# -- profiles


def test_what_a_profile_would_do_is_read_before_and_done_on_a_button(admin_client):
    said = page(admin_client, "take_profile", "leicestershire")
    assert "Summer play scheme added" in said
    assert not Pathway.objects.exists()

    done = send(admin_client, "take_profile", "leicestershire").content.decode()

    assert "Done: 4 things changed" in done
    assert "Nothing: it is loaded as it stands." in page(admin_client, "take_profile", "leicestershire")
    assert admin_client.get(reverse("take_profile", args=["rutland"])).status_code == 404
