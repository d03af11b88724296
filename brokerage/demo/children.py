"""A child's short break: panel approved it, every question of the form is answered, and it waits for a brokerage officer."""

from datetime import time, timedelta

from brokerage.clocks import clock
from brokerage.demo.cases import Story
from brokerage.demo.invented import Somebody
from brokerage.demo.times import ago
from referrals.approval.actions import record_approval
from referrals.needs import actions as needs
from referrals.questions.actions import answer
from referrals.questions.answers import Said

JAMIE = Somebody(
    "Jamie", "Thornton", "2015-05-14", "ZX2 3EF", "C200301",
    "Jamie is at home with Mum and a younger sibling. Mum needs a rest on Saturdays, and Jamie would like to be with others.",
    "Would like to go out on Saturdays with other children. Uses signs as well as words.",
    ("To be with other children", "To try swimming", "For Mum to rest"),
    bands=("children", "learning_disability"), mobility="independent", tasks=("going_out", "company"),
    address="8 Orchard Close, Eastbrook", contact=("Karen Thornton", "mother", "01632 960188"),
)  # fmt: skip

SAID = {
    "worker_team": Said(value="Disabled children’s team, Eastbrook"),
    "worker_phone": Said(value="01632 960219"),
    "break_activities": Said(value="Swimming, the park, cooking together"),
    "break_flexible": Said(value="Saturday mornings if possible"),
    "support_ends_on": Said(is_none=True),
    "family_away": Said(is_none=True),
    "school_holidays": Said(is_none=True),
    "bank_holiday_support": Said(value="no"),
    "travel_limited": Said(value="yes"),
    "travel_miles": Said(value=10),
    "travel_minutes": Said(value=30),
    "travel_public": Said(value="no"),
    "provider_wishes": Said(is_none=True),
}


def tell(staff):
    story = Story(staff, JAMIE, "short-break", ago(hours=2)).drafted(by="childworker", visits=(), papers=())
    worker, referral = staff["childworker"], story.referral
    with story.past.later(minutes=5):
        needs.describe(
            referral,
            by=worker,
            health="Down’s syndrome",
            behaviour="May walk off when it is loud",
            equipment="None",
            current_support="None",
        )
        needs.add_visits(
            referral,
            by=worker,
            weekdays=[5],
            starts_at=time(10),
            window_ends_at=None,
            minutes=240,
            carers=1,
            tasks=list(JAMIE.tasks),
        )
        answer(referral, said=SAID, by=worker)
        agreed_on = clock.now().date() - timedelta(days=6)
        record_approval(
            referral,
            by=worker,
            manager_name="Ellen Ward",
            manager_role="Team manager, disabled children",
            signed_on=agreed_on,
            approved_by="resource_panel",
            approved_on=agreed_on,
        )
    story.submitted(by="childworker")
