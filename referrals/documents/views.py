"""Papers: the referrer's page that takes them, the broker's, and what a broker does about those that are missing."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from brokerage.accounts.models import Role
from brokerage.clocks import clock, saying
from brokerage.design.views import ActionView, ButtonView
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.documents import actions, rules
from referrals.documents.forms import WITHOUT, AskForm, PaperForm, StopWaitingForm, WithProviderForm
from referrals.documents.kinds import MANY
from referrals.documents.queries import papers_of
from referrals.documents.rows import referrals
from referrals.work.rules import WORKS_CASES

REFERRERS = set(rules.HANDS_IN)
BROKERS = {Role.BROKER, Role.DUTY_BROKER}
ENDS_A_WAIT = set(rules.ENDS_A_WAIT)


class OnACase:
    """A deed on a case that this person may see."""

    def get_queryset(self):
        return (
            referrals()
            .visible_to(self.request.user)
            .select_related("person", "pathway", "team", "broker", "coordinator", "work")
        )

    def get_caption(self):
        initials = f", {self.subject.initials}" if self.subject.person else ""
        return f"{self.subject.reference}{initials}"


class TakesAPaper(OpensCase, OnACase, ActionView, abstract=True):
    """The form that takes one paper after another, below those that are there."""

    page = Page.PAPERS
    deed = "record a paper"
    form_class = PaperForm
    reason_not_to = rules.reason_not_to_hand_in
    template_name = "referrals/documents/papers.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kinds": self._kinds_with_hints()}

    def _kinds_with_hints(self) -> dict[str, str]:
        on_record = {line.kind: line.paper for line in self.papers if line.paper}
        missing = set(rules.missing_kinds(self.subject))
        today = timezone.localdate(clock.now())
        hints = {}
        for kind in rules.kinds_offered(self.subject):
            paper = None if kind in MANY else on_record.get(kind)
            of_day = paper and saying.short_day(paper.dated_on, today=today)
            hints[kind] = f"Replaces the one of {of_day}" if paper else "Missing" if kind in missing else ""
        return hints

    def get_initial(self):
        wanted = self.request.GET.get("kind", "")
        missing = rules.missing_kinds(self.subject)
        return {"kind": wanted or (missing[0] if len(missing) == 1 else "")}

    @cached_property
    def papers(self):
        return papers_of(self.subject)

    def act(self, answers):
        return actions.record_paper(self.subject, by=self.request.user, **answers)

    def get_done(self):
        return f"{self.outcome.get_kind_display()} is on record" if self.has_acted else "On record"

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        if page["form"].is_bound:
            page["form"].file_must_be_chosen_again()
        return page | {"papers": self.papers, "referral": self.subject}


class MyPapers(TakesAPaper):
    """A referrer's own: which papers are on record, which we asked for, and the form that takes them."""

    may = REFERRERS
    heading = "Papers"

    def get_queryset(self):
        """Their own; and to a broker of its team, one that was rung in and is still being written down."""
        user = self.request.user
        mine = Q(referred_by=user) | Q(coordinator=user)
        if user.has_role(*WORKS_CASES):
            mine |= Q(phone_first=True, paperwork_at=None, received_at__isnull=False, team__in=user.teams.all())
        return super().get_queryset().filter(mine)

    def get_back(self):
        return reverse("referral_tasks", args=[self.subject.reference])


class RecordPaper(TakesAPaper):
    """The same for a broker, on the case."""

    may = BROKERS
    heading = "Papers"


class AskForPapers(OnACase, ActionView):
    may = BROKERS
    deed = "ask for papers"
    heading = "Ask for missing papers"
    form_class = AskForm
    template_name = "referrals/documents/ask.html"
    reason_not_to = rules.reason_not_to_ask

    def get_form_kwargs(self):
        wanted = [*rules.missing_kinds(self.subject), *rules.kinds_owed(self.subject)]
        return super().get_form_kwargs() | {"kinds": list(dict.fromkeys(wanted))}

    def get_initial(self):
        return {"kinds": rules.missing_kinds(self.subject) or rules.kinds_owed(self.subject)}

    def act(self, answers):
        actions.ask_for_papers(self.subject, by=self.request.user, **answers)

    def get_done(self):
        return f"{self.subject.coordinator.full_name} has been asked"


class OnARequest(OnACase):
    """What was asked for on this case, while it is open."""

    @cached_property
    def asked(self):
        if (asked := rules.open_request(self.subject)) is None:
            raise Http404
        asked.referral = self.subject
        return asked


class Remind(OnARequest, ButtonView):
    may = BROKERS
    deed = "remind somebody of papers"
    done = "They have been reminded"

    def act(self, answers):
        actions.remind(self.asked, by=self.request.user)


class StopWaiting(OnARequest, ActionView):
    may = ENDS_A_WAIT
    deed = "go on without papers"
    heading = "Go on without waiting"
    form_class = StopWaitingForm
    template_name = "referrals/documents/stop_waiting.html"
    done = "The clock goes on"

    def why_not(self):
        return rules.reason_not_to_end(self.asked, self.request.user)

    def get_form_kwargs(self):
        still = rules.still_wanted(self.asked, self.subject)
        return super().get_form_kwargs() | {
            "still": still,
            "reason_not_to_waive": rules.reason_not_to_waive(self.subject, still, self.request.user),
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"papers": papers_of(self.subject)}

    def act(self, answers):
        verb = actions.go_on_without if answers["how"] == WITHOUT else actions.stop_waiting
        verb(self.asked, because=answers["because"], by=self.request.user)


class WithProvider(OnACase, ActionView):
    may = BROKERS
    deed = "say that a provider has a paper"
    form_class = WithProviderForm
    done = "Recorded"
    reason_not_to = rules.reason_not_to_mark_with_provider

    @cached_property
    def paper(self):
        return get_object_or_404(self.subject.papers.select_related("referral"), pk=self.kwargs["paper"])

    def get_heading(self):
        return f"{self.paper.get_kind_display()}: with the provider"

    def get_initial(self):
        return {"on": timezone.localdate(clock.now())}

    def act(self, answers):
        actions.mark_with_provider(self.paper, by=self.request.user, **answers)
