from celery import shared_task

from . import sealing


@shared_task(name="audit.seal")
def seal() -> int:
    return sealing.seal()
