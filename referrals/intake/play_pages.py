"""The summer play scheme: what is asked for, the days of the annex, and the annex as a page of its own (LEI-06)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from brokerage.clocks import clock
from brokerage.design.views import Door
from brokerage.paper.typesetting import typeset
from referrals.intake.draft_page import CHECK, LIST, AboutThePerson
from referrals.intake.models import SEES_THE_TEAMS_CASES, Referral
from referrals.intake.own import REFERRERS
from referrals.playscheme import actions
from referrals.playscheme.annex import Annex
from referrals.playscheme.dates import scheme_of
from referrals.playscheme.forms import DaysForm, PlaceForm
from referrals.playscheme.rules import is_asked, kept_until, most_days, request_of, years_open


class PlaySchemePage(AboutThePerson):
    key = "play_scheme"
    heading = "Summer play scheme"
    form_class = PlaceForm
    template_name = "referrals/playscheme/place.html"

    @property
    def _today(self):
        return timezone.localdate(clock.now())

    def why_not(self):
        if not is_asked(self.subject):
            raise Http404
        return super().why_not()

    def get_form_kwargs(self):
        years = years_open(self._today)
        most = most_days(self.subject, scheme_of(years[0]))
        return super().get_form_kwargs() | {"years": years, "most": most}

    def get_initial(self):
        request = request_of(self.subject)
        if request is None:
            return {}
        said = {name: getattr(request, name) for name in PlaceForm.base_fields}
        return said | {name: "yes" if said[name] else "no" for name in ("case_is_open", "in_care_plan")}

    def act(self, answers):
        actions.ask_for_a_place(self.subject, by=self.request.user, **answers)

    def get_success_url(self):
        if self.then == LIST:
            return self.get_back()
        days = reverse("referral_play_days", args=[self.subject.reference])
        return f"{days}?then={CHECK}" if self.then == CHECK else days

    def get_context_data(self, **kwargs):
        schemes = [scheme_of(year) for year in years_open(self._today)]
        return super().get_context_data(**kwargs) | {"schemes": schemes, "today": self._today}


class PlayDaysPage(AboutThePerson):
    """The annex: preferred days and impossible ones, and the points that parents are told."""

    key = "play_scheme"
    heading = "Play scheme days (annex)"
    form_class = DaysForm
    template_name = "referrals/playscheme/days.html"

    def get_heading(self):
        return self.heading

    def why_not(self):
        if not is_asked(self.subject):
            raise Http404
        return super().why_not() or (None if request_of(self.subject) else "Say first which year is wanted.")

    def get_form(self, form_class=None):
        return super().get_form(form_class) if request_of(self.subject) else None

    def get_form_kwargs(self):
        request = request_of(self.subject)
        return super().get_form_kwargs() | {"scheme": scheme_of(request.year), "request": request}

    def get_initial(self):
        request = request_of(self.subject)
        return DaysForm.initial_of(request) if request else {}

    def form_valid(self, form):
        self.chosen = {"preferred": form.chosen("preferred"), "not_required": form.chosen("not_required")}
        return super().form_valid(form)

    def act(self, answers):
        told = answers["parents_told_on"]
        actions.choose_days(self.subject, by=self.request.user, parents_told_on=told, **self.chosen)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        request = request_of(self.subject)
        return page | {"request_said": request, "points": Annex.POINTS}


class OfAnAnnex:
    """Its referrer, and whoever reads the team's cases."""

    may = {*REFERRERS, *SEES_THE_TEAMS_CASES}
    deed = "read the annex"

    def get_annex(self) -> Annex:
        rows = Referral.objects.visible_to(self.request.user).select_related("person", "pathway", "play_request")
        referral = (
            rows.filter(reference=self.kwargs["reference"]).prefetch_related("person__contacts", "also_for").first()
        )
        if referral is None or request_of(referral) is None or referral.person is None:
            raise Http404
        self.referral = referral
        return Annex.of(referral, scheme_of(referral.play_request.year), today=timezone.localdate(clock.now()))


class PlayAnnex(OfAnAnnex, Door, TemplateView):
    """The annex by itself: it is separated from the rest while places are found."""

    template_name = "referrals/playscheme/annex.html"

    def get_context_data(self, **kwargs):
        annex = self.get_annex()
        waits = self.referral.kept_until or kept_until(self.referral, timezone.localdate(clock.now()))
        return super().get_context_data(**kwargs) | {"annex": annex, "referral": self.referral, "waits_until": waits}


class PlayAnnexPaper(OfAnAnnex, Door, View):
    """The same as a PDF."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        annex = self.get_annex()
        paper = HttpResponse(typeset("referrals/playscheme/annex.typ", annex.says()), content_type="application/pdf")
        paper["Content-Disposition"] = f'inline; filename="play-scheme-annex-{self.referral.reference}.pdf"'
        return paper
