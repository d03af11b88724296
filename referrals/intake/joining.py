"""What two referrals are to each other: another person's, the same person's, or one request made twice. Joined, not doubled."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock, saying
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.notify.telling import tell
from brokerage.oncall import actions as oncall
from referrals.access import actions as access
from referrals.documents import actions as documents
from referrals.intake import copying, rules
from referrals.intake.actions import throw_away
from referrals.intake.models import FollowsAs, Priority, Referral, Stage
from referrals.intake.receiving import referrers_of, touch, who_takes_new_work
from referrals.intake.rows import take
from referrals.joining.models import Answer, Verdict
from referrals.needs.week import in_brief, week_of
from referrals.people.models import Person
from referrals.work import actions as work

FILLED_IN = ("known_as", "born_on", "record_id", "nhs_number", "address", "postcode", "phone", "email", "school")


@transaction.atomic
def different(referral, other, *, because, by):
    """Two people, though they are alike: kept with the reason, and not asked again."""
    referral, other = _take_both(referral, other)
    _check(rules.reason_not_to_compare(referral, other, by))
    if not because.strip():
        raise Refused("Enter how you know that they are different people.")
    _decide(referral, other, Answer.DIFFERENT, because=because, by=by)
    said = f"Not the same person as on {other.reference}"
    record("referral.compared", referral, by=by, said=said, because=because.strip())
    return referral


@transaction.atomic
def same_person(referral, other, *, by, because=""):
    """One person with two needs: both referrals are of one Person row, which keeps what it had and gains what it lacked."""
    referral, other = _take_both(referral, other)
    _check(rules.reason_not_to_say_same_person(referral, other, by))
    if referral.status == Stage.DRAFT:
        access.restrict_like(referral, other, by=by)
    _decide(referral, other, Answer.SAME_PERSON, because=because, by=by)
    said = _one_person(referral, other)
    record("referral.compared", referral, by=by, said=f"The same person as on {other.reference}{said}", because=because)
    if referral.received_at:
        work.say_who(referral)
    if other.received_at and said:
        record("person.filled_in", other, by=by, said=f"From {referral.reference}{said}")
        work.say_who(other)
    return referral


@transaction.atomic
def join(later, into, *, by, because=""):
    """One request made twice: the later one's words go to the earlier, whose broker is told, and the later one ends.

    A draft is thrown away. One that was received is closed as joined: its clocks stop, its papers go along, its referrer hears.
    """
    later, into = _take_both(later, into)
    _check(rules.reason_not_to_join(later, into, by))
    if later.received_at and not because.strip():
        raise Refused("Enter how you know that it is the same request.")
    work.add_note(into, words=_what_it_said(later, by), by=by)
    record("referral.joined_by", into, by=by, said=f"The same request came again: {later.reference}", because=because)
    _tell_broker(later, into, by=by)
    if later.status == Stage.DRAFT:
        throw_away(later, by=by)
        return into
    _decide(later, into, Answer.SAME_REQUEST, because=because, by=by)
    _one_person(later, into)
    _end(later, into, because=because, by=by)
    return into


@transaction.atomic
def replace_by_copy(draft, earlier, *, by):
    """A draft of which little is written gives way to a copy of what is known, of the kind that the draft was begun for."""
    draft, earlier = _take_both(draft, earlier)
    _check(rules.reason_not_to_discard(draft, by))
    facts = {name: getattr(draft, name) for name in ("contact_name", "contact_phone", "contact_email")}
    copy = copying.copy_from(earlier, by=by, pathway=draft.pathway, coordinator=draft.coordinator, **facts)
    throw_away(draft, by=by)
    return copy


def _take_both(one, other):
    """Always the lower number first, so that two who join the same two never wait for each other."""
    if one.pk == other.pk:
        raise Refused("Select another case: this is the same one.")
    held = {each.pk: take(each) for each in sorted((one, other), key=lambda each: each.pk)}
    return held[one.pk], held[other.pk]


def _check(reason):
    if reason:
        raise Refused(reason)


def _decide(referral, other, answer, *, because, by):
    if Verdict.objects.filter(referral__in=[referral, other], other__in=[referral, other]).exists():
        raise Refused(f"Somebody has already said what {referral.reference} and {other.reference} are to each other.")
    Verdict.objects.create(
        referral=referral, other=other, answer=answer, because=because.strip(), said_at=clock.now(), said_by=by
    )


def _one_person(referral, other) -> str:
    """Leaves both with the other's row. What was filled in, in words for the history; no values: they may be numbers."""
    mine, theirs = referral.person, other.person
    if mine is None or mine.pk == theirs.pk:
        return ""
    Person.objects.select_for_update().get(pk=theirs.pk)
    gained = [name for name in FILLED_IN if getattr(mine, name) and not getattr(theirs, name)]
    for name in gained:
        setattr(theirs, name, getattr(mine, name))
    theirs.save()
    known = {(each.name.lower(), each.relationship.lower()) for each in theirs.contacts.all()}
    has_main = theirs.contacts.filter(is_main=True).exists()
    for contact in mine.contacts.all():
        if (contact.name.lower(), contact.relationship.lower()) not in known:
            contact.person, contact.is_main = theirs, contact.is_main and not has_main
            contact.save()
    referral.person = theirs
    Referral.objects.filter(pk=referral.pk).update(person=theirs)
    if not mine.referrals.exists():
        mine.delete()
    labels = [Person._meta.get_field(name).verbose_name for name in gained]
    return f": {saying.listed(labels)} filled in" if labels else ""


