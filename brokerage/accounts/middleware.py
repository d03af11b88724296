"""What a session must satisfy, beside being somebody's: not left alone too long, and proven twice."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve

from brokerage.clocks import clock

SEEN_AT = "seen_at"
BEGAN_AT = "began_at"
PROVEN_TWICE = "proven_twice"
NOTE_EVERY = timedelta(minutes=1)
BY_ITSELF = "X-By-Itself"  # what a page asks while nobody touches it does not keep anybody signed in

# Where somebody may go who has signed in with a password and has no second factor yet.
ON_THE_WAY = {"account_login", "account_logout", "account_reauthenticate", "mfa_activate_totp", "healthz", "readyz"}


def session_ends(get_response):
    """Ends a session that was left alone, or that has lasted a working day whatever happened in it."""

    def middleware(request):
        if request.user.is_authenticated and _has_ended(request.session, noted=BY_ITSELF not in request.headers):
            logout(request)
            messages.info(request, "You were signed out because nothing had happened for a while. Sign in to carry on.")
            back_to = request.get_full_path() if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)
            return redirect_to_login(back_to)
        return get_response(request)

    return middleware


def _has_ended(session, *, noted=True):
    now = clock.now()
    seen_at, began_at = (_instant(session, key) or now for key in (SEEN_AT, BEGAN_AT))
    if now - seen_at >= timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return True
    if now - began_at >= timedelta(seconds=settings.SESSION_COOKIE_AGE):
        return True
    if noted and (BEGAN_AT not in session or now - seen_at >= NOTE_EVERY):
        session[BEGAN_AT], session[SEEN_AT] = began_at.isoformat(), now.isoformat()
    return False


def _instant(session, key):
    return datetime.fromisoformat(session[key]) if key in session else None


def second_factor(get_response):
    """Where the council requires it, nobody goes further than setting up a second factor without one."""

    def middleware(request):
        if settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated and not _is_proven_twice(request):
            if _name_of(request.path_info) not in ON_THE_WAY:
                return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _is_proven_twice(request):
    """Once seen it is noted in the session; taking the factor away ends the sessions that noted it."""
    if PROVEN_TWICE in request.session:
        return True
    if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return False
    request.session[PROVEN_TWICE] = True
    return True


def _name_of(path):
    try:
        return resolve(path).url_name
    except Resolver404:
        return None
