"""What somebody who means harm, or is careless, could do by the ways in: to a restricted case, to a promise, to a person."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from brokerage.oncall import actions as oncall
from brokerage.oncall.models import Alarm
from brokerage.tests.factories import UserFactory
from brokerage.tests.test_doors import ROUTES
from placements.tests.contract_factories import ContractFactory
from providers.ringround import actions as ringing
from providers.tests.ring_factories import ring_round
from referrals.access import actions as access
from referrals.access.models import NamedReader
from referrals.documents import actions as documents
from referrals.intake import about_the_person, copying, giving, joining, phoning
from referrals.intake import actions as intake
from referrals.models import Referral, WorkItem
from referrals.tests.factories import PersonFactory, ReferralFactory
from referrals.tests.papers_factories import a_checked_file
from referrals.timing import actions as timing

pytestmark = pytest.mark.django_db

EVERY_ROLE = [role for role in Role if role != Role.ADMINISTRATOR]
SAYS_WHO_MAY = {
    "restricted_cases",
    "name_reader",
    "lift_restriction",
    "take_off_reader",
}  # a manager's, and nothing of it
EMERGENCY_GOES_FIRST = {"alarm", "alarm_acknowledge", "rota"}  # the reference alone, to whoever may have to answer it


@pytest.fixture
def case(broker):
    return ReferralFactory(in_progress=True, broker=broker)


@pytest.fixture
def restricted(case, broker):
    return access.restrict(case, readers=[], because="Works for the council", by=broker)


@pytest.fixture
def hidden():
    """Two restricted cases with all that hangs on a case: an agreement, a file, a ring-round with a call, an alarm."""
    contract = ContractFactory(placement__case__person=PersonFactory(first_names="Quenby", last_name="Zzyzx"))
    listed = ring_round(person=PersonFactory(first_names="Quenby", last_name="Zzyzx", record_id="M999999"))
    placed, rung = contract.placement.referral, listed.referral
    paper = documents.record_paper(
        placed, kind="care_plan", dated_on=clock.now().date(), by=placed.broker, file=a_checked_file()
    )
    call = ringing.claim(listed, by=rung.broker)
    alarm = oncall.page(rung.reference, team_id=rung.team_id)
    for each in (placed, rung):
        access.restrict(each, readers=[], because="Works for the council", by=each.broker)
    return {"placed": placed, "rung": rung, "contract": contract, "list": listed, "call": call, "alarm": alarm,
            "file": paper.file, "paper": paper}  # fmt: skip


def addresses_of(hidden):
    """Every address that can be about one of the two, by whatever part of it."""
    case, contract, listed, call = hidden["placed"], hidden["contract"], hidden["list"], hidden["call"]
    enquiry = contract.placement.reply.invitation.enquiry
    numbers = {"contract_issue": contract.placement.number, "placement_detail": contract.placement.number}
    keys = {"alarm": hidden["alarm"].pk, "alarm_acknowledge": hidden["alarm"].pk, "ringround_out_of_turn": call.line_id,
            "negotiate": contract.placement.reply_id}  # fmt: skip
    about_it = {"reference": case.reference, "other": hidden["rung"].reference, "paper": hidden["paper"].pk, "child": 1,
                "name": hidden["file"].name, "key": "person", "page": "person", "reader": case.broker_id, "service_id": 1}  # fmt: skip
    for name, entry in ROUTES.items():
        parts, said = set(entry.pattern.converters), dict(about_it)
        if name.startswith(("contract", "placement", "enquiry")):
            said["number"] = numbers.get(name, enquiry.number if name.startswith("enquiry") else contract.number)
        if name.startswith(("ringround", "call_")) or name in keys:
            said["pk"] = keys.get(name, listed.pk if name.startswith("ringround") else call.pk)
        if parts and parts <= set(said) and name != "take_profile":
            yield name, reverse(name, kwargs={part: said[part] for part in parts})


def words_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def test_no_address_of_a_restricted_case_answers_somebody_of_its_team_with_every_role(client, hidden):
    client.force_login(UserFactory(roles=EVERY_ROLE))
    answered, asked = [], set()
    for name, path in addresses_of(hidden):
        for method in ("get", "post"):
            cache.clear()
            with transaction.atomic():
                answer = getattr(client, method)(path)
                transaction.set_rollback(True)
            asked.add(name)
            if answer.status_code not in (404, 405) and name not in SAYS_WHO_MAY | EMERGENCY_GOES_FIRST:
                answered.append((method, path, answer.status_code))
    assert answered == []
    assert {"casefile", "stored_file", "ringround_desk", "call_can_help", "compare_cases", "withdraw_case"} <= asked


def test_no_list_count_or_search_shows_a_restricted_case_to_somebody_of_its_team_with_every_role(client, hidden):
    client.force_login(UserFactory(roles=EVERY_ROLE))
    placed, rung, contract = hidden["placed"], hidden["rung"], hidden["contract"]
    marks = {placed.reference, rung.reference, "Zzyzx", "Quenby", contract.number, contract.placement.number,
             hidden["list"].enquiry.number}  # fmt: skip
    typed = ("Zzyzx", "Zzyzz", "QZ", "PL4", "Restricted", placed.reference, placed.person.record_id)
    lists = [f"{reverse('search')}?q={words}" for words in typed]
    lists += [
        f"{reverse('queue')}?tab=team&download=csv",
        f"{reverse('queue_live')}?tab=team",
        f"{reverse('panel_agenda')}?show=decided",
    ]
    for name, entry in ROUTES.items():
        if not entry.pattern.converters and not name.endswith("_as_pasted") and name != "account_logout":
            if name not in SAYS_WHO_MAY | EMERGENCY_GOES_FIRST:
                lists.append(reverse(name))
    shown = []
    for path in lists:
        page = words_of(client.get(path))
        found = [mark for mark in marks if mark in page and not path.endswith(mark)]
        shown += [(path, found)] if found else []
    assert shown == []
    counts = client.get(reverse("queue_live") + "?tab=team").json()
    assert (counts["rows"], set(counts["counts"].values())) == ("", {"0"})


def test_a_restricted_draft_is_as_restricted_in_the_queue_once_it_is_submitted(
    client, coordinator, broker, other_broker
):
    draft = ReferralFactory(referred_by=coordinator)
    access.restrict(draft, readers=[broker], because="Works for the council", by=coordinator)

    intake.submit(draft, by=coordinator)

    row = WorkItem.objects.get(referral=draft)
    assert (row.is_restricted, row.initials) == (True, "Restricted")
    client.force_login(other_broker)
    assert draft.reference not in client.get(reverse("queue") + "?tab=team").content.decode()


def test_a_copy_of_a_restricted_case_is_open_to_the_same_people(restricted, broker, other_broker):
    copy = copying.copy_from(restricted, by=broker)

    assert copy.is_restricted
    assert set(copy.named_readers.values_list("user", flat=True)) == set(
        restricted.named_readers.values_list("user", flat=True)
    )
    assert not Referral.objects.visible_to(other_broker).filter(pk=copy.pk).exists()


def test_a_referral_by_phone_for_the_person_of_a_restricted_case_is_open_to_the_same_people(
    restricted, broker, other_broker
):
    phoned = phoning.phone_in(
        pathway=restricted.pathway,
        team=restricted.team,
        by=broker,
        person={"known": restricted.person},
        summary="Needs help to get up",
        wanted_start_on=clock.now().date(),
        priority="routine",
        priority_reason="",
        coordinator=restricted.coordinator,
    )

    assert WorkItem.objects.get(referral=phoned).is_restricted
    assert not Referral.objects.visible_to(other_broker).filter(pk=phoned.pk).exists()


def test_a_draft_said_to_be_of_the_same_person_as_a_restricted_case_becomes_as_restricted(restricted):
    referrer = restricted.referred_by
    draft = ReferralFactory(referred_by=referrer)

    joining.same_person(draft, restricted, by=referrer)

    assert Referral.objects.get(pk=draft.pk).is_restricted


@pytest.mark.parametrize("way", ["join", "join_other_way", "same_person", "same_person_other_way"])
def test_what_a_restricted_case_says_is_not_joined_to_one_that_its_team_reads(way, restricted, broker):
    shown = ReferralFactory(in_progress=True, broker=broker)
    first, second = (shown, restricted) if way.endswith("other_way") else (restricted, shown)
    with pytest.raises(Refused, match=f"Restrict {shown.reference} to the same people first"):
        if way.startswith("join"):
            joining.join(first, second, because="The same words", by=broker)
        else:
            joining.same_person(first, second, by=broker)
    assert not shown.notes.exists()


def test_a_restricted_case_given_out_among_others_is_theirs_to_open(restricted, broker, other_broker, manager):
    access.name(restricted, reader=manager, because="To give it out", by=manager)

    giving.give_many([restricted.reference], to=other_broker, by=manager)

    assert NamedReader.objects.filter(referral=restricted, user=other_broker).exists()


# -- joining loses no time that was promised


def with_clocks(**facts):
    case = ReferralFactory(in_progress=True, **facts)
    timing.start_clocks(case, by=case.broker)
    return case


def test_an_emergency_is_not_joined_to_what_can_wait(broker):
    routine = with_clocks(broker=broker)
    emergency = with_clocks(broker=broker, priority="emergency", priority_reason="Alone at home")

    with pytest.raises(Refused, match="cannot wait as long"):
        joining.join(emergency, routine, because="The same request", by=broker)

    assert Clock.objects.running().filter(case=emergency.reference).exists()
    joining.join(routine, emergency, because="The same request", by=broker)
    assert Referral.objects.get(pk=emergency.pk).status == "in_progress"


def test_a_case_that_is_late_is_not_made_new_by_joining_it_to_a_later_one(broker):
    late, new = with_clocks(broker=broker), with_clocks(broker=broker)
    received = clock.now() - timedelta(days=9)
    Clock.objects.filter(case=late.reference).update(started_at=received, due_at=received + timedelta(days=2))

    with pytest.raises(Refused, match=f"Join {new.reference} to it"):
        joining.join(late, new, because="The same request", by=broker)


def test_nobody_is_paged_again_for_an_emergency_that_was_joined(broker):
    one, other = (with_clocks(broker=broker, priority="emergency", priority_reason="Alone") for _ in range(2))
    oncall.page(other.reference, team_id=other.team_id)

    joining.join(other, one, because="The same request", by=broker)

    assert not Alarm.objects.going().filter(case=other.reference).exists()


def test_a_case_that_is_being_rung_round_is_not_closed_by_joining_it():
    listed = ring_round()
    other = with_clocks(broker=listed.referral.broker, priority="emergency", priority_reason="Alone at home")

    with pytest.raises(Refused, match="is with providers"):
        joining.join(listed.referral, other, because="The same request", by=listed.referral.broker)


# -- one person's row stands on many cases


def test_a_copied_draft_does_not_make_a_live_case_somebody_elses(client, coordinator):
    live = ReferralFactory(received=True, referred_by=coordinator)
    draft = copying.copy_from(live, by=coordinator)
    client.force_login(coordinator)

    answer = client.post(
        reverse("referral_person", args=[draft.reference]),
        {"first_names": "Grace", "last_name": "Umeh", "born_on_0": "1", "born_on_1": "1", "born_on_2": "1950",
         "record_id": "M777777", "address": "1 Other Road", "postcode": "PL1 1AA", "format": "standard"},
    )  # fmt: skip

    assert answer.status_code == 409
    assert "is on another case too" in answer.content.decode()
    live.person.refresh_from_db()
    assert (live.person.full_name, live.person.postcode) == ("Winifred Okafor", "PL4 8AA")


def test_a_slip_put_right_on_a_copied_draft_is_put_right_in_the_queue_and_said_in_the_cases_history(coordinator):
    live = ReferralFactory(received=True, referred_by=coordinator)
    draft = copying.copy_from(live, by=coordinator)

    about_the_person.say_who(draft, first_names="Vinifred", postcode="PL1 1AA", by=coordinator)

    assert WorkItem.objects.values_list("initials", "area").get(referral=live) == ("VO", "PL1")
    assert Event.objects.filter(verb="person.changed", case=live.reference).exists()
