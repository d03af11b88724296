"""Term time and holidays, by the dates of the school: which a day is in, and how many weeks of each. No database."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from referrals.needs.models import Term

WEEKS_IN_A_YEAR = Decimal("365.25") / 7


@dataclass(frozen=True)
class SchoolYear:
    """The holidays of one school, as (name, first day, last day)."""

    holidays: tuple[tuple[str, date, date], ...] = ()

    def __bool__(self):
        return bool(self.holidays)

    def season_of(self, day: date) -> Term:
        return Term.HOLIDAYS if self._is_holiday(day) else Term.TERM

    @property
    def holiday_weeks(self) -> int:
        """Weeks, Monday first, in which most of the five school days are holiday."""
        if not self.holidays:
            return 0
        first, last = min(span[1] for span in self.holidays), max(span[2] for span in self.holidays)
        monday, weeks = first - timedelta(days=first.weekday()), 0
        while monday <= last:
            weeks += sum(self._is_holiday(monday + timedelta(days=day)) for day in range(5)) >= 3
            monday += timedelta(days=7)
        return weeks

    def hours_a_year(self, in_term: Decimal, in_holidays: Decimal) -> Decimal:
        """An estimate, as every year's figure is: so many weeks of holidays, and term for the rest."""
        holidays = min(Decimal(self.holiday_weeks), WEEKS_IN_A_YEAR)
        return ((WEEKS_IN_A_YEAR - holidays) * in_term + holidays * in_holidays).quantize(Decimal("1"))

    def _is_holiday(self, day):
        return any(first <= day <= last for _, first, last in self.holidays)


def holidays_missing(visits, answers) -> bool:
    """Whether the week is split by the school's year, and it was said that the school has no holidays."""
    is_split = any(visit.term != Term.BOTH for visit in visits)
    is_asked = any(question.key == "school_holidays" for question in answers.questions)
    return is_split and is_asked and "school_holidays" in answers.said and not answers.spans("school_holidays")
