"""Somebody else's case is not there: every id in every address swapped for another team's, read and sent (T19)."""

from datetime import date

import pytest
from django.urls import reverse

from brokerage.accounts.models import Role, User
from brokerage.clocks import clock
from brokerage.notify.models import Message
from brokerage.tests.factories import TeamFactory, UserFactory
from brokerage.tests.reading import body_of
from placements.choosing import actions as choosing
from placements.panel import actions as panel
from placements.tests.contract_factories import ContractFactory
from placements.tests.factories import ClosedEnquiryFactory, OfferFactory
from providers.replies import actions as replies
from referrals.models import AlsoFor, Referral
from referrals.tests.factories import ReferralFactory
from referrals.work import actions as work

pytestmark = pytest.mark.django_db

EVERY_ROLE = [role for role in Role if role != Role.ADMINISTRATOR]
OF_A_REFERRAL = (
    "referral_tasks", "referral_person", "referral_contact", "referral_decisions", "referral_needs", "referral_outcomes",
    "referral_preferences", "referral_timetable", "referral_papers", "referral_when", "submit_referral", "discard_referral",
)  # fmt: skip
OF_A_CASE = (
    "casefile", "case_needs", "case_history", "start_work", "assign", "add_note", "record_paper", "enquiry_begin",
    "ask_for_papers", "remind_of_papers", "stop_waiting_for_papers",
    "offers", "present_options", "record_choice", "ask_to_search", "ask_to_pay", "arrange",
)  # fmt: skip
OF_AN_ENQUIRY = (
    "enquiry_detail", "enquiry_write", "enquiry_clear", "enquiry_unclear", "enquiry_release", "enquiry_send",
    "enquiry_close", "enquiry_withdraw",
)  # fmt: skip
OF_A_CONTRACT = ("contract_detail", "contract_sign", "contract_withdraw", "contract_send_again", "contract_file")


@pytest.fixture
def contract():
    return ContractFactory()


@pytest.fixture
def submission():
    case = ReferralFactory(in_progress=True, nursing=True)
    return panel.ask_to_search(case, recommendation="Nursing care", by=case.broker)


@pytest.fixture
def draft():
    return ReferralFactory()


def addresses_of(contract, submission, draft):
    case = contract.placement.referral
    enquiry, reply = contract.placement.reply.invitation.enquiry, contract.placement.reply
    yield from (reverse(name, args=[draft.reference]) for name in OF_A_REFERRAL)
    yield from (reverse(name, args=[case.reference]) for name in (*OF_A_REFERRAL, *OF_A_CASE))
    yield reverse("remove_child", args=[draft.reference, 1])
    yield from (reverse(name, args=[enquiry.number]) for name in OF_AN_ENQUIRY)
    yield from (reverse(name, args=[contract.number]) for name in OF_A_CONTRACT)
    yield reverse("contract_issue", args=[contract.placement.number])
    yield reverse("placement_detail", args=[contract.placement.number])
    yield reverse("negotiate", args=[reply.pk])
    yield reverse("panel_submission", args=[submission.pk])


def test_to_another_team_nothing_of_it_is_there_whatever_their_roles(client, contract, submission, draft):
    """One person with every role at once, in another team. Nothing answers but 404, and nothing changes."""
    client.force_login(UserFactory(roles=EVERY_ROLE, teams=[TeamFactory(children=True)]))
    before = list(Referral.objects.order_by("pk").values())

    found = [
        f"{method} {address} {status}"
        for address in addresses_of(contract, submission, draft)
        for method in ("get", "post")
        if (status := getattr(client, method)(address).status_code) not in (404, 405)
    ]

    assert found == []
    assert list(Referral.objects.order_by("pk").values()) == before


def test_lists_and_search_name_none_of_it(client, contract, submission, draft):
    client.force_login(UserFactory(roles=EVERY_ROLE, teams=[TeamFactory(children=True)]))
    case = contract.placement.referral

    for address in ("/cases/?tab=team", "/cases/?tab=team&download=csv", "/panel/", "/panel/?show=decided", "/agreements/",
                    "/agreements/?download=csv", reverse("my_referrals"), "/search/?q=Okafor", f"/search/?q={case.reference}",
                    f"/search/?q={case.person.record_id}"):  # fmt: skip
        page = body_of(client.get(address, follow=True))
        for reference in (case.reference, submission.referral.reference, draft.reference):
            assert f"/{reference}/" not in page, address
        assert "Winifred" not in page, address


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_draft_is_its_referrers_alone_even_in_the_team(role, client, draft):
    client.force_login(UserFactory(roles=[role]))

    for name in (*OF_A_REFERRAL, *OF_A_CASE):
        for method in ("get", "post"):
            status = getattr(client, method)(reverse(name, args=[draft.reference])).status_code
            assert status in (403, 404, 405), (name, method, status)
    assert Referral.objects.get().status == "draft"


def test_a_colleague_co_ordinator_does_not_reach_it_after_submission_either(client, coordinator):
    case = ReferralFactory(received=True)
    client.force_login(coordinator)

    for name in OF_A_REFERRAL:
        assert client.post(reverse(name, args=[case.reference])).status_code in (404, 405), name


