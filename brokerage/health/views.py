"""For whatever watches the service from outside, and for the people who look after it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.design.doors import PUBLIC
from brokerage.design.views import Door

from . import metrics as gauges
from . import probes


def _for_machines(view):
    view = login_not_required(never_cache(require_safe(view)))
    view.may = PUBLIC
    return view


@_for_machines
def healthz(request):
    """The process lives. It asks nothing of anybody, so nothing else can make it fail."""
    return JsonResponse({"alive": True})


@_for_machines
def readyz(request):
    """503 only when the database cannot be used; the rest is detail, because pages work without it."""
    found = probes.findings()
    ready = all(finding.state != probes.BAD for finding in found if finding.name == "database")
    detail = {finding.name: {"state": finding.state, "said": finding.said, **finding.facts} for finding in found}
    return JsonResponse({"ready": ready, **detail}, status=200 if ready else 503)


@_for_machines
def metrics(request):
    return HttpResponse(gauges.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


@method_decorator(never_cache, name="dispatch")
class Status(Door, TemplateView):
    may = frozenset({Role.ADMINISTRATOR, Role.TEAM_MANAGER})
    deed = "see how the service is running"
    template_name = "health/status.html"

    def get_context_data(self, **kwargs):
        page = {"heading": "How the service is running", "findings": probes.findings()}
        return super().get_context_data(**kwargs) | page
