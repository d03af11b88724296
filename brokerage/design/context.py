"""What every template may use: the council, the navigation, which layout suits a page of either kind."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from brokerage.council import settings as council_settings
from brokerage.design.navigation import links_for


def page(request) -> dict:
    return {
        "council": SimpleLazyObject(council_settings.current),
        "layout": "layouts/page.html" if _is_signed_in(request) else "layouts/public.html",
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "is_demonstration": settings.DEMONSTRATION,
    }


def _navigation(request) -> list:
    return list(links_for(request.user, request.path)) if _is_signed_in(request) else []


def _is_signed_in(request) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
