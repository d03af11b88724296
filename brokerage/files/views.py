"""Taking a file home. Every time is written down."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.views.generic import View

from brokerage.accounts.models import User
from brokerage.audit.recording import record
from brokerage.design.views import Door
from brokerage.files import handing_out
from brokerage.files.models import Stored


class TakeFile(Door, View):
    """For whoever may see what it belongs to. Where files have a host of their own, on to there."""

    may = "anyone signed in"
    http_method_names = ("get", "head", "options")

    def get(self, request, name):
        stored = Stored.objects.with_name(name, request.user)
        if stored is None:
            raise Http404
        if settings.FILES_URL:
            onward = HttpResponseRedirect(handing_out.address_for(stored, request.user))
            onward["Referrer-Policy"], onward["Cache-Control"] = "no-referrer", "no-store"
            return onward
        return _hand_out(stored, request)


class FetchFile(Door, View):
    """On the files' own host, by an address that was made for one person a moment ago. Nobody is signed in there."""

    may = "public"
    http_method_names = ("get", "head", "options")

    def get(self, request, token):
        found = handing_out.read(token) if settings.FILES_URL else None
        if found is None or request.get_host().lower() != handing_out.files_host():
            raise Http404
        name, user_id = found
        user = User.objects.filter(pk=user_id, is_active=True).first()
        stored = Stored.objects.with_name(name, user) if user else None
        if stored is None:
            raise Http404
        return _hand_out(stored, request, by=user)


def _hand_out(stored, request, *, by=None):
    if request.method == "GET":
        subject = stored.subject
        record(
            "file.taken",
            stored,
            by=by or request.user,
            case=getattr(subject, "case_reference", "") or "",
            said=f"Took a copy of a file: {stored.get_kind_display()}, {stored.purpose}",
            sha256=stored.sha256,
        )
    return handing_out.answer(stored)
