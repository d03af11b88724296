"""The bar on every signed-in page. The roof lists its items (`settings.NAVIGATION`); each person is shown theirs."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from brokerage.design.doors import ANYONE_SIGNED_IN


@dataclass(frozen=True)
class Item:
    """One place to go. `may` is as on a view: a set of roles, or "anyone signed in"."""

    label: str
    url_name: str
    may: Set[str] | str = ANYONE_SIGNED_IN

    def is_for(self, user) -> bool:
        return self.may == ANYONE_SIGNED_IN or user.has_role(*self.may)


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    is_here: bool


def links_for(user, path: str) -> Iterator[Link]:
    """The items this person may open; the one they are in is marked."""
    items = [(item, reverse(item.url_name)) for item in import_string(settings.NAVIGATION) if item.is_for(user)]
    inside = [href for _, href in items if path == href or (href != "/" and path.startswith(href))]
    here = max(inside, key=len, default=None)
    for item, href in items:
        yield Link(item.label, href, href == here)
