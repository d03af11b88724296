"""What every template may use: the council, the navigation, and whether this is a demonstration."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from brokerage.council import settings as council_settings
from brokerage.design.navigation import links_for


def page(request) -> dict:
    return {
        "council": SimpleLazyObject(council_settings.current),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "is_demonstration": settings.DEMONSTRATION,
    }


def _navigation(request) -> list:
    user = getattr(request, "user", None)
    return list(links_for(user, request.path)) if user is not None and user.is_authenticated else []
