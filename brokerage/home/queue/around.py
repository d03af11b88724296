"""What stands around the list: services and brokers to filter by, saved views. One statement, of small tables."""

from dataclasses import dataclass, field

from django.db import connection

from brokerage.accounts.roles import BROKERING
from brokerage.home.queue import sql
from brokerage.home.saved.models import SavedView


@dataclass
class Around:
    services: list[str] = field(default_factory=list)
    brokers: dict[str, str] = field(default_factory=dict)  # by id, as the address has it
    views: list[SavedView] = field(default_factory=list)


def read(scope) -> Around:
    around = Around()
    values = {"user": scope.user.pk, "teams": scope.team_ids, "brokering": [str(role) for role in BROKERING]}
    with connection.cursor() as cursor:
        cursor.execute(sql.AROUND, values)
        for kind, words, number, more in cursor.fetchall():
            if kind == "service":
                around.services.append(words)
            elif kind == "broker":
                around.brokers[str(number)] = words
            else:
                around.views.append(SavedView(pk=number, name=words, query=more))
    return around
