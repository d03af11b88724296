"""What came in while the service was open and nobody has touched when it closes."""

from django.conf import settings
from django.db.models import Exists, OuterRef

from brokerage.clocks import calendars, clock, working_time
from brokerage.deadlines.models import Clock, Heartbeat, Kind, Priority
from brokerage.oncall import actions as oncall
from brokerage.oncall.models import Alarm


def call_out_for_untouched() -> int:
    """Once the service is closed, an emergency that nobody has started pages whoever is on call. Returns how many did."""
    now, called = clock.now(), 0
    if not settings.SENDING_PAUSED and not working_time.is_open(now, calendars.policy()):
        untouched = Clock.objects.running().filter(kind=Kind.START, priority=Priority.EMERGENCY)
        paged = Alarm.objects.filter(case=OuterRef("case"))
        for each in untouched.filter(~Exists(paged), team__isnull=False).order_by("due_at")[:100]:
            oncall.page(each.case, team_id=each.team_id)
            called += 1
    Heartbeat.objects.beat("untouched emergencies", at=now)
    return called
