"""Who may open a case, and who did."""

from django import forms
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from brokerage.accounts.models import Role, User
from brokerage.design.forms import GovukForm
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, ListPage
from brokerage.home.readers import CASE_READERS
from brokerage.home.views import CasePage, OnACase
from referrals.access import actions, rules
from referrals.access.models import NamedReader, Opening, Page
from referrals.access.opening import close_by, still_here
from referrals.intake.models import Referral

ANYBODY_ON_A_CASE = CASE_READERS | {Role.COORDINATOR}


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return f"{user.full_name}, {', '.join(user.role_names).lower()}"


class RestrictForm(GovukForm):
    submit_text = "Restrict the case"
    readers = PeopleField(
        label="Who may open it?",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="You, the referrer, the co-ordinator and the broker may in any case",
    )
    because = forms.CharField(
        label="Why is it restricted?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Those named read this. For example: works for the council",
        error_messages={"required": "Enter why this case is restricted"},
    )

    def __init__(self, *args, referral, by, **kwargs):
        super().__init__(*args, **kwargs)
        already = {by.pk, referral.broker_id, referral.coordinator_id, referral.referred_by_id}
        people = rules.may_be_named(referral).exclude(pk__in=already - {None})
        self.fields["readers"].queryset = people.distinct().order_by("full_name")


class Restrict(OnACase, ActionView):
    may = rules.RESTRICTS
    deed = "restrict a case"
    heading = "Restrict this case"
    form_class = RestrictForm
    template_name = "home/restrict.html"
    reason_not_to = rules.reason_not_to_restrict
    done = "Only those named can open this case now"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"referral": self.subject, "by": self.request.user}

    def get_back(self):
        return _own_page(self.subject, self.request.user)

    def get_success_url(self):
        return self.get_back()

    def act(self, answers):
        actions.restrict(self.subject, by=self.request.user, **answers)


class RestrictedCases(ListPage):
    """For managers: which cases are restricted and to whom, and nothing else about them."""

    may = rules.NAMES_OTHERS
    deed = "see which cases are restricted"
    heading = "Restricted cases"
    template_name = "home/restricted_cases.html"
    empty = "No case is restricted."
    columns = (Column("case", "Case"), Column("team", "Team"), Column("named", "Who may open it"), Column("add", ""))

    def get_rows(self):
        own = NamedReader.objects.filter(referral=OuterRef("pk"), user=self.request.user)
        rows = restricted(self.request.user).annotate(may_open=Exists(own))
        return rows.prefetch_related("named_readers__user").order_by("-id")


def restricted(user):
    """Restricted cases whose readers this manager may name."""
    rows = Referral.objects.submitted().filter(is_restricted=True).select_related("team")
    return rows if user.has_role(Role.HEAD_OF_SERVICE) else rows.filter(team__in=user.teams.all())


class NameForm(GovukForm):
    submit_text = "Let them open it"
    reader = forms.ModelChoiceField(
        label="Who needs to open it?",
        queryset=User.objects.none(),
        empty_label="Select somebody",
        error_messages={"required": "Select who needs to open it"},
    )
    because = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="Everybody named on the case is told, with this",
        error_messages={"required": "Enter why they need to open it"},
    )

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        named = NamedReader.objects.filter(referral=referral).values("user")
        self.fields["reader"].queryset = (
            rules.may_be_named(referral).exclude(pk__in=named).distinct().order_by("full_name")
        )


class OnARestrictedCase:
    may = rules.NAMES_OTHERS
    deed = "say who may open a restricted case"

    def get_queryset(self):
        return restricted(self.request.user)

    def get_caption(self):
        return self.subject.reference

    def get_back(self):
        return reverse("restricted_cases")

    def get_success_url(self):
        return reverse("restricted_cases")


class NameAReader(OnARestrictedCase, ActionView):
    heading = "Name somebody on a restricted case"
    form_class = NameForm
    done = "They can open it now. Everybody named on the case has been told."
    reason_not_to = rules.reason_not_to_name

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"referral": self.subject}

    def act(self, answers):
        actions.name(self.subject, by=self.request.user, **answers)


class TakeOffAReader(OnARestrictedCase, ButtonView):
    done = "They can no longer open it"

    def act(self, answers):
        reader = get_object_or_404(User, pk=self.kwargs["reader"])
        actions.take_off(self.subject, reader=reader, by=self.request.user)


class LiftForm(GovukForm):
    submit_text = "Lift the restriction"
    because = forms.CharField(
        label="Why need it not be restricted any more?",
        max_length=300,
        error_messages={"required": "Enter why the case need not be restricted any more"},
    )


class LiftRestriction(OnARestrictedCase, ActionView):
    heading = "Lift the restriction"
    form_class = LiftForm
    done = "The team can open the case again"

    def act(self, answers):
        actions.lift(self.subject, by=self.request.user, **answers)


class CaseOpenings(CasePage):
    """Who has looked at this case."""

    template_name = "home/case_openings.html"
    page = Page.OPENINGS
    most = 500

    def get_context_data(self, **kwargs):
        rows = Opening.objects.filter(referral=self.case.referral).newest_first().select_related("user")
        return super().get_context_data(**kwargs) | {"openings": rows[: self.most], "most": self.most}


class OpeningsForm(GovukForm):
    submit_text = "Show"
    case = forms.CharField(label="Case", required=False)
    person = forms.ModelChoiceField(
        label="Person", queryset=User.objects.order_by("full_name"), required=False, empty_label="Anybody"
    )


class Openings(ListPage):
    """For auditors: who opened what, in the cases they may see."""

    may = {Role.AUDITOR, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}
    deed = "see who opened which cases"
    heading = "Who opened which cases"
    template_name = "home/openings.html"
    filter_class = OpeningsForm
    paginate_by = 50
    empty = "Nobody has opened a case yet."
    download_name = "openings"
    columns = (Column("at", "When"), Column("who", "Who"), Column("case", "Case"), Column("page", "What"))

    def get_rows(self):
        seen = Referral.objects.visible_to(self.request.user)
        return Opening.objects.filter(referral__in=seen).newest_first().select_related("user")

    def narrow(self, rows, answers):
        if answers.get("case"):
            rows = rows.filter(case=answers["case"].strip().upper())
        if answers.get("person"):
            rows = rows.filter(user=answers["person"])
        return rows

    def cells(self, row):
        return [row.opened_at, row.user.full_name, row.case, row.get_page_display()]


class StillHere(OnACase, ButtonView):
    """Says that the case is still on somebody's screen, and answers with who else is at it."""

    may = ANYBODY_ON_A_CASE
    deed = "open a case"

    def post(self, request, *args, **kwargs):
        still_here(self.subject, by=request.user)
        return render(request, "home/_close_by.html", {"others": close_by(self.subject, but=request.user)})


def _own_page(referral, user):
    if user.has_role(*CASE_READERS):
        return reverse("casefile", args=[referral.reference])
    return reverse("referral_tasks", args=[referral.reference])
