"""A case whose clock is paused while we wait for the person, and a colleague who will be away."""

from datetime import timedelta

from brokerage.accounts.absence import actions as absence
from brokerage.clocks import calendars, clock, working_time
from brokerage.demo.cases import Story
from brokerage.demo.invented import Somebody
from brokerage.demo.times import ago
from referrals.timing import actions as timing

BERYL = Somebody(
    "Beryl", "Tanner", "1942-02-18", "ZX1 2BD", "M400151",
    "Beryl came home with a new walking frame. She is not sure whether she wants help in the morning or in the evening.",
    "Needs help once a day to wash and dress. Walks with a frame.",
    ("To wash at the sink herself", "To be ready for the minibus on Thursdays"),
    contact=("Joyce Tanner", "sister", "01632 960151"),
)  # fmt: skip


def tell(staff):
    """The broker rang twice; Beryl decides with her sister, who visits in two working days."""
    story = Story(staff, BERYL, "home-care", ago(hours=4)).drafted().submitted().started()
    with story.past.later(minutes=25):
        policy = calendars.policy()
        timing.wait_for(
            story.referral,
            waits_on="person",
            whom="her choice between mornings and evenings",
            because="Beryl wants her sister with her when she decides; her sister visits on that day.",
            expected_at=working_time.closing_of_working_day(2, clock.now(), policy),
            by=story.broker,
        )
    next_week = absence.today() + timedelta(days=7)
    absence.go_away(
        staff["broker2"],
        from_on=next_week,
        until_on=next_week + timedelta(days=4),
        deputy=staff["broker"],
        because="My cases are up to date.",
        by=staff["broker2"],
    )
