"""Where each person starts."""

from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from brokerage.accounts.models import Role
from brokerage.design.views import Door
from brokerage.home.saved.models import SavedView
from referrals.intake.models import SEES_THE_TEAMS_CASES

LANDING = (  # whose home is where; the first that fits
    ({Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER}, "queue"),
    ({Role.COORDINATOR}, "my_referrals"),
    ({Role.PANEL_CHAIR, Role.PANEL_MEMBER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR}, "panel_agenda"),
    ({Role.ADMINISTRATOR}, "administration"),
    ({Role.AUDITOR}, "queue"),
    ({Role.COMMISSIONER}, "directory_list"),
)


class Home(Door, View):
    """The signed-in home for each role."""

    may = "anyone signed in"

    def get(self, request):
        if request.user.has_role(*SEES_THE_TEAMS_CASES):
            if view := SavedView.objects.visible_to(request.user).filter(landings__user=request.user).first():
                return redirect(view)
        for roles, name in LANDING:
            if request.user.has_role(*roles):
                return redirect(name)
        return redirect("nothing_yet")


class NothingYet(Door, TemplateView):
    """For somebody whose work has no page yet."""

    may = "anyone signed in"
    template_name = "home/nothing_yet.html"
