from datetime import date

import pytest

from brokerage.audit.models import Event
from brokerage.errors import NotAllowed, Refused
from brokerage.files.models import Stored
from brokerage.files.tests import made
from brokerage.tests.factories import UserFactory
from referrals.documents import actions, rules
from referrals.documents.kinds import LABELS, label_of
from referrals.intake import actions as intake
from referrals.models import EarlierPaper, Paper
from referrals.pathways.terms import Terms
from referrals.tests.factories import PathwayFactory, ReferralFactory
from referrals.tests.papers_factories import a_checked_file

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 3)


@pytest.fixture
def case(broker, coordinator):
    return ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator, papers=["assessment"])


def record(referral, *, by, kind="care_plan", dated_on=TUESDAY, **more):
    return actions.record_paper(referral, kind=kind, dated_on=dated_on, by=by, **more)


def test_a_paper_is_kept_with_its_file(case, coordinator):
    paper = record(case, by=coordinator, file=a_checked_file())

    assert b"".join(paper.file.chunks()) == made.pdf()
    assert paper.file.subject == case
    assert Event.objects.get(verb="paper.recorded", case=case.reference).said.endswith("is on record with its file")


def test_a_paper_needs_no_file(case, coordinator):
    assert record(case, by=coordinator, where="M400777/2").file is None


def test_a_paper_put_on_record_again_replaces_what_was_said_and_that_is_kept(case, coordinator, broker):
    first = record(case, by=coordinator, file=a_checked_file())
    file = first.file

    again = record(case, by=broker, dated_on=date(2026, 11, 9), file=a_checked_file(content=made.png()))

    assert again.pk == first.pk
    earlier = again.earlier.get()
    assert (earlier.file, earlier.dated_on, earlier.recorded_by) == (file, TUESDAY, coordinator)
    assert earlier.replaced_by == broker
    assert Stored.objects.count() == 2


def test_the_same_said_twice_is_one_paper_and_no_earlier_one(case, coordinator):
    record(case, by=coordinator)
    record(case, by=coordinator)

    assert not EarlierPaper.objects.exists()


def test_a_new_date_keeps_the_file_that_was_there(case, coordinator):
    record(case, by=coordinator, file=a_checked_file())

    assert record(case, by=coordinator, dated_on=date(2026, 11, 9)).file is not None


def test_of_photos_a_case_may_hold_several(case, coordinator):
    record(case, by=coordinator, kind="other", title="The stairs", file=a_checked_file(content=made.jpeg()))
    record(case, by=coordinator, kind="other", title="The bathroom")

    assert [str(paper) for paper in case.papers.filter(kind="other")] == ["The stairs", "The bathroom"]


def test_a_closed_case_takes_no_more_papers(case, coordinator):
    type(case).objects.filter(pk=case.pk).update(status="closed")

    with pytest.raises(Refused, match="takes no more papers"):
        record(case, by=coordinator)


def test_somebody_else_puts_nothing_on_record(case):
    with pytest.raises(Refused, match="Only a broker can do this"):
        record(case, by=UserFactory(coordinator=True))


def test_a_broker_of_another_team_puts_nothing_on_record(case, stranger):
    with pytest.raises(Refused, match="belongs to another team"):
        record(case, by=stranger)


def test_a_draft_thrown_away_takes_its_files_with_it(coordinator):
    draft = ReferralFactory(referred_by=coordinator, papers=[])
    record(draft, by=coordinator, file=a_checked_file())

    intake.discard(draft, by=coordinator)

    assert not Paper.objects.exists()
    assert not Stored.objects.exists()


# -- which are needed


def test_home_care_needs_its_three_papers_and_the_sentence_says_which_are_missing(case):  # MED-01
    assert rules.missing_kinds(case) == ["care_plan", "home_care_referral"]
    assert rules.reason_not_to_arrange(case) == (
        f"{case.reference} cannot be arranged yet: care and support plan and home care referral are not on record."
    )


@pytest.mark.parametrize("states", [{"priority": "urgent", "priority_reason": "Discharge today"}, {"is_interim": True}])
@pytest.mark.parametrize("nursing", [False, True])
def test_what_cannot_wait_needs_the_funding_agreement_and_a_pen_picture_instead(nursing, states):  # MED-02, MED-07
    case = ReferralFactory(in_progress=True, nursing=nursing, papers=["assessment"], **states)

    assert rules.missing_kinds(case) == ["funding_agreement", "pen_picture"]
    assert "funding agreement and pen picture of needs are not on record" in rules.reason_not_to_arrange(case)


