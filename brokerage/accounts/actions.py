"""Looking after people's accounts: each deed asks the rule, changes the row, records it and tells whom it concerns."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils.text import get_text_list

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.council import settings as council
from brokerage.design.wording import full
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell

from . import rules
from .models import PasswordLink, User

INVITATION_LASTS = timedelta(days=7)
FORGOTTEN_LASTS = timedelta(hours=1)
LETTERS = {
    PasswordLink.Purpose.INVITATION: "invitation",
    PasswordLink.Purpose.FORGOTTEN: "forgotten-password",
}


@transaction.atomic
def invite(*, full_name, email, roles, teams, job_title="", phone="", by):
    """Somebody new may sign in, once they have chosen a password."""
    _refuse(NotAllowed, rules.reason_not_to_manage(by))
    _refuse(Refused, rules.reason_not_to_hold(roles, teams))
    if known := User.objects.filter(email=email).first():
        raise Refused(f"{known} already has an account with this e-mail address.")

    user = User(full_name=full_name, email=email, roles=list(roles), job_title=job_title, phone=phone)
    user.invited_at, user.invited_by = clock.now(), by
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Refused("Somebody else has just invited a person with this e-mail address.") from None
    user.teams.set(teams)
    _keep_address(user)

    record("account.invited", user, by=by, said=f"{user} invited as {_roles(user)}", **_standing(user))
    _send_link(user, PasswordLink.Purpose.INVITATION, lasts=INVITATION_LASTS)
    return user


@transaction.atomic
def invite_again(user, *, by):
    """The letter went astray, or its week ran out. Earlier links stop working."""
    user = _take(user, by)
    _refuse(Refused, rules.reason_not_to_invite_again(user))

    record("account.invited_again", user, by=by, said=f"{user} invited again")
    _send_link(user, PasswordLink.Purpose.INVITATION, lasts=INVITATION_LASTS)


@transaction.atomic
def change_roles(user, *, roles, teams, because, by):
    """It holds from their next click: nothing about roles is kept in a session."""
    user = _take(user, by)
    _refuse(Refused, rules.reason_not_to_change_roles(user, by) or rules.reason_not_to_hold(roles, teams))

    before = _standing(user)
    user.roles = list(roles)
    _save(user, "roles")
    user.teams.set(teams)

    said = f"{user} is now {_roles(user)} in {_teams(user)}"
    record("account.roles_changed", user, by=by, because=because, said=said, before=before, after=_standing(user))
    _tell(user, "your-roles-changed", roles=_roles(user), teams=_teams(user), by=str(by))


@transaction.atomic
def correct_details(user, *, full_name, email, job_title, phone, by):
    """A new e-mail address is told to the old one as well, in case somebody is taking the account over."""
    user = _take(user, by)
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise Refused("Somebody else has an account with this e-mail address.")

    old_email = user.email
    user.full_name, user.email, user.job_title, user.phone = (full_name, email, job_title, phone)
    _save(user, "full_name", "email", "job_title", "phone")
    changed_email = user.email != old_email
    if changed_email:
        _keep_address(user)
        _withdraw_links(user)

    record("account.details_corrected", user, by=by, said=f"Details of {user} corrected", email_changed=changed_email)
    if changed_email:
        for address in (old_email, user.email):
            tell_account_changed(user, "The e-mail address you sign in with was changed.", address=address)


@transaction.atomic
def end(user, *, because, by):
    """They have left: no session, link or password of theirs works from this moment."""
    user = _take(user, by)
    _refuse(Refused, rules.reason_not_to_end(user, by))

    user.is_active, user.left_at, user.left_by = False, clock.now(), by
    user.set_unusable_password()
    user.times_signed_out += 1
    user.save(update_fields=["is_active", "left_at", "left_by", "password", "times_signed_out"])
    _withdraw_links(user)
    Authenticator.objects.filter(user=user).delete()

    record("account.ended", user, by=by, because=because, said=f"Account of {user} ended")


@transaction.atomic
def bring_back(user, *, because, by):
    """Somebody who left has returned. They choose a new password."""
    user = _take(user, by)
    _refuse(Refused, rules.reason_not_to_bring_back(user))

    user.is_active, user.left_at, user.left_by = True, None, None
    _save(user, "is_active", "left_at", "left_by")

    record("account.brought_back", user, by=by, because=because, said=f"{user} brought back as {_roles(user)}")
    _send_link(user, PasswordLink.Purpose.INVITATION, lasts=INVITATION_LASTS)


@transaction.atomic
def forget_second_factor(user, *, because, by):
    """Their phone is lost or new. They are signed out and set one up again when they next sign in."""
    user = _take(user, by)

    Authenticator.objects.filter(user=user).delete()
    user.times_signed_out += 1
    _save(user, "times_signed_out")

    record("account.second_factor_forgotten", user, by=by, because=because, said=f"Second factor of {user} removed")
    tell_account_changed(user, "An administrator removed your second factor.")


@transaction.atomic
def send_forgotten_link(user):
    """They said they forgot their password. The page says the same whether or not there is such an account."""
    record("account.password_forgotten", user, by=None, said=f"A link to choose a new password was sent to {user}")
    _send_link(user, PasswordLink.Purpose.FORGOTTEN, lasts=FORGOTTEN_LASTS)


@transaction.atomic
def choose_password(link, *, password):
    """Uses the link up. Whoever was signed in to the account with the old password no longer is."""
    link = PasswordLink.objects.select_for_update().get(pk=link.pk)
    user = User.objects.select_for_update().get(pk=link.user_id)
    now = clock.now()
    if link.link_withdrawn_at:
        raise Refused("This link has been used already.")
    _refuse(Refused, rules.reason_not_to_use(link, at=now))
    validate_password(password, user)

    user.set_password(password)
    user.save(update_fields=["password"])
    link.used_at = link.link_withdrawn_at = now
    link.save(update_fields=["used_at", "link_withdrawn_at"])
    _withdraw_links(user)

    record("account.password_chosen", user, by=user, said=f"{user} chose a password")
    if link.purpose == PasswordLink.Purpose.FORGOTTEN:
        tell_account_changed(user, "Your password was changed.")
    return user


def tell_account_changed(user, what, *, address=""):
    """So that somebody whose account is taken over hears of it."""
    _tell(user, "your-account-changed", address=address, what=what)


def _take(user, by):
    """The row, and the administrator's own as it is now: two administrators cannot end each other at once."""
    held = {row.pk: row for row in User.objects.filter(pk__in=[user.pk, by.pk]).order_by("pk").select_for_update()}
    _refuse(NotAllowed, rules.reason_not_to_manage(held[by.pk]))
    return held[user.pk]


def _refuse(refusal, reason):
    if reason:
        raise refusal(reason)


def _send_link(user, purpose, *, lasts):
    _withdraw_links(user)
    now = clock.now()
    link = PasswordLink.objects.create(user=user, purpose=purpose, made_at=now, link_expires_at=now + lasts)
    _tell(user, LETTERS[purpose], link=link, until=full(link.link_expires_at), by=str(user.invited_by or ""))


def _tell(user, letter, *, address="", **facts):
    here = council.current()
    words = {"name": user.full_name, "council": here.name, "service": here.service_name}
    tell(address or user.email, letter, about=user, **words, **facts)


def _withdraw_links(user):
    user.password_links.filter(link_withdrawn_at=None).update(link_withdrawn_at=clock.now())


def _keep_address(user):
    """allauth looks people up by a table of its own, so it must say what ours says. An administrator vouches for it."""
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def _save(user, *changed):
    user.version += 1
    user.save(update_fields=[*changed, "version"])


def _standing(user):
    return {"roles": user.roles, "teams": _team_names(user)}


def _team_names(user):
    return [team.name for team in user.teams.all()]


def _roles(user):
    return get_text_list(user.role_names, "and").lower()


def _teams(user):
    return get_text_list(_team_names(user), "and") or "no team"
