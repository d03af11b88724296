"""What the clock makes happen among providers."""

from celery import shared_task
from django.conf import settings

from brokerage.audit.tracking import RecordedTask
from brokerage.clocks import clock
from providers.enquiries import actions as enquiries


def close_due() -> int:
    """Close what is past its deadline. Paused with sending: after a restore nobody is told anything twice."""
    return 0 if settings.SENDING_PAUSED else enquiries.close_due(at=clock.now())


@shared_task(name="providers.close_due_enquiries", base=RecordedTask)
def close_due_enquiries() -> int:
    """Once each, however many rounds run at the same time."""
    return close_due()
