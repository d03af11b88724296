"""What needs me today, and one case from end to end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.tests.factories import UserFactory
from placements.tests.factories import ChoiceFactory, ClosedEnquiryFactory, OfferFactory
from referrals.intake import actions as intake
from referrals.intake import answering
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, broker):
    client.force_login(broker)
    return client


def test_a_case_of_another_team_is_not_found(client, stranger):
    case = ReferralFactory(received=True)
    client.force_login(stranger)

    assert client.get(reverse("casefile", args=[case.reference])).status_code == 404


@pytest.mark.parametrize("name", ["casefile", "case_needs", "case_history"])
def test_each_page_of_a_case_opens_at_every_stage(signed_in, broker, name):
    draft = ReferralFactory(referred_by=UserFactory(coordinator=True))
    referral = intake.submit(draft, by=draft.referred_by)
    assert signed_in.get(reverse(name, args=[referral.reference])).status_code == 200

    intake.start_work(referral, by=broker)
    assert signed_in.get(reverse(name, args=[referral.reference])).status_code == 200

    offer = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=Referral.objects.get(pk=referral.pk)))
    assert signed_in.get(reverse(name, args=[referral.reference])).status_code == 200

    ChoiceFactory(reply=offer)
    assert signed_in.get(reverse(name, args=[referral.reference])).status_code == 200


def test_a_new_case_offers_one_button_to_start_work(signed_in):
    case = ReferralFactory(received=True)

    page = signed_in.get(case.get_absolute_url())

    assert page.context["next_step"].words == "Start work"
    assert reverse("start_work", args=[case.reference]) in page.content.decode()


def test_start_work_is_pressed_on_the_page(signed_in, broker):
    case = intake.submit(
        ReferralFactory(referred_by=UserFactory(coordinator=True)), by=Referral.objects.get().referred_by
    )

    answer = signed_in.post(reverse("start_work", args=[case.reference]), follow=True)

    assert "You have started work" in answer.content.decode()
    case.refresh_from_db()
    assert case.broker == broker


def test_opening_a_case_changes_nothing(signed_in):
    case = ReferralFactory(received=True)
    before = Referral.objects.values().get()

    signed_in.get(case.get_absolute_url())

    assert Referral.objects.values().get() == before


def test_missing_papers_come_before_anything_else(signed_in, broker):  # MED-01
    case = ReferralFactory(in_progress=True, broker=broker, papers=["assessment"])

    assert signed_in.get(case.get_absolute_url()).context["next_step"].words == "Ask for the missing papers"


def test_a_case_kept_on_file_says_so_and_offers_no_button_before_its_day(signed_in):  # LEI-06
    until = clock.now().date() + timedelta(days=40)
    case = ReferralFactory(received=True, kept_until=until)

    step = signed_in.get(case.get_absolute_url()).context["next_step"]

    assert "is kept on file until" in step.detail
    assert not step.words


def test_a_paused_case_says_whom_it_waits_for_beside_the_next_step(signed_in, broker):
    case = ReferralFactory(in_progress=True, broker=broker)
    timing.start_clocks(case, by=broker)
    timing.pause(case, waits_on="person", whom="her daughter", because="She chooses with her", by=broker)

    page = signed_in.get(case.get_absolute_url()).content.decode()

    assert "The clock is paused: we wait for her daughter." in page
    assert reverse("go_on", args=[case.reference]) in page


def test_once_the_referrer_was_asked_what_may_change_the_case_says_that_it_waits(signed_in, broker):
    case = ReferralFactory(in_progress=True, broker=broker)
    timing.start_clocks(case, by=broker)
    answering.answer(case, kind="nothing_found", words="Nobody has a carer before nine", by=broker)

    assert "The referrer was asked what may change" in signed_in.get(case.get_absolute_url()).content.decode()


def test_a_case_that_is_over_offers_no_way_on(signed_in, broker):
    case = ReferralFactory(in_progress=True, broker=broker, status="withdrawn")

    page = signed_in.get(case.get_absolute_url()).content.decode()

    for name in ("refer_on", "record_paper", "withdraw_case", "answer_referrer"):
        assert reverse(name, args=[case.reference]) not in page


def test_a_nursing_case_goes_to_panel_before_providers(signed_in, broker):  # MED-06
    case = ReferralFactory(in_progress=True, nursing=True, broker=broker)

    assert signed_in.get(case.get_absolute_url()).context["next_step"].words == "Put the search to panel"


def test_a_note_is_kept_with_who_wrote_it(signed_in, broker):
    case = ReferralFactory(in_progress=True, broker=broker)

    signed_in.post(reverse("add_note", args=[case.reference]), {"words": "Ring after two"})

    assert broker.full_name in signed_in.get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("person", "page"),
    [
        ("broker", "queue"),
        ("coordinator", "my_referrals"),
        ("chair", "panel_agenda"),
        ("administrator", "administration"),
        ("auditor", "queue"),
        ("commissioner", "directory_list"),
        ("income_officer", "nothing_yet"),
    ],
)
def test_everybodys_home_is_where_their_work_is(client, request, person, page):
    client.force_login(request.getfixturevalue(person))

    assert client.get("/").url == reverse(page)
