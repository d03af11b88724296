"""Restricting a case to those named, and lifting it."""

from django.db import transaction

from brokerage.accounts.models import Role
from brokerage.audit.recording import record
from brokerage.clocks import clock, saying
from brokerage.deadlines.models import Clock
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell
from referrals.access import rules
from referrals.access.models import NamedReader
from referrals.work.models import WorkItem


@transaction.atomic
def restrict(referral, *, readers, because, by):
    """From now on only those named open the case; whoever works on it, and whoever restricts it, is named too.

    Raises:
        Refused: it is restricted already, no reason is given, or nobody who could work on it is named.
    """
    referral = _take(referral)
    if reason := rules.reason_not_to_restrict(referral, by):
        raise Refused(reason) if referral.is_restricted else NotAllowed(reason)
    if not because.strip():
        raise Refused("Enter why this case is restricted.")
    working = {referral.broker, referral.coordinator, referral.referred_by} - {None}
    named = sorted({*readers, *working, by}, key=lambda user: user.full_name)
    if not any(user.has_role(Role.BROKER, Role.DUTY_BROKER) for user in named):
        raise Refused("Name at least one broker, or nobody can work on this case.")

    _set(referral, True, by=by)
    now = clock.now()
    NamedReader.objects.bulk_create(
        NamedReader(referral=referral, user=user, named_at=now, named_by=by, because=because.strip()) for user in named
    )
    names = saying.listed([user.full_name for user in named])
    record("case.restricted", referral, by=by, said=f"Restricted to {names}", because=because.strip())
    _tell(referral, [user for user in named if user != by], by=by)
    return referral


@transaction.atomic
def name(referral, *, reader, because, by):
    """Let one more person open a restricted case. Everybody named on it is told."""
    referral = _take(referral)
    if reason := rules.reason_not_to_name(referral, by):
        raise Refused(reason) if not referral.is_restricted else NotAllowed(reason)
    if not because.strip():
        raise Refused("Enter why they need to open this case.")
    if not rules.may_be_named(referral).filter(pk=reader.pk).exists():
        raise Refused(f"{reader.full_name} cannot be named: they are not of this case’s team.")
    before = [row.user for row in _named(referral)]
    if reader in before:
        raise Refused(f"{reader.full_name} is already named on {referral.reference}.")
    _add(referral, reader, because=because, by=by)
    _tell(referral, [reader], by=by)
    for user in before:
        if user != by:
            tell(
                user.email,
                "restricted-case-reader",
                case=referral.reference,
                about=referral,
                reference=referral.reference,
                reader=reader.full_name,
                by=by.full_name,
                because=because.strip(),
            )
    return referral


@transaction.atomic
def take_off(referral, *, reader, by):
    referral = _take(referral)
    if reason := rules.reason_not_to_name(referral, by):
        raise NotAllowed(reason)
    if reason := rules.reason_not_to_take_off(referral, reader):
        raise Refused(reason)
    deleted, _ = NamedReader.objects.filter(referral=referral, user=reader).delete()
    if not deleted:
        raise Refused(f"{reader.full_name} is not named on {referral.reference}.")
    if not any(row.user.has_role(Role.BROKER, Role.DUTY_BROKER) for row in _named(referral)):
        raise Refused("Name another broker first, or nobody can work on this case.")
    record("case.reader_taken_off", referral, by=by, said=f"{reader.full_name} may no longer open this case")
    return referral


@transaction.atomic
def lift(referral, *, because, by):
    """The team opens the case again."""
    referral = _take(referral)
    if reason := rules.reason_not_to_name(referral, by):
        raise NotAllowed(reason)
    if not because.strip():
        raise Refused("Enter why the case need not be restricted any more.")
    NamedReader.objects.filter(referral=referral).delete()
    _set(referral, False, by=by)
    record("case.restriction_lifted", referral, by=by, said="No longer restricted", because=because.strip())
    return referral


@transaction.atomic
def restrict_like(referral, earlier, *, by):
    """What is about the person of a restricted case is open to the same people, and to whoever writes it."""
    if referral.is_restricted or not earlier.is_restricted:
        return
    named = {row.user for row in _named(earlier)} | {referral.broker, referral.coordinator, referral.referred_by, by}
    _set(referral, True, by=by)
    because = f"As {earlier.reference}, which is about the same person"
    now = clock.now()
    NamedReader.objects.bulk_create(
        NamedReader(referral=referral, user=user, named_at=now, named_by=by, because=because) for user in named - {None}
    )
    names = saying.listed(sorted(user.full_name for user in named - {None}))
    record("case.restricted", referral, by=by, said=f"Restricted to {names}", because=because)


def name_whoever_has_it(alarm):
    """Whoever says that they have a restricted emergency out of hours may open it; those named on it hear so."""
    user = alarm.acknowledged_by
    referral = referrals().filter(reference=alarm.case, is_restricted=True).first()
    if user is None or referral is None or NamedReader.objects.filter(referral=referral, user=user).exists():
        return
    because = "Has the emergency out of hours"
    before = [row.user for row in _named(referral)]
    _add(referral, user, because=because, by=user)
    for reader in before:
        tell(
            reader.email,
            "restricted-case-reader",
            case=referral.reference,
            about=referral,
            reference=referral.reference,
            reader=user.full_name,
            by=user.full_name,
            because=because,
        )


def referrals():
    """Intake is later than this."""
    return NamedReader._meta.get_field("referral").related_model.objects


def name_whoever_works_on_it(referral, worker, *, by):
    """A restricted case given to somebody is theirs to open. Called by whoever gives it out."""
    if referral.is_restricted and not NamedReader.objects.filter(referral=referral, user=worker).exists():
        _add(referral, worker, because="The case was given to them", by=by)


def _add(referral, reader, *, because, by):
    NamedReader.objects.create(
        referral=referral, user=reader, named_at=clock.now(), named_by=by, because=because.strip()
    )
    record(
        "case.reader_named",
        referral,
        by=by,
        said=f"{reader.full_name} may now open this case",
        because=because.strip(),
    )


def _set(referral, restricted: bool, *, by):
    """On the case and wherever its initials stand for people who may not open it: the queue and the clocks."""
    referral.is_restricted = restricted
    referral.version += 1
    referral.changed_at, referral.changed_by = clock.now(), by
    referral.save(update_fields=["is_restricted", "version", "changed_at", "changed_by"])
    WorkItem.objects.filter(referral=referral).update(
        is_restricted=restricted, initials=referral.initials, changed_at=clock.now()
    )
    Clock.objects.running().filter(case=referral.reference).update(initials=referral.initials)


def _take(referral):
    rows = type(referral).objects
    rows.select_for_update().get(pk=referral.pk)  # held first: what is joined is then as it is now
    return rows.select_related("team", "person", "broker", "coordinator", "referred_by").get(pk=referral.pk)


def _named(referral):
    return NamedReader.objects.filter(referral=referral).select_related("user")


def _tell(referral, people, *, by):
    for user in people:
        tell(
            user.email,
            "restricted-case-named",
            case=referral.reference,
            about=referral,
            reference=referral.reference,
            by=by.full_name,
        )
