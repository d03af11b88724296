"""Administrators look after people's accounts here."""

from django.db.models import Q
from django.urls import reverse_lazy
from django.views.generic import DetailView

from brokerage.audit.models import Event
from brokerage.design.lists import Column, ListPage
from brokerage.design.views import ActionView, ButtonView, Door

from . import actions, rules
from .forms import DetailsForm, FindAccountsForm, InviteForm, ReasonForm, RolesForm
from .models import Role, User

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


class Accounts(ListPage):
    may = ADMINISTRATOR
    heading = "Accounts"
    template_name = "accounts/accounts.html"
    filter_class = FindAccountsForm
    columns = (
        Column("name", "Name", sort="full_name"),
        Column("email", "Email address", sort="email"),
        Column("roles", "Roles"),
        Column("teams", "Teams"),
        Column("standing", "Standing"),
        Column("signed_in", "Last signed in", sort="last_login"),
    )
    queryset = User.objects.prefetch_related("teams")
    empty = "Nobody to show"

    def get_rows(self):
        rows = super().get_rows()
        return rows if self.request.GET.get("standing") == "left" else rows.active()

    def narrow(self, rows, answers):
        if name := answers["name"]:
            rows = rows.filter(Q(full_name__icontains=name) | Q(email__icontains=name))
        if role := answers["role"]:
            rows = rows.filter(roles__contains=[role])
        narrower = {"invited": rows.invited, "left": rows.left}.get(answers["standing"])
        return narrower() if narrower else rows


class Account(Door, DetailView):
    may = ADMINISTRATOR
    template_name = "accounts/account.html"
    context_object_name = "person"
    queryset = User.objects.prefetch_related("teams").select_related("invited_by", "left_by")

    def get_context_data(self, **kwargs):
        person, by = self.object, self.request.user
        return super().get_context_data(**kwargs) | {
            "history": Event.objects.about(person).newest_first()[:50],
            "has_second_factor": person.authenticator_set.exists(),
            "reason_not_to_change_roles": rules.reason_not_to_change_roles(person, by),
            "reason_not_to_end": rules.reason_not_to_end(person, by),
            "reason_not_to_invite_again": rules.reason_not_to_invite_again(person),
        }


class Invite(ActionView):
    may = ADMINISTRATOR
    heading = "Invite somebody"
    form_class = InviteForm
    back = reverse_lazy("accounts")

    def act(self, answers):
        return actions.invite(**answers, by=self.request.user)

    def get_success_url(self):
        return self.outcome.get_absolute_url()

    def get_done(self):
        return "Invitation sent"


class OfSomebody(ActionView, abstract=True):
    """A form about somebody's account, which asks the same rule as the deed."""

    may = ADMINISTRATOR

    def get_queryset(self):
        return User.objects.all()

    def get_caption(self):
        return self.subject.full_name


class ChangeRoles(OfSomebody):
    heading = "Change roles and teams"
    done = "Roles and teams changed"
    form_class = RolesForm
    reason_not_to = rules.reason_not_to_change_roles

    def get_initial(self):
        return {"roles": self.subject.roles, "teams": self.subject.teams.all()}

    def act(self, answers):
        actions.change_roles(self.subject, **answers, by=self.request.user)


class CorrectDetails(OfSomebody):
    heading = "Correct details"
    done = "Details saved"
    form_class = DetailsForm

    def get_initial(self):
        return {name: getattr(self.subject, name) for name in self.form_class.base_fields}

    def act(self, answers):
        actions.correct_details(self.subject, **answers, by=self.request.user)


class EndAccount(OfSomebody):
    heading = "End this account"
    template_name = "accounts/end.html"
    done = "Account ended"
    form_class = ReasonForm
    reason_not_to = rules.reason_not_to_end

    def act(self, answers):
        actions.end(self.subject, **answers, by=self.request.user)


class BringBack(OfSomebody):
    heading = "Bring this account back"
    done = "Account brought back, and a link to choose a password sent"
    form_class = ReasonForm

    def why_not(self):
        return rules.reason_not_to_bring_back(self.subject)

    def act(self, answers):
        actions.bring_back(self.subject, **answers, by=self.request.user)


class ForgetSecondFactor(OfSomebody):
    heading = "Remove the second factor"
    template_name = "accounts/forget_second_factor.html"
    done = "Second factor removed"
    form_class = ReasonForm

    def act(self, answers):
        actions.forget_second_factor(self.subject, **answers, by=self.request.user)


class InviteAgain(ButtonView):
    may = ADMINISTRATOR
    done = "Invitation sent again"

    def get_queryset(self):
        return User.objects.all()

    def act(self, answers):
        actions.invite_again(self.subject, by=self.request.user)
