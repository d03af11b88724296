from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from brokerage.accounts.models import User
from brokerage.audit.tracking import RecordedCommand
from brokerage.demo import cases, children, council, emergency, papers, waiting, ways_in


class Command(RecordedCommand, BaseCommand):
    help = "Loads the demonstration council into an empty database, or prints its accounts."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="print who can sign in, and load nothing")

    def handle(self, *, accounts, **options):
        if accounts:
            return self._print_accounts()
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration. Set DEMONSTRATION=1 to load the invented council.")
        if User.objects.exists():
            raise CommandError("The database already has people in it. The demonstration loads only into an empty one.")
        with transaction.atomic():
            staff = council.set_up()
            call_command("make_seal", verbosity=0)  # in the council's name; an existing seal is kept
            cases.tell_all(staff)
            children.tell(staff)
            papers.tell(staff)
            waiting.tell(staff)
            ways_in.tell(staff)
            emergency.tell(staff, cases.Story)
        if options["verbosity"]:
            self.stdout.write("The demonstration council is loaded.")

    def _print_accounts(self):
        for person in User.objects.active().order_by("pk"):
            roles = ", ".join(str(role) for role in person.role_names)
            self.stdout.write(f"  {person.email:<32} {roles}")
        self.stdout.write(f"  password of every account: {settings.DEMONSTRATION_PASSWORD}")
