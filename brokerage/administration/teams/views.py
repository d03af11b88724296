from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.accounts.models import Team
from brokerage.administration.teams import actions, rules
from brokerage.administration.teams.forms import CloseForm, TeamForm
from brokerage.audit.models import Event
from brokerage.design.views import ActionView, ButtonView, Door
from referrals.intake.models import Referral

DEED = "look after teams"


class Teams(Door, TemplateView):
    may = rules.CHANGES
    deed = DEED
    template_name = "administration/teams.html"

    def get_context_data(self, **kwargs):
        people = Count("members", filter=Q(members__is_active=True), distinct=True)
        teams = Team.objects.annotate(people=people).order_by("closed_at", "name")
        cases = dict(
            Referral.objects.exclude(status__in=rules.AT_AN_END).values_list("team").annotate(Count("pk")).order_by()
        )
        rows = [(team, cases.get(team.pk, 0)) for team in teams]
        return super().get_context_data(**kwargs) | {"rows": rows}


class TeamPage(Door, TemplateView):
    may = rules.CHANGES
    deed = DEED
    template_name = "administration/team.html"

    def get_context_data(self, **kwargs):
        team = get_object_or_404(Team, slug=self.kwargs["slug"])
        return super().get_context_data(**kwargs) | {
            "team": team,
            "people": team.members.filter(is_active=True).order_by("full_name"),
            "history": Event.objects.about(team).newest_first()[:20],
            "reason_not_to_close": rules.reason_not_to_close(team, self.request.user),
        }


class AddTeam(ActionView):
    may = rules.CHANGES
    deed = DEED
    heading = "Add a team"
    form_class = TeamForm
    back = reverse_lazy("teams")
    goes_to = reverse_lazy("teams")
    done = "Team added"

    def act(self, answers):
        return actions.add(by=self.request.user, **answers)

    @property
    def subject(self):
        return None


class OnATeam:
    may = rules.CHANGES
    deed = DEED

    @cached_property
    def subject(self):
        return get_object_or_404(Team, slug=self.kwargs["slug"])

    def get_caption(self):
        return self.subject.name

    def get_success_url(self):
        return reverse("team", args=[self.kwargs["slug"]])


class ChangeTeam(OnATeam, ActionView):
    heading = "Change the team"
    form_class = TeamForm
    done = "Saved"

    def get_initial(self):
        return {name: getattr(self.subject, name) for name in TeamForm.base_fields}

    def act(self, answers):
        return actions.change(self.subject, by=self.request.user, **answers)


class CloseTeam(OnATeam, ActionView):
    heading = "Close the team"
    form_class = CloseForm
    done = "Team closed"
    reason_not_to = rules.reason_not_to_close

    def act(self, answers):
        return actions.close(self.subject, because=answers["because"], by=self.request.user)


class OpenTeamAgain(OnATeam, ButtonView):
    done = "Team opened again"

    def act(self, answers):
        return actions.open_again(self.subject, by=self.request.user)