def _end(later, into, *, because, by):
    why = f"Joined to {into.reference}"
    _bring_papers(later, into)
    documents.let_go(later, by=by, because=why)
    deadlines.stop_case(later.reference, by=by, because=why)
    oncall.acknowledge_case(later.reference, by=by)
    later.move_to(Stage.CLOSED)
    later.follows, later.follows_as = into, FollowsAs.JOINED
    touch(later, by)
    later.save()
    work.close(later, next_step=why)
    record("referral.joined", later, by=by, said=f"{why}, which goes on", because=because)
    for address in referrers_of(later):
        tell(
            address,
            "referral-joined",
            case=later.reference,
            about=later,
            initials=later.initials,
            reference=later.reference,
            other=into.reference,
            by=by.full_name,
            phone=by.phone or into.team.duty_phone,
        )


def _bring_papers(later, into):
    have = {paper.kind for paper in into.papers.all()}
    for paper in later.papers.all():
        if paper.kind not in have:
            paper.referral = into
            paper.save(update_fields=["referral"])


def _what_it_said(later, by) -> str:
    """The later one's own words, for whoever works on the earlier."""
    needs = later.needs
    lines = [f"The same request was made again by {later.referred_by.full_name} ({later.reference})."]
    if later.priority != Priority.ROUTINE:
        lines.append(f"It was {later.get_priority_display().lower()}: {later.priority_reason}")
    if later.wanted_start_on:
        lines.append(f"Start wanted: {saying.full_day(later.wanted_start_on, year=True)}")
    lines += [words for words in (needs.summary, needs.health, needs.behaviour) if words]
    lines += [f"Outcome: {outcome.words}" for outcome in later.outcomes.all()]
    lines += [f"Visits: {line}" for line in in_brief(week_of(later.visits.all()))]
    return "\n".join(lines)


def _tell_broker(later, into, *, by):
    addresses = [into.broker_address] if into.broker_id else who_takes_new_work(into.team)
    for address in {*addresses} - {by.email}:
        tell(
            address,
            "request-came-again",
            case=into.reference,
            about=into,
            urgent=later.priority != Priority.ROUTINE,
            initials=into.initials,
            reference=into.reference,
            by=by.full_name,
        )
