"""The weekly timetable: rows added, copied and taken away without a script, totals worked out, then saved as a whole."""

import re

from brokerage.clocks import saying
from referrals.intake.draft_page import DraftPage
from referrals.needs import actions as needs
from referrals.needs.grid import EMPTY, MOST_ROWS, rows_of
from referrals.needs.models import Term, Visit
from referrals.needs.school_year import SchoolYear
from referrals.needs.totals import ends_in_words, nights_in_words, of_season, overlaps, totals
from referrals.needs.week import Line, hours_a_week, week_of
from referrals.needs.week_form import WeekForm, as_sent
from referrals.questions.answers import answers_of
from referrals.questions.days import in_words

ON_A_ROW = re.compile(r"(copy|remove|same)-(\d{1,2})")


class TimetablePage(DraftPage):
    key = "timetable"
    heading = "Visits in a week"
    form_class = WeekForm
    template_name = "referrals/needs/timetable.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"typed": None if "data" in kwargs else rows_of(self.subject.visits.all())}

    def post(self, request, *args, **kwargs):
        if "do" in request.POST and not self.why_not():
            return self.render_to_response(self.get_context_data(form=self._drawn_again(request.POST)))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        self.visits = form.visits
        return super().form_valid(form)

    def act(self, answers):
        needs.set_week(self.subject, visits=self.visits, by=self.request.user)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        lines = self._lines(page["form"])
        shown = totals(lines)
        return page | {
            "totals": shown,
            "two_carers": any(total.contact != total.carers for total in shown),
            "hours": hours_a_week(lines),
            "nights": nights_in_words(lines),
            "overlaps": overlaps(lines),
            "crossing": [
                f"{line.day} {line.starts_at} ends at {ends}" for line in lines if (ends := ends_in_words(line))
            ],
            "year": self._year(lines),
            "can_add": len(page["form"].rows) < MOST_ROWS,
        }

    def _drawn_again(self, sent):
        """The rows as they were typed, with what the button did to them; nothing is saved."""
        typed, did = as_sent(sent), sent["do"]
        if did == "add" and len(typed) < MOST_ROWS:
            typed.append(EMPTY)
        elif match := ON_A_ROW.fullmatch(did):
            what, number = match[1], int(match[2])
            if number < len(typed):
                self._do_to_row(typed, what, number)
        return WeekForm(typed=typed)

    @staticmethod
    def _do_to_row(typed, what, number):
        if what == "remove":
            typed.pop(number)
        elif what == "copy" and len(typed) < MOST_ROWS:
            typed.insert(number + 1, {**typed[number]})
        elif what == "same":
            first = next((each for each in typed[number]["days"] if each.strip()), "")
            typed[number] = {**typed[number], "days": [first] * 7}

    def _lines(self, form):
        """What the rows as drawn come to, as far as they can be read; wrong ones are left out."""
        if not form.is_bound:
            form = WeekForm(_as_data(form))
            form.is_valid()
        return week_of(Visit(**visit) for visit in form.visits)

    def _year(self, lines: list[Line]) -> str:
        """What term time and holidays come to in a year, by the school's own dates."""
        holidays = SchoolYear(tuple(answers_of(self.subject).spans("school_holidays")))
        if not holidays:
            return ""
        said = [f"{name} {in_words(first, last)}".strip() for name, first, last in holidays.holidays]
        words = f"The school’s holidays: {saying.listed(said)}."
        if all(line.term == Term.BOTH for line in lines):
            return words
        year = holidays.hours_a_year(of_season(lines, Term.TERM), of_season(lines, Term.HOLIDAYS))
        weeks = holidays.holiday_weeks
        return (
            f"{words} With {weeks} week{'' if weeks == 1 else 's'} of holidays, that is about {year} care hours a year."
        )


def _as_data(form) -> dict:
    """An unbound week as though it had been sent, to be read for its totals."""
    data = {"rows": str(len(form.rows))}
    for row in form.rows:
        for box in row.boxes:
            value = box.value()
            data[box.html_name] = value if isinstance(value, list) else "" if value in (None, False) else str(value)
    return _Sent(data)


class _Sent(dict):
    def getlist(self, name):
        value = self.get(name, [])
        return value if isinstance(value, list) else [value]
