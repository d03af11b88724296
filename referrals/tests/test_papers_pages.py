"""The pages that take papers and ask for them: they work, refuse in words, and are nobody else's."""

from datetime import date

import pytest
from django.urls import reverse

from brokerage.files.models import Stored
from brokerage.files.tests import made
from brokerage.files.tests.factories import an_upload
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from referrals.documents import actions
from referrals.models import Paper, PaperRequest, PaperWaiver
from referrals.tests.factories import ReferralFactory
from referrals.tests.papers_factories import PaperRequestFactory, a_pathway_that_waives

pytestmark = pytest.mark.django_db

PAPER = {"kind": "care_plan", "dated_on_0": "3", "dated_on_1": "11", "dated_on_2": "2025", "where": "M400777/2"}
ON_THE_CASE = ["record_paper", "ask_for_papers", "stop_waiting_for_papers"]


@pytest.fixture
def case(broker, coordinator):
    return ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator, papers=["assessment"])


@pytest.fixture
def asked(case):
    return PaperRequestFactory(referral=case)


@pytest.fixture
def as_worker(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def as_broker(client, broker):
    client.force_login(broker)
    return client


def at(name, case, **more):
    return reverse(name, kwargs={"reference": case.reference, **more})


def text(answer):
    return answer.content.decode()


def test_a_worker_uploads_a_paper_and_finds_it_there_with_its_file(as_worker, case):
    page = as_worker.post(at("referral_papers", case), PAPER | {"file": an_upload()}, follow=True)

    assert "Care and support plan is on record" in text(page)
    stored = Stored.objects.get()
    assert stored.get_absolute_url() in text(page)
    assert "Care plan.pdf" in text(page)
    assert "not scanned for viruses" in text(page)


def test_the_form_takes_files(as_worker, case):
    page = text(as_worker.get(at("referral_papers", case)))

    assert 'enctype="multipart/form-data"' in page
    assert "Smaller than 25 MB" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Select which paper it is"),
        ({"dated_on_0": ""}, "must include a day"),
        ({"dated_on_2": "2099"}, "Enter today or an earlier day"),
        ({"kind": "pen_picture"}, "Enter the pen picture, or choose its file"),
        ({"kind": "other"}, "Enter what it is"),
        ({"kind": "part_a"}, "Select an answer from the list"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(as_worker, case, wrong, sentence):
    page = text(as_worker.post(at("referral_papers", case), PAPER | wrong))

    assert sentence in page
    assert 'value="M400777/2"' in page
    assert case.papers.count() == 1


def test_a_half_filled_form_says_that_the_file_must_be_chosen_again(as_worker, case):
    page = text(as_worker.post(at("referral_papers", case), PAPER | {"dated_on_0": "", "file": an_upload()}))

    assert "Choose the file again" in page
    assert 'value="M400777/2"' in page
    assert not Stored.objects.exists()


def test_a_file_that_is_not_taken_says_what_to_do_instead(as_worker, case):
    page = text(as_worker.post(at("referral_papers", case), PAPER | {"file": an_upload(made.pdf_with_javascript())}))

    assert "Print it to a PDF and upload that" in page
    assert not Paper.objects.filter(kind="care_plan").exists()


def test_with_the_scanner_away_the_page_says_to_try_again_or_go_on_without_the_file(as_worker, case, settings):
    settings.SCANNER_URL = "tcp://127.0.0.1:9"

    page = text(as_worker.post(at("referral_papers", case), PAPER | {"file": an_upload()}))

    assert "Try again in a few minutes, or record the paper without its file" in page
    as_worker.post(at("referral_papers", case), PAPER)
    assert Paper.objects.filter(kind="care_plan", file=None).exists()


def test_a_form_sent_twice_is_one_paper(as_worker, case):
    key = {"form_key": "6f6f7f9e-96f5-4f43-9d3b-0a8d9a8a1b11"}
    for _ in range(2):
        as_worker.post(at("referral_papers", case), PAPER | key | {"file": an_upload()})

    assert Stored.objects.count() == 1


def test_what_a_paper_replaced_is_listed_with_who_and_when(as_worker, case, coordinator):
    as_worker.post(at("referral_papers", case), PAPER | {"file": an_upload(name="first.pdf")})
    page = text(
        as_worker.post(at("referral_papers", case), PAPER | {"file": an_upload(name="second.pdf")}, follow=True)
    )

    assert "1 earlier" in page
    assert "first.pdf" in page and "second.pdf" in page
    assert "by Amina Yusuf" in page


def test_what_was_asked_for_stands_on_the_workers_own_pages(as_worker, case, asked):
    for name in ("referral_tasks", "referral_papers"):
        page = text(as_worker.get(at(name, case)))
        assert "Tom Birch asked on" in page
        assert "are and support plan" in page


def test_the_workers_page_is_nobody_elses(client, case, other_broker):
    client.force_login(UserFactory(coordinator=True))
    assert client.get(at("referral_papers", case)).status_code == 404
    client.force_login(other_broker)  # sees the case, and has a page of their own for it
    assert client.get(at("referral_papers", case)).status_code == 404


@pytest.mark.parametrize("name", ON_THE_CASE)
def test_a_case_of_another_team_is_not_found(client, stranger, case, asked, name):
    client.force_login(stranger)

    assert client.get(at(name, case)).status_code == 404
    assert client.post(at(name, case), {}).status_code == 404


@pytest.mark.parametrize("name", ON_THE_CASE)
def test_a_stranger_signs_in_first(client, case, name):
    assert client.get(at(name, case)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["referral_papers", *ON_THE_CASE])
def test_looking_changes_nothing(client, case, asked, broker, coordinator, name):
    client.force_login(coordinator if name == "referral_papers" else broker)

    assert client.get(at(name, case)).status_code == 200

    asked.refresh_from_db()
    assert asked.answered_at is None
    assert not Message.objects.exists()


def test_the_missing_papers_are_ticked_and_the_letter_goes(as_broker, case):
    form = as_broker.get(at("ask_for_papers", case))
    assert form.context["form"]["kinds"].value() == ["care_plan", "home_care_referral"]

    page = as_broker.post(at("ask_for_papers", case), {"kinds": ["care_plan"], "words": ""}, follow=True)

    assert "Amina Yusuf has been asked" in text(page)
    assert PaperRequest.objects.get().kinds == ["care_plan"]


def test_asked_already_the_page_says_so_in_place_of_the_form(as_broker, case, asked):
    page = text(as_broker.get(at("ask_for_papers", case)))

    assert "waiting for care and support plan" in page
    assert "Ask for these papers</button>" not in page


def test_a_reminder_is_refused_in_words_the_same_day(as_broker, case, asked):
    answer = as_broker.post(at("remind_of_papers", case))

    assert answer.status_code == 409
    assert "Remind them the next working day" in text(answer) or "Nobody works today" in text(answer)


def test_to_stop_waiting_a_broker_says_why(as_broker, case, asked):
    assert "Enter why" in text(as_broker.post(at("stop_waiting_for_papers", case), {"how": "stop", "because": ""}))

    as_broker.post(at("stop_waiting_for_papers", case), {"how": "stop", "because": "They are away"})

    asked.refresh_from_db()
    assert asked.ended_because == "They are away"


def test_only_whom_the_pathway_names_is_offered_to_go_on_without(client, broker, coordinator, manager):
    case = ReferralFactory(
        in_progress=True, broker=broker, referred_by=coordinator, pathway=a_pathway_that_waives(), papers=["assessment"]
    )
    PaperRequestFactory(referral=case)
    client.force_login(broker)
    assert "Go on without: " not in text(client.get(at("stop_waiting_for_papers", case)))
    client.force_login(manager)
    assert "Go on without: " in text(client.get(at("stop_waiting_for_papers", case)))

    client.post(at("stop_waiting_for_papers", case), {"how": "without", "because": "Not needed for a fortnight"})

    assert PaperWaiver.objects.get().waived_by == manager
    assert "Not needed" in text(client.get(at("casefile", case)))


def test_the_case_says_what_is_missing_and_offers_to_ask(as_broker, case):
    page = text(as_broker.get(at("casefile", case)))

    assert "Ask for the missing papers" in page
    assert "Missing" in page


def test_the_case_says_what_it_waits_for(as_broker, case, asked):
    page = text(as_broker.get(at("casefile", case)))

    assert "was asked for papers. Waiting for: care and support plan." in page
    assert "Remind" in page


def test_a_phoned_case_says_that_its_plan_must_reach_the_provider_and_takes_the_answer(
    as_broker, broker, coordinator
):  # DER-16
    case = ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator, phone_first=True)
    plan = case.papers.get(kind="care_plan")
    assert at("paper_with_provider", case, paper=plan.pk) in text(as_broker.get(at("casefile", case)))

    today = date.today()
    answer = {"on_0": today.day, "on_1": today.month, "on_2": today.year, "to": "Fernlea Care, Pat Lowe"}
    as_broker.post(at("paper_with_provider", case, paper=plan.pk), answer)

    assert "With Fernlea Care, Pat Lowe since" in text(as_broker.get(at("casefile", case)))


def test_a_paper_of_another_case_is_not_marked(as_broker, case):
    other = ReferralFactory(in_progress=True).papers.first()

    assert as_broker.get(at("paper_with_provider", case, paper=other.pk)).status_code == 404


def test_an_interim_case_says_what_is_still_owed(as_broker, broker, coordinator):  # MED-02
    case = ReferralFactory(
        in_progress=True,
        broker=broker,
        referred_by=coordinator,
        is_interim=True,
        papers=["funding_agreement", "pen_picture"],
    )
    actions.begin_chasing(case, by=broker)

    page = text(as_broker.get(at("casefile", case)))

    assert "Goes ahead before all its papers are here" in page
    assert "Still owed: assessment, reassessment or review" in page


def test_ten_papers_cost_as_many_queries_as_two(as_broker, case, coordinator, django_assert_max_num_queries):
    as_broker.get(at("casefile", case))
    with django_assert_max_num_queries(80) as counted:
        as_broker.get(at("casefile", case))
        few = len(counted)
    for number in range(8):
        actions.record_paper(
            case,
            kind="other",
            title=f"Photo {number}",
            dated_on=date(2025, 11, 3),
            by=coordinator,
            file=an_upload(made.png()),
        )
    as_broker.get(at("casefile", case))

    with django_assert_max_num_queries(few + 1):  # the earlier versions, where there is any paper with a file
        as_broker.get(at("casefile", case))
