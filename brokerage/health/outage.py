"""The page for what went wrong underneath: where the database is the cause, it says so and when to come back."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error as error_page

COME_BACK = 30  # seconds


def server_error(request):
    """`handler500`. Neither page asks the database anything."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        answer = HttpResponse(get_template("503.html").render(), status=503)
        answer["Retry-After"] = str(COME_BACK)
        answer["Cache-Control"] = "no-store"
        return answer
    return error_page(request)
