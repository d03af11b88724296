"""Many cases at once: given out, or taken."""

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View

from brokerage.accounts.models import Role
from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.errors import Refused
from brokerage.home.giving import loads
from brokerage.home.giving.forms import GiveForm
from brokerage.home.queue.selection import Selection
from brokerage.home.readers import BROKERS
from referrals.intake import giving
from referrals.intake.models import Referral

GIVE_OUT = {Role.DUTY_BROKER, Role.TEAM_MANAGER}
NONE_SELECTED = "Select the cases first: tick the box at the start of each row."


class Picked:
    """Cases ticked in the queue, and the way back to it."""

    @cached_property
    def references(self) -> list[str]:
        return list(dict.fromkeys(self.picked.getlist("case")))[: giving.AT_ONCE + 1]

    @property
    def picked(self) -> QueryDict:
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @property
    def way_back(self) -> str:
        return f"{reverse('queue')}?{Selection.of_address(self.picked.get('back', ''), self.request.user).address}"

    def say(self, outcome, done: str) -> None:
        """What was not done, beside what was; where nothing was, that is a refusal."""
        why = [f"{reference}: {reason}" for reference, reason in outcome.refused.items()]
        if why and not (outcome.done or outcome.theirs_already):
            raise Refused(" ".join(why))
        if why:
            messages.warning(self.request, f"{_cases(len(why))} not {done}. {' '.join(why)}")


class ChooseBroker(Picked, Door, View):
    """From the ticked rows to the page on which a broker is chosen. It changes nothing."""

    may = GIVE_OUT
    deed = "give out work"
    http_method_names = ("post", "options")

    def post(self, request):
        if not self.references:
            messages.warning(request, NONE_SELECTED)
            return HttpResponseRedirect(self.way_back)
        query = QueryDict(mutable=True)
        query.setlist("case", self.references)
        query["back"] = request.POST.get("back", "")
        return HttpResponseRedirect(f"{reverse('give_cases')}?{query.urlencode()}")


class GiveCases(Picked, ActionView):
    may = GIVE_OUT
    deed = "give out work"
    form_class = GiveForm
    template_name = "home/queue/give.html"

    @property
    def picked(self):
        return self.request.GET  # the address says which, so that a refused form says it still

    @cached_property
    def cases(self) -> list[Referral]:
        seen = Referral.objects.visible_to(self.request.user).filter(reference__in=self.references)
        return list(seen.select_related("person", "pathway", "broker", "team").order_by("reference"))

    def get_heading(self):
        return f"Give out {_cases(len(self.cases))}"

    def get_back(self):
        return self.way_back

    def why_not(self):
        return None if self.cases else NONE_SELECTED

    def get_form_kwargs(self):
        teams = {case.team_id for case in self.cases}
        return super().get_form_kwargs() | {"loads": loads.of_teams(teams)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"cases": self.cases}

    def act(self, answers):
        if not self.references:
            raise Refused(NONE_SELECTED)
        self.to = answers["broker"]
        outcome = giving.give_many(self.references, to=self.to, by=self.request.user, because=answers["because"])
        self.say(outcome, done="given out")
        return outcome

    def get_success_url(self):
        return self.way_back

    def get_done(self):
        return (
            f"{_cases(len(self.outcome.done + self.outcome.theirs_already))} given to {self.to.full_name}"
            if self.has_acted
            else ""
        )


class TakeCases(Picked, ButtonView):
    may = BROKERS
    deed = "take cases"

    def act(self, answers):
        if not self.references:
            raise Refused(NONE_SELECTED)
        outcome = giving.take_many(self.references, by=self.request.user)
        self.say(outcome, done="taken")
        return outcome

    def get_success_url(self):
        return self.way_back

    def get_done(self):
        return f"{_cases(len(self.outcome.done + self.outcome.theirs_already))} taken" if self.has_acted else ""


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"
