from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from brokerage.clocks import clock
from brokerage.council import settings as council
from brokerage.paper.certificates import make_pair
from brokerage.paper.sealing import seal_exists


class Command(BaseCommand):
    help = "Make a self-signed key and certificate to seal agreements with, unless there is a pair already."

    def handle(self, **options):
        if seal_exists():
            self.stdout.write(f"There is a seal already at {settings.SEAL_CERTIFICATE}.")
            return
        make_pair(
            Path(settings.SEAL_KEY), Path(settings.SEAL_CERTIFICATE), council=council.current().name, at=clock.now()
        )
        self.stdout.write(f"Made a self-signed seal at {settings.SEAL_CERTIFICATE}.")
