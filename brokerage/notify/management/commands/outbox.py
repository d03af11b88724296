from django.core.management.base import BaseCommand

from brokerage.notify import delivery
from brokerage.notify.models import Message


class Command(BaseCommand):
    help = "How many letters wait, have failed and were sent; with --drain, first send what waits now."

    def add_arguments(self, parser):
        parser.add_argument("--drain", action="store_true", help="send what waits now")

    def handle(self, *args, drain=False, **options):
        if drain:
            while delivery.drain():
                pass
        self.stdout.write(f"waiting {Message.objects.waiting().count()}")
        self.stdout.write(f"failed {Message.objects.failed().count()}")
        self.stdout.write(f"sent {Message.objects.sent().count()}")
