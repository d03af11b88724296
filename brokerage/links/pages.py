"""What every page behind a link has in common: it is not remembered, not indexed, and never named in a Referer."""

from functools import wraps

from django.http import Http404
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware, method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import page_not_found

from . import limits, links

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


class LinkCsrf(CsrfViewMiddleware):
    """Django's own check, for pages whose browser has been told to say nothing of where it was.

    Such a browser sends `Origin: null` with our own forms. The form's token is still compared with its cookie.
    """

    def _origin_verified(self, request):
        return request.META.get("HTTP_ORIGIN") == "null" or super()._origin_verified(request)


def link_page(view):
    """Wrap a view, or a class of one, that calls `links.find`.

    A dead link gets its own page, and every answer the careful headers.
    """
    if isinstance(view, type):
        return method_decorator(link_page, name="dispatch")(view)
    checked = decorator_from_middleware(LinkCsrf)(view)

    @csrf_exempt  # by the check above, in place of the one for the rest of the site
    @wraps(view)
    def careful(request, *args, **kwargs):
        try:
            response = checked(request, *args, **kwargs)
        except links.Dead as dead:
            response = _dead_page(request, dead)
        except Http404 as nothing:  # the link is good; what was asked of it is not there
            response = page_not_found(request, nothing)
        for header, value in HEADERS.items():
            response[header] = value
        return response

    return careful


def _dead_page(request, dead):
    status = dead.status_code
    if isinstance(dead, links.Unknown) and limits.count_failure(request):
        status = 429
    response = render(request, "links/dead.html", {"why": type(dead).__name__.lower(), "status": status}, status=status)
    if status == 429:
        response["Retry-After"] = str(limits.WINDOW)
    return response
