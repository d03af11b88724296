from celery import shared_task

from brokerage.audit.tracking import RecordedTask

from . import rounds


@shared_task(name="deadlines.sweep", base=RecordedTask)
def sweep() -> int:
    """Escalate whatever is due, once each, however many sweeps run at the same time."""
    return rounds.sweep()
