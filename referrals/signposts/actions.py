"""Keeping signposts, and recording that a person was told of one."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from referrals.signposts import rules
from referrals.signposts.models import Signpost, Signposting

FACTS = ("name", "what", "whom_for", "how", "phone", "link")


@transaction.atomic
def add(*, name, by, code="", **facts) -> Signpost:
    _may(by)
    code = code or slugify(name.replace("’", ""))[:40]
    if not code:
        raise Refused("Enter a name with letters in it.")
    try:
        with transaction.atomic():
            signpost = Signpost.objects.create(code=code, name=name, changed_at=clock.now(), changed_by=by, **facts)
    except IntegrityError:
        raise Refused(f"There is a signpost called {name} already.") from None
    record("signpost.added", signpost, by=by, said=f"Signpost added: {name}")
    return signpost


@transaction.atomic
def change(signpost, *, by, because="", **facts) -> Signpost:
    """Say it otherwise, or take it out of use (`is_in_use=False`): what was recorded with it stays."""
    _may(by)
    signpost = Signpost.objects.select_for_update().get(pk=signpost.pk)
    before = {name: getattr(signpost, name) for name in facts}
    if before == facts:
        return signpost
    for name, value in facts.items():
        setattr(signpost, name, value)
    signpost.version += 1
    signpost.changed_at, signpost.changed_by = clock.now(), by
    signpost.save()
    said = f"Signpost changed: {signpost.name}"
    if "is_in_use" in facts and facts["is_in_use"] != before["is_in_use"]:
        said = f"Signpost {'back in use' if signpost.is_in_use else 'no longer in use'}: {signpost.name}"
    record("signpost.changed", signpost, by=by, because=because, said=said, before=before, after=facts)
    return signpost


@transaction.atomic
def tell_of(referral, *, signposts, by, words="") -> list[Signposting]:
    """Record that the person was told of other help (MED-17)."""
    if reason := rules.reason_not_to_tell(referral, by):
        raise NotAllowed(reason)
    if not signposts:
        raise Refused("Select what the person was told of.")
    told = [
        Signposting(referral=referral, signpost=signpost, words=words, said_at=clock.now(), said_by=by)
        for signpost in signposts
    ]
    Signposting.objects.bulk_create(told)
    names = ", ".join(signpost.name for signpost in signposts)
    record("case.signposted", referral, by=by, said=f"The person was told of {names}", because=words)
    return told


def _may(by):
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)
