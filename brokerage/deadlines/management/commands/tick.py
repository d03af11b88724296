import signal
from threading import Event

from django.core.management.base import BaseCommand, CommandError

from brokerage.deadlines.rounds import Rounds

SECONDS_BETWEEN_ROUNDS = 5


class Command(BaseCommand):
    help = "Sweep due clocks, rescue letters nobody came for, seal the audit: again and again until told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="One round; the exit code is 1 if part of it failed.")

    def handle(self, *, once, **options):
        rounds = Rounds()
        if once:
            if failed := rounds.go():
                raise CommandError(f"Could not {', '.join(failed)}.")
            return
        asked_to_stop = Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: asked_to_stop.set())
        while not asked_to_stop.is_set():
            rounds.go()
            asked_to_stop.wait(SECONDS_BETWEEN_ROUNDS)  # by the monotonic clock: setting the machine's changes nothing
