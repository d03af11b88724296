from datetime import timedelta

from celery import shared_task

from brokerage.clocks import clock
from brokerage.design import sending

A_WEEK = timedelta(days=7)


@shared_task
def forget_sent_forms() -> int:
    """Nobody sends again a page that was drawn more than a week ago."""
    return sending.forget_before(clock.now() - A_WEEK)
