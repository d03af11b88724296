"""An emergency whose ring-round is half done, and a rota for the coming fortnight with a gap to see."""

from datetime import time, timedelta

from brokerage.clocks import calendars, clock
from brokerage.demo import invented
from brokerage.demo.times import ago
from brokerage.oncall import actions as oncall
from brokerage.oncall import rota, shifts
from brokerage.oncall.models import Alarm, Line
from providers.ringround import actions as ringing

HAROLD = invented.Somebody(
    "Harold", "Skene", "1937-08-02", "ZX1 4RT", "M400131",
    "Harold’s daughter, who lives with him, was taken to hospital this morning. He cannot be left alone and needs help today.",
    "",
    ("To stay at home while his daughter is away",),
    mobility="aid", tasks=("meals", "medication", "bed"), contact=("Moira Skene", "sister", "01632 960147"),
    address="9 Weir Street, Marlham",
)  # fmt: skip


def tell(staff, story):
    """
    Args:
        story: `cases.Story`, which knows how a referral is written, submitted and begun.
    """
    told = story(staff, HAROLD, "home-care", ago(minutes=58)).drafted(
        by="coordinator2",
        priority="emergency",
        why="His daughter was taken to hospital and he is alone",
        papers=["funding_agreement", "pen_picture"],
        notice=0,
    )
    told.submitted(by="coordinator2").started()
    _rings(told)
    _rota(staff)
    for alarm in Alarm.objects.going():  # loaded at night, the demonstration's other emergency has paged somebody
        oncall.acknowledge(alarm, by=staff["duty"])


def _rings(told):
    broker, past = told.broker, told.past
    with past.later(minutes=2):
        listed = ringing.open_list(told.referral, by=broker)
    said = (
        {"outcome": "no_answer"},
        {"outcome": "cannot", "why_not": "no_staff", "spoke_to": "Jen Marsh", "spoke_role": "Co-ordinator"},
        {"outcome": "ring_back", "spoke_to": "Ravi Nolan", "words": "Asking two carers who finish at two"},
    )
    for what in said[: max(1, listed.lines.count() - 2)]:
        with past.later(minutes=2):
            call = ringing.claim(listed, by=broker)
        with past.later(minutes=3):
            back = {"ring_back_at": clock.now() + timedelta(minutes=45)} if what["outcome"] == "ring_back" else {}
            ringing.finish(call, by=broker, **what, **back)


def _rota(staff):
    """Evenings and weekends for two weeks, but for one evening that nobody has taken yet."""
    policy, now = calendars.policy(), clock.now()
    today = policy.local(now).date()
    people = ("duty", "manager", "broker")
    begins = rota.midnight(today, policy)
    for number, (start, end) in enumerate(rota.closed(now, rota.a_week_on(begins, policy, weeks=2), policy)):
        if number == 5 or end <= now or end - start < timedelta(hours=1):
            continue
        who = staff[people[number % len(people)]]
        facts = {"from_at": start, "until_at": end, "by": staff["manager"], "person": who}
        shifts.put_on(line=Line.FIRST, mobile=f"07700 9001{number % len(people)}0", **facts)
    weekend = today + timedelta(days=(5 - today.weekday()) % 7)
    shifts.put_on(
        by=staff["manager"],
        line=Line.SECOND,
        name="Ola Berg (neighbouring council)",
        mobile="07700 900171",
        from_at=policy.at(weekend, time(9)),
        until_at=policy.at(weekend + timedelta(days=2), time(9)),
    )
