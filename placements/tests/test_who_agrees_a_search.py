"""A search that panel does not see is agreed by a manager of the rank the pathway names (MED-15)."""

from dataclasses import replace

import pytest

from brokerage.errors import NotAllowed
from brokerage.tests.factories import UserFactory
from placements.panel import actions
from referrals.tests.factories import NURSING, PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db


def asked(agreed_by):
    terms = replace(NURSING, search_agreed_by=agreed_by)
    pathway = PathwayFactory(code=f"bed-{agreed_by}".replace("_", "-"), name="Respite bed", definition=terms.write())
    case = ReferralFactory(in_progress=True, pathway=pathway)
    return actions.ask_to_search(case, recommendation="A week in December", by=case.broker)


@pytest.mark.parametrize(
    ("agreed_by", "role"),
    [
        ("team_manager", "manager"),
        ("team_manager", "head"),
        ("head_of_service", "head"),
        ("head_of_service", "assistant_director"),
        ("panel", "chair"),
        ("panel", "manager"),
    ],
)
def test_whoever_holds_the_rank_or_a_higher_one_agrees_it(agreed_by, role):  # MED-15
    submission = asked(agreed_by)
    by = UserFactory(**{role: True}, teams=[submission.referral.team])
    assert actions.approve(submission, by=by).status == "approved"


@pytest.mark.parametrize(
    ("agreed_by", "role"), [("team_manager", "chair"), ("head_of_service", "manager"), ("head_of_service", "chair")]
)
def test_nobody_of_a_lower_rank_does(agreed_by, role):  # MED-15
    submission = asked(agreed_by)
    by = UserFactory(**{role: True}, teams=[submission.referral.team])
    with pytest.raises(NotAllowed, match="can agree this search"):
        actions.approve(submission, by=by)
