from django import forms
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.accounts.models import Role, User
from brokerage.clocks import clock
from brokerage.design.forms import GovukForm
from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.home import casefile, next_step
from brokerage.home.readers import BROKERS, CASE_READERS
from placements.withdrawal.rules import WITHDRAWS
from referrals.access.models import Page
from referrals.access.opening import OpensCase, close_by
from referrals.access.rules import reason_not_to_restrict
from referrals.documents.rules import ENDS_A_WAIT
from referrals.intake import actions as intake
from referrals.intake import duplicates, messages, rules
from referrals.intake.models import Referral, Stage
from referrals.work import actions as work
from referrals.work.rules import reason_not_to_work_on

UNANSWERED = {Stage.RECEIVED, Stage.IN_PROGRESS}
OPEN = UNANSWERED | {Stage.ARRANGED}


class CasePage(OpensCase, Door, TemplateView, abstract=True):
    may = CASE_READERS
    deed = "open a case"

    @cached_property
    def case(self):
        try:
            return casefile.of(self.kwargs["reference"], self.request.user, now=clock.now())
        except Referral.DoesNotExist:
            raise Http404 from None

    def opened_case(self):
        return self.case.referral

    @cached_property
    def works_on_it(self) -> bool:
        return reason_not_to_work_on(self.case.referral, self.request.user) is None

    def get_context_data(self, **kwargs):
        referral = self.case.referral
        return super().get_context_data(**kwargs) | {
            "case": self.case,
            "referral": referral,
            "person": referral.person,
            "works_on_it": self.works_on_it,
            "ends_a_wait": self.request.user.has_role(*ENDS_A_WAIT),
            "sections": [
                {"label": "Case", "href": reverse("casefile", args=[referral.reference])},
                {"label": "Needs", "href": reverse("case_needs", args=[referral.reference])},
                {"label": "History", "href": reverse("case_history", args=[referral.reference])},
                {"label": "Who opened it", "href": reverse("case_openings", args=[referral.reference])},
            ],
            "others": close_by(referral, but=self.request.user),
            "may_refer_on": referral.status in OPEN and self.works_on_it,
            "may_restrict": reason_not_to_restrict(referral, self.request.user) is None,
            "may_change_urgency": referral.status in UNANSWERED and self.request.user.has_role(*WITHDRAWS),
            "may_answer": self.works_on_it and referral.status == Stage.IN_PROGRESS,
            "may_withdraw": referral.status in OPEN and self.request.user.has_role(*WITHDRAWS),
            "facts": [
                ("Service", referral.pathway.name),
                ("Broker", referral.broker.full_name if referral.broker else "Nobody yet"),
                (
                    "Referred by",
                    referral.contact_name if referral.referrer_is_outside else referral.coordinator.full_name,
                ),
            ],
        }


class CaseFile(CasePage):
    page = Page.CASE
    template_name = "home/casefile.html"

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        return (
            page
            | self._beside()
            | {
                "next_step": next_step.of(self.case),
                "latest": casefile.timeline(self.kwargs["reference"], only="deeds", limit=6)[:6],
                "can_assign": rules.reason_not_to_assign(self.case.referral, self.request.user) is None,
            }
        )

    def _beside(self):
        """Other cases that this one follows, or may be the same as, as far as they may be seen."""
        referral, user = self.case.referral, self.request.user
        alike, hidden = duplicates.seen_by(referral, user) if self.works_on_it else ([], [])
        cases = Referral.objects.visible_to(user).submitted().select_related("pathway")
        beside = list(cases.filter(Q(follows=referral) | Q(pk=referral.follows_id)))
        return {
            "alike": alike,
            "hidden": hidden,
            "follows": next((each for each in beside if each.pk == referral.follows_id), None),
            "followed_by": [each for each in beside if each.follows_id == referral.pk],
        }


class CaseNeeds(CasePage):
    page = Page.NEEDS
    template_name = "home/case_needs.html"


class CaseHistory(CasePage):
    page = Page.HISTORY
    template_name = "home/case_history.html"

    def get_context_data(self, **kwargs):
        only = self.request.GET.get("only", "")
        return super().get_context_data(**kwargs) | {
            "entries": casefile.timeline(self.kwargs["reference"], only=only),
            "only": only,
            "kinds": [("", "Everything"), ("deeds", "What was done"), ("letters", "Letters")],
            "nothing": "No letter has been written about this case yet." if only == "letters" else "Nothing yet.",
        }


class OnACase:
    """A deed on a referral that this person may see."""

    def get_queryset(self):
        return Referral.objects.visible_to(self.request.user).select_related(
            "person", "pathway", "team", "broker", "started_by"
        )

    def get_caption(self):
        return f"{self.subject.reference}, {self.subject.initials}"


class StartWork(OnACase, ButtonView):
    may = BROKERS
    deed = "start work on a case"
    done = "You have started work. The start clock has stopped."

    def act(self, answers):
        intake.start_work(self.subject, by=self.request.user)


class AssignForm(GovukForm):
    submit_text = "Give out the case"
    broker = forms.ModelChoiceField(label="Who works on it?", queryset=None, empty_label="Select a broker")
    because = forms.CharField(label="Anything they should know (optional)", required=False)

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["broker"].queryset = User.objects.brokers(team_id=team.pk).order_by("full_name")


class Assign(OnACase, ActionView):
    may = {Role.DUTY_BROKER, Role.TEAM_MANAGER}
    deed = "give out work"
    heading = "Give out the case"
    form_class = AssignForm
    reason_not_to = rules.reason_not_to_assign

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"team": self.subject.team}

    def act(self, answers):
        self.to = answers["broker"]
        intake.assign(self.subject, to=self.to, by=self.request.user, because=answers["because"])

    def get_done(self):
        return f"Given to {self.to.full_name}" if hasattr(self, "to") else "Given out"


class NoteForm(GovukForm):
    submit_text = "Add note"
    words = forms.CharField(label="Note", widget=forms.Textarea, error_messages={"required": "Enter the note"})
    for_referrer = forms.TypedChoiceField(
        label="Who reads it?",
        choices=[("no", "Brokerage only"), ("yes", "The referrer too: they are told by letter")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        initial="no",
        required=False,
        empty_value=False,
    )


class AddNote(OnACase, ActionView):
    may = CASE_READERS - {Role.AUDITOR}
    deed = "add a note"
    heading = "Add a note"
    done = "Note added"
    form_class = NoteForm

    def act(self, answers):
        if answers["for_referrer"]:
            messages.write(self.subject, words=answers["words"], by=self.request.user)
        else:
            work.add_note(self.subject, words=answers["words"], by=self.request.user)
