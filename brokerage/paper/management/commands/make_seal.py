from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

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
        key, certificate = Path(settings.SEAL_KEY), Path(settings.SEAL_CERTIFICATE)
        for there, missing in ((key, certificate), (certificate, key)):
            if there.exists():
                raise CommandError(f"{there} is there but {missing} is not. Put it back, or move the other away.")
        make_pair(key, certificate, council=council.current().name, at=clock.now())
        self.stdout.write(f"Made a self-signed seal at {settings.SEAL_CERTIFICATE}.")
