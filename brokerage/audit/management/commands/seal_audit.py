from django.core.management.base import BaseCommand

from brokerage.audit import sealing


class Command(BaseCommand):
    help = "Seal what has been added to the audit. The scheduler does this every few minutes."

    def handle(self, *args, **options):
        sealed = sealing.seal()
        self.stdout.write(f"{sealed} {'row' if sealed == 1 else 'rows'} sealed")
