"""Keeping a file, and throwing away what a draft held."""

from django.db import transaction

from brokerage.clocks import clock
from brokerage.files.checking import Checked, check
from brokerage.files.models import Piece, Stored


@transaction.atomic
def keep(uploaded, *, by, purpose: str, subject) -> Stored:
    """Keep what was handed in, with the row that says what it is: both or neither.

    Args:
        uploaded: an upload, or one that a form has checked already.
        subject: whose it is. Who may see that may see the file.

    Raises:
        Refused: it is not taken; the sentence says what to do instead.
    """
    checked = uploaded if isinstance(uploaded, Checked) else check(uploaded)
    stored = Stored.objects.create(
        shown_as=checked.shown_as,
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        purpose=purpose,
        subject_label=subject._meta.label,
        subject_id=str(subject.pk),
        kept_at=clock.now(),
        kept_by=by,
        verdict=checked.verdict,
        scanned_by=checked.scanned_by,
        scanned_at=checked.scanned_at,
    )
    for place, chunk in enumerate(checked.chunks()):
        Piece.objects.create(file=stored, place=place, content=chunk)
    return stored


def throw_away(subject) -> int:
    """Every file of something that is itself thrown away."""
    return Stored.objects.of(subject).delete()[0]
