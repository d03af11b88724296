from django.conf import settings

from brokerage.clocks import clock
from brokerage.deadlines.models import Heartbeat

from . import actions


def page() -> int:
    """Page again where nobody has answered. Paused with sending: after a restore nobody is called out of bed twice."""
    paged = 0 if settings.SENDING_PAUSED else actions.page_due(at=clock.now())
    Heartbeat.objects.beat("pages", at=clock.now())
    return paged
