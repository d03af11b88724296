from django import forms
from django.urls import reverse
from django.utils.functional import cached_property

from brokerage.accounts.models import Role
from brokerage.design.forms import Choice, Field, GovukForm
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ListPage
from placements.choosing import queries as choosing
from placements.choosing.views import OfACase
from placements.panel import actions, rules
from placements.panel.models import DECIDES, READS, Submission
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.intake.models import SEES_THE_TEAMS_CASES

BROKERS = {Role.BROKER, Role.DUTY_BROKER}


class Agenda(ListPage):
    """What panel has to decide, what has waited longest first; below it, what was decided."""

    may = set(READS)
    deed = "open panel’s agenda"
    template_name = "placements/panel/agenda.html"
    heading = "Panel"
    empty = "Nothing is waiting for panel. Questions from brokers appear here."
    columns = (
        Column("case", "Case"),
        Column("service", "Service"),
        Column("priority", "Priority"),
        Column("question", "Question"),
        Column("cost", "Cost a week", numeric=True),
        Column("asked", "Asked", sort="proposed_at"),
        Column("by", "By"),
        Column("status", "Decision"),
    )

    @property
    def show(self) -> str:
        return self.request.GET.get("show", "waiting")

    def get_rows(self):
        rows = Submission.objects.visible_to(self.request.user).select_related(
            "referral__person", "referral__pathway", "agreement", "proposed_by", "decided_by"
        )
        if self.show == "decided":
            return rows.exclude(status="at_panel").order_by("-decided_at")
        return rows.waiting().order_by("proposed_at")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "show": self.show,
            "filtered": False,
            "empty": "Panel has decided nothing yet." if self.show == "decided" else self.empty,
        }


class DecisionForm(GovukForm):
    submit_text = "Record decision"

    decision = forms.ChoiceField(
        label="What did panel decide?",
        choices=[
            Choice("approve", "Approve", hint="The broker can go on"),
            Choice("defer", "Defer", hint="Panel needs to know more first"),
            Choice("decline", "Decline"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what panel decided"},
    )
    because = forms.CharField(label="Reasons", widget=forms.Textarea, required=False)
    conditions = forms.CharField(label="Conditions (optional)", widget=forms.Textarea, required=False)

    def layout(self):
        return [Field.radios("decision"), Field.textarea("because", rows=3), Field.textarea("conditions", rows=2)]

    def clean(self):
        answers = super().clean()
        if answers.get("decision") in {"defer", "decline"} and not answers.get("because"):
            self.add_error("because", "Enter why panel did not approve this")
        return answers


class RecordDecision(OpensCase, ActionView):
    page = Page.PANEL
    """One case on one page, as it was put to panel, and the decision."""

    may = set(READS) | set(SEES_THE_TEAMS_CASES)
    deed = "read what was put to panel"
    heading = "Record panel’s decision"
    done = "Decision recorded"
    form_class = DecisionForm
    template_name = "placements/panel/submission.html"
    reason_not_to = rules.reason_not_to_decide

    verbs = {"approve": actions.approve, "defer": actions.defer, "decline": actions.decline}

    def get_queryset(self):
        return Submission.objects.visible_to(self.request.user).select_related(
            "referral__person", "referral__broker", "referral__team", "agreement", "proposed_by", "decided_by"
        )

    def get_heading(self):
        return self.subject.agreement.get_kind_display()

    def get_caption(self):
        return f"{self.subject.referral.reference}, {self.subject.referral.initials}"

    def get_back(self):
        user = self.request.user
        return reverse("panel_agenda") if user.has_role(*READS) else self.subject.referral.get_absolute_url()

    def get_success_url(self):
        return reverse("panel_agenda")

    def act(self, answers):
        verb = self.verbs[answers["decision"]]
        verb(self.subject, by=self.request.user, because=answers["because"], conditions=answers["conditions"])

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        user = self.request.user
        return page | {"submission": self.subject, "paper": self.subject.paper, "can_decide": user.has_role(*DECIDES)}


class AskForm(GovukForm):
    submit_text = "Put it to panel"
    recommendation = forms.CharField(
        label="What do you recommend, and why?",
        help_text="Panel reads this above the facts of the case, which are drafted from the record",
        widget=forms.Textarea,
        error_messages={"required": "Enter what you recommend and why"},
    )


class AskToSearch(OfACase, ActionView):
    may = BROKERS
    deed = "put a case to panel"
    heading = "Put the search to panel"
    done = "Put to panel"
    form_class = AskForm
    reason_not_to = rules.reason_not_to_ask_to_search

    def get_back(self):
        return self.subject.get_absolute_url()

    def act(self, answers):
        actions.ask_to_search(self.subject, recommendation=answers["recommendation"], by=self.request.user)


class AskToPay(OfACase, ActionView):
    may = BROKERS
    deed = "put a case to panel"
    heading = "Ask panel to agree the price"
    done = "Put to panel"
    form_class = AskForm
    template_name = "placements/panel/ask_to_pay.html"

    def get_back(self):
        return self.subject.get_absolute_url()

    @cached_property
    def choice(self):
        return choosing.current_choice(self.subject)

    def why_not(self):
        if self.choice is None:
            return rules.CHOOSE_FIRST
        price = choosing.price_of(self.choice.reply)
        return rules.reason_not_to_ask_to_pay(self.subject, self.request.user, reply=self.choice.reply, price=price)

    def act(self, answers):
        actions.ask_to_pay(
            self.subject,
            reply=self.choice and self.choice.reply,
            recommendation=answers["recommendation"],
            by=self.request.user,
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"option": self.choice and choosing.option_of(self.choice.reply)}
