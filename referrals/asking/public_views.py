"""The page on which anybody may ask a broker to ring. No account; reading it changes nothing."""

from django.core import signing
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from brokerage.design.views import ActionView, Door
from brokerage.errors import Refused
from referrals.asking import actions, limits
from referrals.asking.forms import PublicAskForm
from referrals.asking.models import CallRequest

SALT = "referrals.asking.receipt"
A_DAY = 24 * 60 * 60
SLOWER = "That was very quick. Check your answers, then press the button again."


class Contact(ActionView):
    may = "public"
    heading = "Ask a broker to ring you"
    template_name = "referrals/asking/contact.html"
    form_class = PublicAskForm

    def dispatch(self, request, *args, **kwargs):
        if not self.teams:
            return render(request, "referrals/asking/by_phone.html")
        return super().dispatch(request, *args, **kwargs)

    @property
    def teams(self):
        if "teams" not in self.__dict__:
            self.__dict__["teams"] = list(actions.teams_that_ring())
        return self.__dict__["teams"]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"teams": actions.teams_that_ring()}

    def form_valid(self, form):
        """A machine, or somebody quicker than most, is asked again or told the number: nobody is silently dropped."""
        if limits.came_too_fast(form.cleaned_data.pop("opened", "")):
            form.data = form.data.copy()
            form.data["opened"] = limits.stamp()
            form.add_error(None, SLOWER)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        if form.cleaned_data.pop("website", "") or limits.too_many(self.request, form.cleaned_data["about"]):
            return render(self.request, "referrals/asking/held_off.html", self.get_context_data(form=form), status=429)
        return super().form_valid(form)

    def act(self, answers):
        received = actions.ask(**answers)
        if received.is_new:
            limits.count(self.request, answers["about"])
        return received.call

    def get_success_url(self):
        return reverse("contact_received", args=[signing.dumps(self.outcome.reference, salt=SALT)])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"ring_by": actions.ring_by().due_at, "phones": _phones(self.teams)}


class Received(Door, TemplateView):
    """The receipt: a reference and when we ring, and nothing of what was said."""

    may = "public"
    template_name = "referrals/asking/received.html"

    def get_context_data(self, **kwargs):
        try:
            reference = signing.loads(self.kwargs["receipt"], salt=SALT, max_age=A_DAY)
        except signing.SignatureExpired:
            raise Refused("This receipt was for a day. To ask about your request, ring us.") from None
        except signing.BadSignature:
            raise Http404 from None
        call = CallRequest.objects.select_related("team").filter(reference=reference).first()
        if call is None:
            raise Http404
        return super().get_context_data(**kwargs) | {
            "reference": call.reference,
            "ring_by": call.ring_by,
            "has_email": bool(call.email),
            "phones": _phones([call.team]),
        }


def _phones(teams):
    return [(team.name, team.duty_phone) for team in teams if team.duty_phone]
