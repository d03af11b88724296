"""The hours of a week, by day: with the person, and of carers; term time, holidays and alternate weeks apart. No database."""

from dataclasses import dataclass
from decimal import Decimal

from referrals.needs.models import Term, VisitKind, Weeks
from referrals.needs.week import DAYS, Line

PENNIES = Decimal("0.01")


@dataclass(frozen=True)
class Total:
    """One kind of week: as it is in term time, say, in weeks 2, 4, 6."""

    term: str
    weeks: str
    contact: tuple[Decimal, ...]  # hours with the person, Monday first
    carers: tuple[Decimal, ...]  # the same times how many carers
    is_shown: bool

    @property
    def label(self) -> str:
        parts = [] if self.term == Term.BOTH else [Term(self.term).label]
        parts += [] if self.weeks == Weeks.EVERY else [Weeks(self.weeks).label.lower()]
        words = ", ".join(parts) or "In a week"
        return words[0].upper() + words[1:]

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Hours with the person and, where they differ, of carers: of each day, and of the week."""
        pairs = [*zip(self.contact, self.carers, strict=True), (self.contact_in_all, self.carers_in_all)]
        return [(said(contact), said(carers) if carers != contact else "") for contact, carers in pairs]

    @property
    def contact_in_all(self) -> Decimal:
        return sum(self.contact, Decimal(0))

    @property
    def carers_in_all(self) -> Decimal:
        return sum(self.carers, Decimal(0))


def totals(lines: list[Line]) -> list[Total]:
    """Of every kind of week there may be; shown are those that this timetable has."""
    seasons = [Term.TERM, Term.HOLIDAYS] if any(line.term != Term.BOTH for line in lines) else [Term.BOTH]
    turns = [Weeks.ODD, Weeks.EVEN] if any(line.weeks != Weeks.EVERY for line in lines) else [Weeks.EVERY]
    return [
        _total(lines, season, turn, season in seasons and turn in turns)
        for season in (Term.BOTH, Term.TERM, Term.HOLIDAYS)
        for turn in (Weeks.EVERY, Weeks.ODD, Weeks.EVEN)
    ]


def of_season(lines: list[Line], season: Term) -> Decimal:
    """Care hours in an average week of term, or of holidays."""
    return sum((line.hours for line in lines if line.term in (Term.BOTH, season)), Decimal(0)).quantize(PENNIES)


def said(hours: Decimal) -> str:
    """3.5, 3 or 0.75."""
    return f"{hours.normalize():f}"


def nights_in_words(lines: list[Line]) -> str:
    """ "2 waking nights and 1 sleep-in": they are priced by the night, so they are told apart."""
    names = {
        VisitKind.WAKING_NIGHT: ("waking night", "waking nights"),
        VisitKind.SLEEP_IN: ("sleep-in", "sleep-ins"),
        VisitKind.LIVE_IN: ("day of live-in care", "days of live-in care"),
    }
    counts = [(sum(line.kind == kind for line in lines), one, many) for kind, (one, many) in names.items()]
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def overlaps(lines: list[Line]) -> list[str]:
    """Visits of one week that begin before the one before has ended, in words. Two on purpose may stand."""
    timed = sorted((line for line in lines if line.starts_at and not line.window_ends_at), key=_minute)
    found = []
    for at, line in enumerate(timed):
        for later in timed[at + 1 :]:
            if _minute(later) >= _minute(line) + line.minutes:
                break
            if _meet(line, later):
                when = f"{DAYS[line.weekday]} {line.starts_at}"
                where = later.starts_at if later.weekday == line.weekday else f"{DAYS[later.weekday]} {later.starts_at}"
                found.append(f"{when} and {where} overlap.")
    return found


def ends_in_words(line: Line) -> str:
    """ "06:00 on Tuesday" where a visit crosses midnight; nothing otherwise."""
    if not line.starts_at or line.window_ends_at:
        return ""
    end = (_minute(line) % 1440) + line.minutes
    if end <= 1440:
        return ""
    return f"{end % 1440 // 60:02d}:{end % 60:02d} on {DAYS[(line.weekday + 1) % 7]}"


def _total(lines, season, turn, is_shown):
    contact, carers = [Decimal(0)] * 7, [Decimal(0)] * 7
    for line in lines:
        if line.term in (Term.BOTH, season) and line.weeks in (Weeks.EVERY, turn):
            contact[line.weekday] += Decimal(line.minutes) / 60
            carers[line.weekday] += Decimal(line.minutes) * line.carers / 60
    return Total(
        season.value, turn.value,
        tuple(each.quantize(PENNIES) for each in contact), tuple(each.quantize(PENNIES) for each in carers), is_shown,
    )  # fmt: skip


def _minute(line):
    return line.weekday * 1440 + int(line.starts_at[:2]) * 60 + int(line.starts_at[3:])


def _meet(line, later):
    terms, weeks = {line.term, later.term}, {line.weeks, later.weeks}
    return terms != {Term.TERM, Term.HOLIDAYS} and weeks != {Weeks.ODD, Weeks.EVEN}
