from django.core.management.base import BaseCommand, CommandError

from brokerage.design import journey


class Command(BaseCommand):
    help = "Draw every life cycle into docs/journey.md; with --check, fail when that page is stale."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        drawn = journey.drawing()
        if check:
            if not journey.PAGE.exists() or journey.PAGE.read_text() != drawn:
                raise CommandError("docs/journey.md is stale: run `python manage.py draw_journey`.")
            return
        journey.PAGE.parent.mkdir(exist_ok=True)
        journey.PAGE.write_text(drawn)
        self.stdout.write(f"Drew {journey.PAGE}")
