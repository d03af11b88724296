from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from brokerage.accounts import actions
from brokerage.accounts.models import Role
from brokerage.audit.tracking import RecordedCommand
from brokerage.errors import Refused
from brokerage.links import links


class Command(RecordedCommand, BaseCommand):
    help = "Invites an administrator, for a new installation that has nobody yet to invite them. Prints their link."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *, email, full_name, **options):
        try:
            person = actions.invite(full_name=full_name, email=email, roles=[Role.ADMINISTRATOR], teams=[], by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        link = person.password_links.get()
        self.stdout.write(f"{settings.SITE_URL}{links.path_of(link)}")
