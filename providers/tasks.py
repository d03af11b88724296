"""What the clock makes happen among providers."""

from celery import shared_task

from brokerage.audit.tracking import RecordedTask
from brokerage.clocks import clock
from providers.enquiries import actions as enquiries


@shared_task(name="providers.close_due_enquiries", base=RecordedTask)
def close_due_enquiries() -> int:
    """Close every enquiry whose deadline has passed, once each, however many rounds run at the same time."""
    return enquiries.close_due(at=clock.now())
