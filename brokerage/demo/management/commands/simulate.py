from datetime import datetime
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from brokerage.audit.tracking import RecordedCommand
from brokerage.clocks import calendars, clock
from brokerage.demo.simulate import making
from brokerage.errors import Refused

OPEN_SHARE = 0.1


class Command(RecordedCommand, BaseCommand):
    help = (
        "Makes a believable caseload for load tests, in bulk. The same seed makes the same caseload all day long, and on any"
        " day with --at. Writes no letters and rings nobody; its evidence and its events are the database’s own."
    )

    def add_arguments(self, parser):
        parser.add_argument("--referrals", type=int, required=True, metavar="N", help="how many, open and closed")
        parser.add_argument("--seed", type=int, required=True, metavar="S", help="which caseload")
        share = parser.add_mutually_exclusive_group()
        share.add_argument(
            "--open", type=float, metavar="SHARE", help=f"the share still open, 0 to 1; {OPEN_SHARE} if not said"
        )
        share.add_argument("--closed", type=int, metavar="M", help="how many of them are closed, in place of a share")
        parser.add_argument(
            "--at", metavar="WHEN", help="told up to this time, as 2026-11-03T00:00; last midnight if not said"
        )
        parser.add_argument(
            "--yes", action="store_true", help="also where this is neither a demonstration nor for developing"
        )

    def handle(self, *, referrals, seed, yes, at, **options):
        if not (settings.DEBUG or settings.DEMONSTRATION or yes):
            raise CommandError(
                "This may be a service in use, and invented cases cannot be taken out again. Say --yes to go on."
            )
        open_cases = self._open_cases(referrals, options["open"], options["closed"])
        begun = monotonic()
        try:
            made = making.make(
                referrals,
                open_cases=open_cases,
                seed=seed,
                at=self._instant(at),
                say=lambda done: self._say(done, referrals, monotonic() - begun) if options["verbosity"] else None,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if options["verbosity"]:
            self.stdout.write(
                f"Made {referrals:,} referrals, {open_cases:,} open, in {monotonic() - begun:.0f} seconds:"
            )
            for label, count in made.items():
                self.stdout.write(f"  {count:>12,} {label}")

    def _open_cases(self, referrals, share, closed) -> int:
        if referrals < 1:
            raise CommandError("Enter at least 1 after --referrals.")
        if closed is not None:
            if not 0 <= closed <= referrals:
                raise CommandError(f"Enter from 0 to {referrals} after --closed.")
            return referrals - closed
        share = OPEN_SHARE if share is None else share
        if not 0 <= share <= 1:
            raise CommandError("Enter a share from 0 to 1 after --open.")
        return round(referrals * share)

    def _instant(self, at) -> datetime:
        if at is None:
            return making.last_midnight(clock.now())
        try:
            instant = datetime.fromisoformat(at)
        except ValueError:
            raise CommandError("Enter a time such as 2026-11-03T00:00 after --at.") from None
        return calendars.policy().at(instant.date(), instant.time()) if instant.tzinfo is None else instant

    def _say(self, done, referrals, seconds):
        self.stdout.write(f"{done:,} of {referrals:,} ({seconds:.0f} s)")
