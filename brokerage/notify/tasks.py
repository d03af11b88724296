from celery import shared_task


@shared_task(name="notify.empty_the_outbox")
def empty_the_outbox() -> int:
    """Rung after a commit. Posts what waits; carries nothing, so it may be lost, repeated or late."""
    from . import delivery

    return delivery.drain()