def test_with_those_an_urgent_case_may_be_arranged_and_still_owes_the_rest():  # MED-02
    case = ReferralFactory(in_progress=True, is_interim=True, papers=["funding_agreement", "pen_picture"])

    assert rules.reason_not_to_arrange(case) is None
    assert rules.kinds_owed(case) == ["assessment", "care_plan", "home_care_referral"]


def test_a_placement_needs_assessment_and_care_plan():  # MED-06
    case = ReferralFactory(in_progress=True, nursing=True, papers=["assessment"])

    assert rules.missing_papers(case) == ["Care and support plan"]


def test_a_pathway_may_name_a_paper_that_only_its_council_knows(coordinator):
    pathway = PathwayFactory(
        code="own", definition=Terms("home_care", "home care", papers=("moving_and_handling_plan",)).write()
    )
    case = ReferralFactory(in_progress=True, pathway=pathway, papers=[], referred_by=coordinator)

    assert rules.missing_papers(case) == ["Moving and handling plan"]
    record(case, by=coordinator, kind="moving_and_handling_plan")
    assert rules.missing_papers(case) == []


def test_every_kind_has_its_own_words():
    assert len(set(LABELS.values())) == len(LABELS)
    assert label_of("part_a") == "Form part A"


# -- with the provider (DER-16)


@pytest.fixture
def phoned(broker, coordinator):
    return ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator, phone_first=True)


def test_a_referral_by_phone_is_searched_for_before_its_papers(coordinator, broker):  # DER-16
    case = ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator, phone_first=True, papers=[])

    assert rules.missing_before_asking(case) == []
    assert rules.missing_before_asking(ReferralFactory(in_progress=True, papers=[])) != []


def test_nothing_is_arranged_before_its_plan_is_with_the_provider(phoned, broker):  # DER-16
    assert "no service starts until its plan is with the provider" in rules.reason_not_to_arrange(phoned)

    actions.mark_with_provider(phoned.papers.get(kind="care_plan"), on=TUESDAY, by=broker, to="Fernlea Care, Pat Lowe")

    phoned.refresh_from_db()
    assert rules.reason_not_to_arrange(phoned) is None
    assert Event.objects.filter(verb="paper.with_provider", case=phoned.reference).count() == 1


def test_an_interim_support_step_will_do_where_there_is_no_plan_yet(broker, coordinator):  # DER-16
    case = ReferralFactory(
        in_progress=True,
        broker=broker,
        referred_by=coordinator,
        phone_first=True,
        is_interim=True,
        papers=["funding_agreement", "pen_picture"],
    )
    assert "an interim support step or a support plan is on record" in rules.reason_not_to_start(case)
    step = record(case, by=coordinator, kind="interim_support_step")

    actions.mark_with_provider(step, on=TUESDAY, by=broker, to="Fernlea Care")

    case.refresh_from_db()
    assert rules.reason_not_to_arrange(case) is None


def test_a_newer_plan_is_not_with_the_provider_yet(phoned, broker, coordinator):
    actions.mark_with_provider(phoned.papers.get(kind="care_plan"), on=TUESDAY, by=broker, to="Fernlea Care")

    record(phoned, by=coordinator, dated_on=date(2026, 11, 9), file=a_checked_file())

    assert rules.reason_not_to_start(phoned) is not None


def test_only_a_broker_says_that_a_provider_has_it(phoned, coordinator):
    with pytest.raises(NotAllowed):
        actions.mark_with_provider(phoned.papers.get(kind="care_plan"), on=TUESDAY, by=coordinator, to="Fernlea Care")


def test_nobody_says_it_of_a_day_still_to_come_or_of_nobody(phoned, broker):
    plan = phoned.papers.get(kind="care_plan")

    with pytest.raises(Refused, match="an earlier day"):
        actions.mark_with_provider(plan, on=date(2099, 1, 1), by=broker, to="Fernlea Care")
    with pytest.raises(Refused, match="who was given it"):
        actions.mark_with_provider(plan, on=TUESDAY, by=broker, to=" ")


def test_a_referral_that_did_not_come_by_phone_needs_no_such_thing(case):
    assert rules.reason_not_to_start(case) is None
