from django.core.management.base import BaseCommand

from brokerage.audit.tracking import RecordedCommand
from brokerage.deadlines import rounds


class Command(RecordedCommand, BaseCommand):
    help = "One pass over due clocks, the same as the scheduler's. Prints how many stages escalated."

    def handle(self, **options):
        self.stdout.write(str(rounds.sweep()))
