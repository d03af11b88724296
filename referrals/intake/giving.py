"""Giving out many cases at once, and taking many: each on its own merits, and one letter for all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.db.models import F

from brokerage.accounts.models import Role
from brokerage.audit.recording import Deed, record_many
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.notify.telling import Letter, tell_many
from referrals.access import actions as access
from referrals.intake import rules
from referrals.intake.models import Priority, Referral
from referrals.work import actions as work

AT_ONCE = 100


@dataclass
class Outcome:
    """What became of each."""

    done: list[Referral] = field(default_factory=list)
    theirs_already: list[Referral] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # why not, by reference


@transaction.atomic
def give_many(references: Iterable[str], *, to, by, because="") -> Outcome:
    """Give these cases to a broker. What cannot be given is named with its reason, and the rest is done.

    Raises:
        Refused: there are more than can be given at once.
    """
    teams = set(to.teams.values_list("pk", flat=True))

    def reason_not_to(referral):
        if reason := rules.reason_not_to_assign(referral, by):
            return reason
        if not to.has_role(Role.BROKER, Role.DUTY_BROKER) or referral.team_id not in teams:
            return f"{to.full_name} is not a broker of {referral.team.name}."
        return None

    outcome = _hand(references, to=to, by=by, because=because, reason_not_to=reason_not_to)
    if to != by:
        tell_many(_letters(outcome.done, to=to, by=by, because=because))
    return outcome


@transaction.atomic
def take_many(references: Iterable[str], *, by) -> Outcome:
    """Take these cases for oneself (MED-03). Work begins on each when its broker says so: its start clock runs on.

    Raises:
        Refused: there are more than can be taken at once.
    """
    return _hand(references, to=by, by=by, because="", reason_not_to=lambda each: rules.reason_not_to_take(each, by))


def _hand(references, *, to, by, because, reason_not_to: Callable[[Referral], str | None]) -> Outcome:
    outcome = Outcome()
    for referral in _held(references, by, outcome):
        if reason := reason_not_to(referral):
            outcome.refused[referral.reference] = reason
        elif referral.broker_id == to.pk:
            outcome.theirs_already.append(referral)
        else:
            outcome.done.append(referral)
    _write(outcome.done, to=to, by=by, because=because)
    return outcome


def _held(references, by, outcome) -> list[Referral]:
    """The rows, each held first and read afterwards, always in the same order so that two never wait for each other."""
    wanted = list(dict.fromkeys(references))
    if len(wanted) > AT_ONCE:
        raise Refused(f"Select {AT_ONCE} cases at most: these are {len(wanted)}.")
    seen = Referral.objects.visible_to(by).filter(reference__in=wanted).values_list("pk", flat=True)
    held = [row.pk for row in Referral.objects.filter(pk__in=list(seen)).order_by("pk").select_for_update()]
    found = Referral.objects.filter(pk__in=held).select_related("team", "broker", "person", "pathway").order_by("pk")
    missing = set(wanted) - {referral.reference for referral in found}
    outcome.refused |= {
        reference: "No case of yours has this reference." for reference in wanted if reference in missing
    }
    return list(found)


def _write(referrals, *, to, by, because):
    if not referrals:
        return
    references, now = [referral.reference for referral in referrals], clock.now()
    Referral.objects.filter(pk__in=[referral.pk for referral in referrals]).update(
        broker=to, version=F("version") + 1, changed_at=now, changed_by=by
    )
    deadlines.hand_cases_to(references, owner_id=to.pk)
    work.hand_many_to(references, owner=to)
    for each in referrals:
        access.name_whoever_works_on_it(each, to, by=by)
    record_many(
        [Deed("referral.assigned", each, _said(each, to, by), because, each.reference) for each in referrals], by=by
    )


def _said(referral, to, by) -> str:
    before = referral.broker
    words = f"{by.full_name} took the case" if to == by else f"Given to {to.full_name}"
    return words + (f", before it was {before.full_name}’s" if before else "")


def _letters(referrals, *, to, by, because):
    """One for each team, seen by whoever sees its cases; a restricted case is never among others."""
    apart = [[each] for each in referrals if each.is_restricted]
    rest = sorted(
        (each for each in referrals if not each.is_restricted), key=lambda each: (each.team_id, each.reference)
    )
    for cases in [*apart, *(list(cases) for _, cases in groupby(rest, key=lambda each: each.team_id))]:
        yield _letter(cases, to=to, by=by, because=because)


def _letter(cases, *, to, by, because) -> Letter:
    first, urgent = cases[0], any(each.priority != Priority.ROUTINE for each in cases)
    about = {"address": to.email, "case": first.reference, "about": first, "urgent": urgent}
    if len(cases) == 1:
        context = {"initials": first.initials, "reference": first.reference, "by": by.full_name, "because": because}
        return Letter(template="case-given", context=context, **about)
    lines = [
        {"initials": each.initials, "reference": each.reference, "priority": each.get_priority_display().lower(),
         "service": each.pathway.name.lower()}
        for each in cases
    ]  # fmt: skip
    context = {"cases": lines, "number": len(lines), "by": by.full_name, "because": because}
    return Letter(template="cases-given", context=context, **about)
