from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from brokerage.devmail import letters

LOOPBACK = {"127.0.0.1", "::1"}


def on_this_machine_only(view):
    """Open to whoever sits at the machine, and to nobody else: these are letters with live links in them."""

    def door(request, *args, **kwargs):
        forwarded = not {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"}.isdisjoint(request.META)
        if not settings.DEV_MAILBOX or forwarded or request.META.get("REMOTE_ADDR") not in LOOPBACK:
            raise Http404
        return view(request, *args, **kwargs)

    door.may = "public"
    return login_not_required(never_cache(require_safe(door)))


@on_this_machine_only
def letter_list(request):
    return render(request, "devmail/letters.html", {"letters": letters.newest(settings.DEV_MAILBOX)})


@on_this_machine_only
def letter(request, key):
    return render(request, "devmail/letter.html", {"letter": _found(key)})


@on_this_machine_only
def attachment(request, key, number):
    parts = _found(key).attachments
    if number >= len(parts):
        raise Http404
    part = parts[number]
    return FileResponse([part.content], as_attachment=True, filename=part.name, content_type=part.media_type)


def _found(key):
    if letter := letters.find(settings.DEV_MAILBOX, key):
        return letter
    raise Http404
