"""An administrator takes a council's profile: what it would do is read first."""

from django.http import Http404
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.design.forms import GovukForm
from brokerage.design.views import ActionView, Door
from brokerage.errors import Refused
from brokerage.profiles import loading

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


class Profiles(Door, TemplateView):
    may = ADMINISTRATOR
    deed = "take a profile"
    template_name = "administration/profiles.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "profiles": [loading.profile_named(name) for name in loading.NAMES]
        }


class TakeProfile(ActionView):
    may = ADMINISTRATOR
    deed = "take a profile"
    template_name = "administration/profile.html"
    form_class = type("TakeProfileForm", (GovukForm,), {"submit_text": "Take this profile"})
    goes_to = reverse_lazy("pathways")
    back = reverse_lazy("profiles")

    @property
    def subject(self):
        return None

    @cached_property
    def profile(self):
        try:
            return loading.profile_named(self.kwargs["name"])
        except Refused:
            raise Http404 from None

    def get_heading(self):
        return f"Take the pathways of {self.profile.council}"

    def act(self, answers):
        return loading.load(self.profile, by=self.request.user)

    def get_done(self):
        number = len(self.outcome)
        return (
            f"Done: {number} thing{'' if number == 1 else 's'} changed"
            if number
            else "Nothing changed: it is loaded as it stands"
        )

    def get_context_data(self, **kwargs):
        would = [step.said for step in loading.steps(self.profile, by=self.request.user)]
        return super().get_context_data(**kwargs) | {"would": would, "profile": self.profile}
