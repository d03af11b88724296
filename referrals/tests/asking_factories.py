"""Requests to be rung, as `asking.actions.ask` keeps them: with their clocks."""

from brokerage.accounts.models import Team
from brokerage.tests.factories import TeamFactory
from referrals.asking import actions

ASKED = {
    "for_whom": "someone",
    "relationship": "mother",
    "about": "My mother came home from hospital and cannot manage the stairs. Who could help her to wash?",
    "name": "Ruth Obuya",
    "phone": "01632 960444",
    "email": "ruth@family.example",
    "best_time": "morning",
    "format": "standard",
}


def team_that_rings():
    team = TeamFactory()
    Team.objects.filter(pk=team.pk).update(takes_calls=True)
    team.refresh_from_db()
    return team


def call_request(**said):
    return actions.ask(team=team_that_rings(), **{**ASKED, **said}).call
