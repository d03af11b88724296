"""An administrator says on which days the council is closed, and sees first what that would move."""

from datetime import date
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView, TemplateView

from brokerage.accounts.models import Role
from brokerage.clocks import calendars, saying
from brokerage.council.models import ClosureDay
from brokerage.design.views import ActionView, ButtonView, Door

from . import actions, moving, queries
from .forms import MOVE, CloseForm, ClosureForm

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
DEED = "change the days we are closed"


class ClosedDays(Door, TemplateView):
    may = ADMINISTRATOR
    deed = DEED
    template_name = "deadlines/closed_days.html"

    def get_context_data(self, **kwargs):
        today = actions.today()
        return super().get_context_data(**kwargs) | {
            "days": queries.ahead(today),
            "today": today,
            "published_until": calendars.ends_on(),
            "calendar": calendars.policy().calendar,
        }


class AddClosure(Door, FormView):
    """Which day, and why; nothing is saved before its effect was seen."""

    may = ADMINISTRATOR
    deed = DEED
    form_class = ClosureForm
    template_name = "layouts/form.html"

    def form_valid(self, form):
        answers = {"on": form.cleaned_data["on"].isoformat(), "name": form.cleaned_data["name"]}
        return redirect(f"{reverse('close_on')}?{urlencode(answers)}")

    def get_context_data(self, **kwargs):
        more = {"heading": "Add a day we are closed", "back": reverse("closed_days")}
        return super().get_context_data(**kwargs) | more


class CloseOn(ActionView):
    """The effect on what runs, and what to do about it."""

    may = ADMINISTRATOR
    deed = DEED
    form_class = CloseForm
    template_name = "deadlines/close_on.html"
    goes_to = reverse_lazy("closed_days")
    back = reverse_lazy("add_closure")

    def get(self, request, *args, **kwargs):
        if self._asked() is None:
            return redirect("add_closure")
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        on, name = self._asked() or (None, "")
        return {"on": on, "name": name}

    def get_heading(self):
        on, _ = self._asked() or (None, "")
        return f"Closed on {saying.full_day(on, year=True)}" if on else "Add a day we are closed"

    def act(self, answers):
        move = answers["clocks"] == MOVE
        return actions.close_on(answers["on"], name=answers["name"], move_clocks=move, by=self.request.user)

    def get_done(self):
        closure, moved = self.outcome
        clocks = f" {moved} running clock{'' if moved == 1 else 's'} moved." if moved else ""
        return f"Closed on {saying.full_day(closure.on, year=True)}.{clocks}"

    def get_context_data(self, **kwargs):
        on, name = self._asked() or (None, "")
        effect = moving.effect(on, name) if on else None
        return super().get_context_data(**kwargs) | {"effect": effect, "name": name}

    def _asked(self) -> tuple[date, str] | None:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        try:
            on = date.fromisoformat(given.get("on", ""))
        except ValueError:
            return None
        return (on, given["name"].strip()) if given.get("name", "").strip() else None


class OpenAgain(ButtonView):
    may = ADMINISTRATOR
    deed = DEED
    done = "Removed. Deadlines that were worked out with it stay as they are."
    goes_to = reverse_lazy("closed_days")

    def get_queryset(self):
        return ClosureDay.objects.all()

    def act(self, answers):
        actions.open_again(self.subject, by=self.request.user)
