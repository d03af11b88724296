"""Which earlier cases may be this person's, or this very request: noticed before it is submitted, and after."""

from dataclasses import dataclass

from django.db.models import Q

from referrals.intake.models import Referral
from referrals.joining.finding import people_like
from referrals.joining.likeness import Description, How
from referrals.joining.models import Answer, Verdict

AT_MOST = 20
SAME_PERSON_ALREADY = "record"  # one Person row: nothing to join but the request


@dataclass(frozen=True)
class Alike:
    """An earlier case, and by what it is like this one."""

    referral: Referral
    how: str

    @property
    def in_words(self) -> str:
        return "The same person" if self.how == SAME_PERSON_ALREADY else f"The same {self.how}, or nearly"


@dataclass(frozen=True)
class Known:
    """What may be said of a case that somebody may not open: nothing of it but whom to ring."""

    how: str
    phone: str

    def __str__(self):
        ring = f"Ring {self.phone}" if self.phone else "Ring brokerage"
        return f"Somebody is already known to brokerage under this {self.how}, on a case that you cannot open. {ring} before you go on."


def of(referral) -> list[Alike]:
    """Every submitted case that is like this one and that nobody has compared with it, newest first. Not for showing: see `seen_by`."""
    person = referral.person
    if person is None:
        return []
    how = people_like(Description.of(person), but=person.pk)
    asked = Q(person__in=how)
    asked |= Q(person=person, pathway__code=referral.pathway.code, status__in=["received", "in_progress", "arranged"])
    rows = _cases(asked).exclude(pk__in=_compared(referral)).exclude(person__in=_known_to_be_others(referral))
    rows = rows.exclude(pk__in={referral.pk, referral.follows_id} - {None})[:AT_MOST]
    return [Alike(row, str(how.get(row.person_id, SAME_PERSON_ALREADY))) for row in rows]


def seen_by(referral, user) -> tuple[list[Alike], list[Known]]:
    """What this person may look at and decide on, and what they may be told of the rest."""
    return _told(of(referral), user)


def known_to(described: Description, user) -> tuple[list[Alike], list[Known]]:
    """The same, of somebody who is only being described yet: at the phone."""
    how = people_like(described)
    return _told([Alike(row, str(how[row.person_id])) for row in _cases(Q(person__in=how))[:AT_MOST]], user)


def _cases(condition):
    rows = Referral.objects.submitted().filter(condition)
    return rows.select_related("person", "pathway", "team", "broker").order_by("-id")


def _told(alike: list[Alike], user) -> tuple[list[Alike], list[Known]]:
    if not alike:
        return [], []
    rows = Referral.objects.visible_to(user).filter(pk__in=[each.referral.pk for each in alike])
    visible = set(rows.values_list("pk", flat=True))
    open_to_them = [each for each in alike if each.referral.pk in visible]
    hidden = {Known(each.how, each.referral.team.duty_phone) for each in alike if each.referral.pk not in visible}
    surest = [*map(str, How), SAME_PERSON_ALREADY]
    return open_to_them, sorted(hidden, key=lambda each: (surest.index(each.how), each.phone))


def undecided(referral, user) -> list[Alike]:
    """Those that this person can decide about, and has not."""
    return seen_by(referral, user)[0]


def _compared(referral) -> set[int]:
    pairs = Verdict.objects.filter(Q(referral=referral) | Q(other=referral)).values_list("referral_id", "other_id")
    return {each for pair in pairs for each in pair} - {referral.pk}


def _known_to_be_others(referral) -> list[int]:
    """The people who are not this one, by any verdict on one of their cases."""
    apart = Verdict.objects.filter(answer=Answer.DIFFERENT)
    return [
        *apart.filter(referral=referral).values_list("other__person_id", flat=True),
        *apart.filter(other=referral).exclude(referral__person=None).values_list("referral__person_id", flat=True),
    ]
