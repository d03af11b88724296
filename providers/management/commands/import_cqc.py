from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from brokerage.audit.tracking import RecordedCommand
from providers.directory.reading import read_register
from providers.directory.registers import Unreadable, open_register


class Command(RecordedCommand, BaseCommand):
    help = "Read a file published by the regulator into the directory: CSV or the API's JSON lines, plain or .gz."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            help="the day the file is of, as 2026-11-21; otherwise as the file says, or the latest date in it",
        )

    def handle(self, *, file, as_at, **options):
        try:
            register = open_register(file)
            reading = read_register(register, as_at=as_at, tell=self.stderr.write)
        except (Unreadable, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(str(reading))
