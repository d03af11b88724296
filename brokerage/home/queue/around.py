"""What stands around the list: services and brokers to filter by, saved views. One statement, of small tables."""

from dataclasses import dataclass, field

from django.db.models import BigIntegerField, CharField, F, Value
from django.db.models.functions import Cast

from brokerage.accounts.models import User
from brokerage.accounts.roles import BROKERING
from brokerage.home.saved.models import SavedView
from referrals.pathways.models import Pathway


@dataclass
class Around:
    services: list[str] = field(default_factory=list)
    brokers: dict[str, str] = field(default_factory=dict)  # by id, as the address has it
    views: list[SavedView] = field(default_factory=list)


def read(scope) -> Around:
    around = Around()
    services = _rows(Pathway.objects, "service", "name", None)
    brokers = _rows(
        User.objects.active().filter(roles__overlap=list(BROKERING), teams__in=scope.team_ids),
        "broker",
        "full_name",
        "pk",
    )
    views = _rows(SavedView.objects.visible_to(scope.user), "view", "name", "pk", "query")
    for kind, words, number, more in services.union(brokers, views).order_by("words"):
        if kind == "service":
            around.services.append(words)
        elif kind == "broker":
            around.brokers[str(number)] = words
        else:
            around.views.append(SavedView(pk=number, name=words, query=more))
    return around


def _rows(rows, kind, words, number, more=None):
    """(kind, words, number, more) of each, so that different tables can stand under one another."""
    facts = {
        "kind": Value(kind),
        "words": F(words),
        "number": F(number) if number else Value(0),
        "more": F(more) if more else Value(""),
    }
    types = {"kind": CharField, "words": CharField, "number": BigIntegerField, "more": CharField}
    columns = {name: Cast(fact, types[name]()) for name, fact in facts.items()}
    return rows.order_by().annotate(**columns).values_list(*columns)
