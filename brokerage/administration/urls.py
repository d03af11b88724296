from django.urls import path

from brokerage.administration.council import views as council
from brokerage.administration.setting_up import views as setting_up
from brokerage.administration.teams import views as teams

urlpatterns = [
    path("administration/", setting_up.SettingUp.as_view(), name="administration"),
    path("council/", council.CouncilPage.as_view(), name="council_settings"),
    path("council/identity/", council.ChangeIdentity.as_view(), name="change_council_identity"),
    path("council/hours/", council.ChangeHours.as_view(), name="change_council_hours"),
    path("council/safeguards/", council.ChangeSafeguards.as_view(), name="change_council_safeguards"),
    path("teams/", teams.Teams.as_view(), name="teams"),
    path("teams/add/", teams.AddTeam.as_view(), name="add_team"),
    path("teams/<slug:slug>/", teams.TeamPage.as_view(), name="team"),
    path("teams/<slug:slug>/change/", teams.ChangeTeam.as_view(), name="change_team"),
    path("teams/<slug:slug>/close/", teams.CloseTeam.as_view(), name="close_team"),
    path("teams/<slug:slug>/open/", teams.OpenTeamAgain.as_view(), name="open_team_again"),
]