@pytest.mark.parametrize("name", [name for name in OF_A_REFERRAL if name not in ("referral_tasks", "referral_papers")])
def test_its_referrer_changes_nothing_once_it_is_submitted(name, client, coordinator):
    case = ReferralFactory(received=True, referred_by=coordinator)
    client.force_login(coordinator)

    assert client.post(reverse(name, args=[case.reference])).status_code == 409


def test_a_broker_taken_out_of_the_team_reaches_nothing_at_once(client, broker):
    case = ReferralFactory(in_progress=True, broker=broker)
    client.force_login(broker)
    assert client.get(case.get_absolute_url()).status_code == 200

    broker.teams.clear()

    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(reverse("enquiry_begin", args=[case.reference])).status_code == 404


def test_an_auditor_reads_and_writes_nothing(client, auditor, contract, submission):
    client.force_login(auditor)
    case = contract.placement.referral
    assert client.get(case.get_absolute_url()).status_code == 200

    answers = {
        "decision": "approve", "words": "x", "because": "x", "recommendation": "x", "kind": "assessment", "name": "x",
        "dated_on_0": "1", "dated_on_1": "1", "dated_on_2": "2026", "agrees": "on",
    }  # fmt: skip
    for address in addresses_of(contract, submission, case):
        if address == submission.get_absolute_url():
            assert client.post(address, answers).status_code == 403
        else:
            assert client.post(address, answers).status_code in (403, 404, 405), address


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.INCOME_OFFICER, Role.ADMINISTRATOR, Role.COORDINATOR])
def test_a_role_that_has_no_part_in_cases_opens_none(role, client, contract, submission, draft):
    client.force_login(UserFactory(roles=[role]))

    for address in addresses_of(contract, submission, draft):
        assert client.get(address).status_code in (403, 404, 405), address


def test_an_offer_to_another_case_cannot_be_slipped_into_the_form(client, broker):
    mine, theirs = ReferralFactory(in_progress=True, broker=broker), ReferralFactory(in_progress=True)
    OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=mine))
    other = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=theirs))
    client.force_login(broker)

    answer = client.post(
        reverse("record_choice", args=[mine.reference]), {"reply": other.pk, "chosen_by": "x", "because": "x"}
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors["reply"]


def test_a_case_cannot_be_given_to_somebody_of_another_team(client, manager, stranger):
    case = ReferralFactory(received=True)
    client.force_login(manager)

    answer = client.post(reverse("assign", args=[case.reference]), {"broker": stranger.pk})

    assert answer.status_code == 200
    assert answer.context["form"].errors["broker"]


def test_extra_fields_in_a_form_write_nothing(client, coordinator):
    """Mass assignment: what a form does not ask, it does not keep."""
    draft = ReferralFactory(referred_by=coordinator)
    client.force_login(coordinator)
    extra = {
        "status": "arranged",
        "broker": coordinator.pk,
        "received_at": "2020-01-01",
        "reference": "R000001",
        "team": "9",
    }
    when = {"wanted_start_on_0": "1", "wanted_start_on_1": "12", "wanted_start_on_2": "2026", "priority": "routine",
            "is_interim": "no", "funding": "council", "paid_through": "virtual_budget", "short_notice_because": "Home soon"}  # fmt: skip

    assert client.post(reverse("referral_when", args=[draft.reference]), when | extra).status_code == 302

    now = Referral.objects.get()
    assert (now.status, now.broker, now.received_at, now.reference, now.team_id) == (
        "draft", None, None, draft.reference, draft.team_id,
    )  # fmt: skip
    assert now.wanted_start_on == date(2026, 12, 1)


def test_a_child_on_another_referral_is_not_removed(client, coordinator):
    mine, theirs = ReferralFactory(referred_by=coordinator), ReferralFactory()
    facts = {"first_names": "Eve", "last_name": "Okafor", "born_on": date(2018, 3, 2)}
    child = AlsoFor.objects.create(referral=theirs, position=1, **facts)
    client.force_login(coordinator)

    client.post(reverse("remove_child", args=[mine.reference, child.pk]))

    assert theirs.also_for.count() == 1


def test_a_note_is_read_in_its_team_only(client, stranger):
    case = ReferralFactory(in_progress=True)
    work.add_note(case, words="Rings at four", by=case.broker)
    client.force_login(stranger)

    assert client.get(reverse("case_history", args=[case.reference])).status_code == 404


def test_letters_about_another_teams_case_are_not_listed_nor_sent_again(client, contract, duty_broker):
    Message.objects.update(state="failed")
    letter = Message.objects.exclude(case="").first()
    client.force_login(UserFactory(duty_broker=True, teams=[TeamFactory(children=True)]))

    assert letter.subject not in client.get(reverse("letters")).content.decode()
    assert client.post(reverse("send_letter_again", args=[letter.pk])).status_code == 404

    client.force_login(duty_broker)
    assert letter.subject in client.get(reverse("letters")).content.decode()


def test_a_leavers_letters_go_to_the_team():
    case = ReferralFactory(in_progress=True)
    User.objects.filter(pk__in=[case.broker_id, case.coordinator_id]).update(is_active=False, left_at=clock.now())
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case))
    other = UserFactory(broker=True)

    choosing.record_choice(case, reply=reply, chosen_by="The person", because="Kind", by=other)
    replies.disown(reply.invitation, by_name="Kim", by_role="Manager")

    for template in ("choice-recorded", "reply-disowned"):
        assert Message.objects.get(template=template).address == case.team.mailbox
