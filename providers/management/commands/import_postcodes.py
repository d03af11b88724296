from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from brokerage.audit.tracking import RecordedCommand
from providers.directory.registers import Unreadable
from providers.directory.surveying import load_postcodes


class Command(RecordedCommand, BaseCommand):
    help = "Read where postcodes are: Code-Point Open as published, or any CSV with postcode, eastings and northings."

    def add_arguments(self, parser):
        parser.add_argument("files", metavar="FILE", type=Path, nargs="+")

    def handle(self, *, files, **options):
        for file in files:
            try:
                survey = load_postcodes(file, tell=self.stderr.write)
            except (Unreadable, OSError) as problem:
                raise CommandError(str(problem)) from problem
            self.stdout.write(str(survey) if len(files) == 1 else f"{file.name}: {survey}")
