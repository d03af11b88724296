import os
from urllib.parse import unquote, urlparse

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from brokerage.audit import roles


class Command(BaseCommand):
    help = "Give the application's database role its rights. The owner runs this after each migrate."

    def add_arguments(self, parser):
        parser.add_argument(
            "role",
            nargs="?",
            help="APPLICATION_ROLE, or the role in DATABASE_URL, or brokerage_app",
        )

    def handle(self, *args, role=None, **options):
        role = role or os.environ.get("APPLICATION_ROLE") or self.role_in_address() or "brokerage_app"
        if role == self.owner():
            raise CommandError(f"{role} owns the tables, so it cannot be the application's role as well.")
        if not roles.exists(role):
            raise CommandError(f"There is no role {role}. Make it first: CREATE ROLE {role} LOGIN PASSWORD '…'")
        roles.grant(role)
        self.stdout.write(f"{role} may work with the tables, and only add to the audit.")

    def role_in_address(self):
        role = unquote(urlparse(os.environ.get("DATABASE_URL", "")).username or "")
        return "" if role == self.owner() else role

    def owner(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]
