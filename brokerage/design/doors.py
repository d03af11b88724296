"""Every view says who may open it, where it stands; a view that does not say so is not a view."""

from collections.abc import Set
from urllib.parse import urlsplit

from django.shortcuts import render

from brokerage.errors import NotAllowed, Refused

ANYONE_SIGNED_IN = "anyone signed in"
PUBLIC = "public"


class Door:
    """`may` is a set of roles, "anyone signed in" or "public". Whoever lacks the role reads why, as a 403."""

    may: Set[str] | str
    deed = "open this page"  # ends the sentence "Only a broker can …"

    def __init_subclass__(cls, abstract: bool = False, **kwargs):
        super().__init_subclass__(**kwargs)
        if not abstract:
            check(cls)

    @classmethod
    def as_view(cls, **initkwargs):
        check(cls)
        view = super().as_view(**initkwargs)
        view.login_required = cls.may != PUBLIC
        return view

    def dispatch(self, request, *args, **kwargs):
        try:
            self.let_in(request.user)
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            return refused(request, refusal)

    def let_in(self, user) -> None:
        if isinstance(self.may, str) or user.has_role(*self.may):
            return
        raise NotAllowed(f"Only {either(self.may)} can {self.deed}.")


def check(view: type) -> None:
    """Raises TypeError where a view does not say who may open it."""
    may = getattr(view, "may", None)
    if may in (ANYONE_SIGNED_IN, PUBLIC) or (isinstance(may, Set) and may):
        return
    raise TypeError(
        f"{view.__module__}.{view.__name__} does not say who may open it: "
        'set `may` to a set of roles, "anyone signed in" or "public".'
    )


def refused(request, refusal: Refused):
    """The whole page that says no, in the refusal's own words."""
    context = {"sentence": str(refusal), "back": _where_from(request)}
    return render(request, "refused.html", context, status=refusal.status_code)


def _where_from(request) -> str:
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    is_ours = came_from.netloc == request.get_host() and not came_from.path.startswith("//")
    if is_ours and came_from.path != request.path:
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return ""


def either(roles: Set[str]) -> str:
    """ "a broker, a duty broker or an administrator", in the order the roles are declared."""
    in_order = sorted(roles, key=lambda role: list(type(role)).index(role) if hasattr(type(role), "choices") else 0)
    words = [with_article(str(getattr(role, "label", role)).lower()) for role in in_order]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
