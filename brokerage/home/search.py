"""Finding a case by what somebody on the phone can say: its reference, a record number, an NHS number, a name."""

import re

from django.db.models import Q

from referrals.intake.models import Referral

AT_MOST = 50


def find(words: str, user) -> list[Referral]:
    """Cases this person may see, newest first, at most fifty."""
    rows = Referral.objects.visible_to(user).select_related("person", "pathway", "broker")
    return list(rows.filter(_condition(words)).distinct().order_by("-id")[:AT_MOST])


def _condition(words: str) -> Q:
    digits = re.sub(r"\D", "", words)
    if re.fullmatch(r"[rR]\d{4,}", words.strip()):
        return Q(reference=words.strip().upper())
    if len(digits) == 10 and len(digits) >= len(re.sub(r"[\s-]", "", words)):
        return Q(person__nhs_number=digits)
    condition = Q(person__record_id__iexact=words.strip())
    named = Q()
    for word in words.split():
        named &= (
            Q(person__last_name__istartswith=word)
            | Q(person__first_names__icontains=word)
            | Q(person__known_as__istartswith=word)
        )
    return condition | named
