"""Who is away, for those who plan around it."""

from django.urls import reverse_lazy

from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, ListPage

from . import actions
from .forms import AbsenceForm, whom_they_may_mark
from .models import Absence


class Absences(ListPage):
    may = "anyone signed in"
    heading = "Who is away"
    template_name = "accounts/absence/absences.html"
    columns = (
        Column("who", "Who", sort="who__full_name"),
        Column("from", "First day", sort="from_on"),
        Column("until", "Last day", sort="until_on"),
        Column("deputy", "Who stands in"),
        Column("note", "To know"),
        Column("end", ""),
    )
    empty = "Nobody is away."
    empty_next = ("Say that you will be away", reverse_lazy("add_absence"))

    def get_rows(self):
        rows = Absence.objects.visible_to(self.request.user).to_come(actions.today())
        return rows.select_related("who", "deputy")

    def get_context_data(self, **kwargs):
        page, today = super().get_context_data(**kwargs), actions.today()
        theirs = whom_they_may_mark(self.request.user).filter(pk__in=[row.who_id for row in page["rows"]])
        may_end = set(theirs.values_list("pk", flat=True))
        for row in page["rows"]:
            row.is_now, row.may_end = row.from_on <= today, row.who_id in may_end
        return page


class AddAbsence(ActionView):
    may = "anyone signed in"
    heading = "Say who is away"
    form_class = AbsenceForm
    back = goes_to = reverse_lazy("absences")
    done = "Saved. Whoever stands in is told."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}

    def act(self, answers):
        who = answers.pop("who")
        actions.go_away(who, **answers, by=self.request.user)


class EndAbsence(ButtonView):
    may = "anyone signed in"
    goes_to = reverse_lazy("absences")
    done = "Back: letters are their own again"

    def get_queryset(self):
        return Absence.objects.visible_to(self.request.user)

    def act(self, answers):
        actions.come_back(self.subject, by=self.request.user)
