from django.shortcuts import redirect
from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.design.views import Door
from brokerage.home.readers import CASE_READERS
from brokerage.home.search import AT_MOST, find


class Search(Door, TemplateView):
    """Find a case by its reference, the case record number, the NHS number or the name."""

    may = CASE_READERS | {Role.COORDINATOR}
    deed = "search cases"
    template_name = "home/search.html"

    def get(self, request, *args, **kwargs):
        self.words = request.GET.get("q", "").strip()
        self.found = find(self.words, request.user) if self.words else None
        if self.found and self.found.cases and self.found.terms.reference:
            return redirect(self.found.cases[0])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"words": self.words, "found": self.found, "at_most": AT_MOST}
