from django.db import transaction

from brokerage.clocks import clock
from referrals.questions.library import all_questions
from referrals.questions.models import Answer, NotAName


@transaction.atomic
def answer(referral, *, said, by):
    """Keep what was said to each of these questions; None takes an answer back.

    Args:
        said: {key: Said | None}. A key that is not in it stays as it was.
    """
    now = clock.now()
    kept = {row.key: row for row in Answer.objects.filter(referral=referral, key__in=said)}
    for key, each in said.items():
        row = kept.get(key)
        if each is None:
            if row:
                row.delete()
        elif row is None:
            facts = {"is_none": each.is_none, "value": each.value, "said_at": now, "said_by": by}
            Answer.objects.create(referral=referral, key=key, **facts)
        elif (row.is_none, row.value) != (each.is_none, each.value):
            row.is_none, row.value, row.said_at, row.said_by = each.is_none, each.value, now, by
            row.save()


@transaction.atomic
def copy_answers(before, referral, *, by, leaving_out=frozenset()):
    """The answers of an earlier referral, to questions that this one asks as well. They are for somebody to check."""
    asked = {question.key for question in all_questions(referral.pathway.terms)} - leaving_out
    now = clock.now()
    return Answer.objects.bulk_create(
        Answer(referral=referral, key=row.key, is_none=row.is_none, value=row.value, said_at=now, said_by=by)
        for row in before.answers.all()
        if row.key in asked
    )


@transaction.atomic
def say_not_a_name(referral, *, words, by):
    """Whoever writes says that these are nobody's names; they are not pointed out again in this referral (LEI-05)."""
    now = clock.now()
    for word in words:
        NotAName.objects.get_or_create(
            referral=referral, word=word.lower()[:120], defaults={"said_at": now, "said_by": by}
        )
