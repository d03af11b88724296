"""What nobody types by accident: NULs, endless names, amounts and dates out of this world, markup as names (T27)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from brokerage.tests.factories import UserFactory
from placements.choosing import actions as choosing
from placements.tests.factories import ChoiceFactory, ClosedEnquiryFactory, OfferFactory
from referrals.intake import actions as intake
from referrals.models import Person, Referral, Visit
from referrals.tests.factories import PersonFactory, ReferralFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db

MARKUP = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7*7}}{% load static %}"""


@pytest.fixture
def case(broker):
    return ReferralFactory(in_progress=True, broker=broker)


@pytest.fixture
def desk(client):
    """Somebody who may do nearly everything in the adults' team. A fault shows as the page it makes."""
    client.raise_request_exception = False
    client.force_login(UserFactory(broker=True, duty_broker=True, manager=True, coordinator=True, auditor=True))
    return client


ADDRESSES = (
    "/search/?q=%00",
    "/search/?%00=x",
    "/cases/%00/",
    "/cases/%00/history/",
    "/cases/?priority=%00",
    "/cases/?service=%00&tab=%00&sort=%00",
    "/cases/?page=99999999999999999999",
    "/referrals/%00/",
    "/referrals/%00/person/",
    "/enquiries/%00/",
    "/placements/%00/",
    "/reply/%00",
    "/sign/%00",
    "/password/choose/%00",
    "/panel/99999999999999999999999/",
    "/offers/99999999999999999999999/negotiate/",
    "/search/?q=" + "9" * 6000,
    "/sign-in/?next=%00",
    "/sign-in/?next=//elsewhere.example/",
)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_nobody_could_mean_is_no_fault_of_ours(address, method, desk):
    assert getattr(desk, method)(address).status_code < 500


def test_a_session_cookie_with_a_nul_is_no_fault_of_ours(client):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "abc\0defghijkl"

    assert client.get("/").status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "referral_person",
        "referral_needs",
        "referral_outcomes",
        "referral_when",
        "referral_timetable",
        "referral_papers",
    ],
)
def test_a_form_full_of_nuls_is_answered_in_words(name, desk):
    user = UserFactory(coordinator=True)
    desk.force_login(user)
    draft = ReferralFactory(referred_by=user)
    fields = desk.get(reverse(name, args=[draft.reference])).context["form"].fields

    answer = desk.post(reverse(name, args=[draft.reference]), dict.fromkeys(fields, "\x00"))

    assert answer.status_code == 200
    assert answer.context["form"].errors


VISIT = {"weekdays": ["0"], "starts_at": "8am", "minutes": "45", "carers": "1"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": ["7"]}, {"weekdays": ["-1"]}, {"weekdays": ["x"]}, {"minutes": "-45"}, {"minutes": "1e9"},
        {"minutes": "99999999999999999999"}, {"carers": "9"}, {"starts_at": "99:99"}, {"kind": "x"}, {"tasks": ["x"]},
    ],
)  # fmt: skip
def test_a_visit_that_cannot_be_is_not_added(wrong, desk):
    user = UserFactory(coordinator=True)
    desk.force_login(user)
    draft = ReferralFactory(referred_by=user, visits=0)

    answer = desk.post(reverse("referral_timetable", args=[draft.reference]), VISIT | wrong)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Visit.objects.exists()


@pytest.mark.parametrize("rate", ["1e400", "NaN", "Infinity", "-1", "0", "99999999.99", "9" * 400, "0.001", "\0", "१२"])
def test_an_amount_that_cannot_be_is_refused_in_words(rate, desk, case):
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case))

    answer = desk.post(reverse("negotiate", args=[reply.pk]), {"happened": "council", "rate": rate, "words": "x"})

    assert answer.status_code in (200, 302, 409)
    assert answer.status_code == 302 or answer.context["form"].errors


@pytest.mark.parametrize(
    "day", [("1", "1", "99999"), ("31", "2", "2026"), ("0", "0", "0000"), ("\0", "1", "2026"), ("1", "1", "-226")]
)
def test_a_day_that_cannot_be_is_refused_in_words(day, desk, case):
    ChoiceFactory(reply=OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case)))
    answers = {f"start_on_{n}": part for n, part in enumerate(day)}

    answer = desk.post(reverse("arrange", args=[case.reference]), answers)

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_somebody_of_thirteen_names_can_be_referred(coordinator):
    person = PersonFactory(first_names="Ana Maria Rita Joana Luz Sol Paz", last_name="da Silva dos Santos e Costa")
    draft = ReferralFactory(referred_by=coordinator, person=person)

    intake.submit(draft, by=coordinator)

    assert WorkItem.objects.get().initials == "AMRJLSPDSD"


def test_asking_panel_about_no_offer_at_all_is_refused_in_words(desk, case):
    answer = desk.post(reverse("ask_to_pay", args=[case.reference]), {"recommendation": "Pay"})

    assert answer.status_code == 409
    assert "Record the person’s choice first" in answer.content.decode()


PAGES = ("casefile", "case_needs", "case_history", "offers", "record_choice", "arrange", "ask_to_pay")


def test_markup_in_any_persons_words_is_only_words(desk, case, broker):
    """Names, a provider's every answer, notes and reasons: on every page of the case they are letters and no more."""
    Person.objects.update(first_names=MARKUP[:80], known_as=MARKUP[:80], address=MARKUP)
    Referral.objects.update(start_flexibility=MARKUP, priority_reason=MARKUP)
    case.needs.summary = case.needs.health = case.needs.behaviour = MARKUP
    case.needs.save()
    words = dict.fromkeys(("by_name", "by_role", "who_will_come", "conditions", "changes"), MARKUP)
    enquiry = ClosedEnquiryFactory(referral=case)
    reply = OfferFactory(invitation__enquiry=enquiry, invitation__service_name=MARKUP, kind="different", **words)
    OfferFactory(
        invitation__enquiry=enquiry,
        kind="no",
        why_not="other",
        would_say_yes_if=MARKUP,
        rate=None,
        unit="",
        start_on=None,
    )
    choosing.propose_rate(reply, side="provider", rate=Decimal("19.00"), words=MARKUP, by=broker)
    choosing.record_choice(case, reply=reply, chosen_by=MARKUP[:120], because=MARKUP, by=broker)

    addresses = [reverse(name, args=[case.reference]) for name in PAGES]
    for address in [
        *addresses,
        enquiry.get_absolute_url(),
        reverse("negotiate", args=[reply.pk]),
        "/cases/",
        "/search/?q=" + MARKUP,
    ]:
        answer = desk.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "49{%" not in page, address
