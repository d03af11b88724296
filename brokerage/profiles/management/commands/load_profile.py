from django.core.management.base import BaseCommand, CommandError

from brokerage.audit.tracking import RecordedCommand
from brokerage.errors import Refused
from brokerage.profiles import loading


class Command(RecordedCommand, BaseCommand):
    help = "Gives the council a profile: its pathways, gates and clocks. Run again, it changes only what differs."

    def add_arguments(self, parser):
        parser.add_argument("name", help=", ".join(loading.NAMES))

    def handle(self, *, name, **options):
        try:
            done = loading.load(loading.profile_named(name), by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for said in done:
            self.stdout.write(said)
        if not done:
            self.stdout.write(f"Nothing changed: the profile {name} is loaded as it stands.")
