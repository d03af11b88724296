"""Putting papers on record, and saying that a provider has them. Asking for them is `asking`; what is to follow, `chasing`."""

from django.db import transaction
from django.utils import timezone

from brokerage.audit.recording import record
from brokerage.clocks import clock, saying
from brokerage.errors import NotAllowed, Refused
from brokerage.files import actions as files
from referrals.documents import asking, chasing, rules
from referrals.documents.asking import ask_for_papers, go_on_without, remind, stop_waiting
from referrals.documents.chasing import begin_chasing, look_again, write_due
from referrals.documents.kinds import MANY
from referrals.documents.models import EarlierPaper, Paper
from referrals.documents.rows import hold

__all__ = [
    "ask_for_papers",
    "begin_chasing",
    "forget_files",
    "go_on_without",
    "let_go",
    "look_again",
    "mark_with_provider",
    "record_paper",
    "remind",
    "stop_waiting",
    "write_due",
]

PURPOSE = "paper"


@transaction.atomic
def record_paper(referral, *, kind, dated_on, by, where="", words="", title="", file=None):
    """Put a paper on record, with its file or without. Recorded again, it replaces what was said, which is kept as earlier.

    Args:
        file: what was handed in, checked (`brokerage.files.checking`); None leaves the file that is there.
    """
    referral = hold(referral)
    if reason := rules.reason_not_to_hand_in(referral, by):
        raise Refused(reason)
    was_missing = rules.missing_kinds(referral)
    said = {"title": title, "dated_on": dated_on, "where": where, "words": words}
    if file:
        said["file"] = files.keep(file, by=by, purpose=PURPOSE, subject=referral)
    paper = None if kind in MANY else Paper.objects.filter(referral=referral, kind=kind).first()
    if paper is None:
        paper = Paper.objects.create(referral=referral, kind=kind, recorded_at=clock.now(), recorded_by=by, **said)
    else:
        _replace(paper, said, by=by)
    referral._prefetched_objects_cache.clear()
    if referral.received_at:
        _tell_history(paper, referral, by=by)
        asking.a_paper_came(referral, was_missing=was_missing, by=by)
        chasing.look_again(referral, by=by)
    return paper


def _replace(paper, said, *, by):
    before = paper.said()
    for name, value in said.items():
        setattr(paper, name, value)
    if paper.said() == before:
        return
    EarlierPaper.objects.create(
        paper=paper,
        kind=paper.kind,
        recorded_at=paper.recorded_at,
        recorded_by_id=paper.recorded_by_id,
        replaced_at=clock.now(),
        replaced_by=by,
        **before,
    )
    if before["file_id"] != paper.file_id or before["dated_on"] != paper.dated_on:  # the provider has the one before
        paper.with_provider_on, paper.with_provider_by, paper.with_provider_to = None, None, ""
    paper.recorded_at, paper.recorded_by = clock.now(), by
    paper.save()


def _tell_history(paper, referral, *, by):
    record(
        "paper.recorded",
        paper,
        by=by,
        case=referral.reference,
        said=f"{paper.get_kind_display()}, dated {paper.dated_on:%d %B %Y}, is on record"
        + (" with its file" if paper.file_id else ""),
    )


@transaction.atomic
def mark_with_provider(paper, *, on, by, to):
    """Say that the provider has this paper: a service that came by phone may then start (DER-16)."""
    referral = hold(paper.referral)
    if reason := rules.reason_not_to_mark_with_provider(referral, by):
        raise NotAllowed(reason)
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    today = timezone.localdate(clock.now())
    if on > today:
        raise Refused("Enter today or an earlier day.")
    if not to.strip():
        raise Refused("Enter who was given it.")
    paper.with_provider_on, paper.with_provider_by, paper.with_provider_to = on, by, to.strip()
    paper.save(update_fields=["with_provider_on", "with_provider_by", "with_provider_to"])
    said = f"{paper.get_kind_display()} is with {paper.with_provider_to} since {saying.full_day(on, year=True)}"
    record("paper.with_provider", paper, by=by, case=referral.reference, said=said)
    return paper


@transaction.atomic
def let_go(referral, *, by, because):
    """Nobody waits for papers of this case any more: it was withdrawn or closed."""
    referral = hold(referral)
    if asked := rules.open_request(referral):
        asking.end(asked, referral, by=by, because=because)
    chasing.end(referral, by=by, because=because)


def forget_files(referral):
    """Before a draft is thrown away: its papers, and the files they hold. What was submitted keeps its files."""
    if referral.received_at is None:
        referral.papers.all().delete()
        files.throw_away(referral)
