"""What the clock makes happen among providers."""

from django.conf import settings

from brokerage.clocks import clock
from providers.enquiries import actions as enquiries


def close_due() -> int:
    """Close what is past its deadline. Paused with sending: after a restore nobody is told anything twice."""
    return 0 if settings.SENDING_PAUSED else enquiries.close_due(at=clock.now())
