from celery import shared_task

from brokerage.audit.tracking import RecordedTask

from . import rounds


@shared_task(name="oncall.page", base=RecordedTask)
def page() -> int:
    """The second ringer: the sweeper does the same, and two of them page once."""
    return rounds.page()
