"""Changing a pathway: a draft is begun, changed and published. What was received keeps its version; what is not sent yet moves."""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from brokerage.audit.recording import Deed, record, record_many
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from referrals.intake.models import Referral, Stage
from referrals.pathways.models import Pathway, PathwayDraft
from referrals.pathways.rules import reasons_not_to_follow
from referrals.pathways.terms import Terms
from referrals.publishing import queries, rules
from referrals.publishing.known import known

MOVED = "referral.pathway_changed"


@dataclass(frozen=True)
class Published:
    pathway: Pathway
    changes: list[str]  # none where it is new, or nothing differed
    is_new: bool = False
    moved: int = 0  # drafts of referrals that are now on it

    @property
    def happened(self) -> bool:
        return self.is_new or bool(self.changes)


@transaction.atomic
def begin(pathway, *, by) -> PathwayDraft:
    """Begin to change a pathway. There is one draft of it: who comes second works on the same."""
    _may(by)
    if draft := PathwayDraft.objects.filter(code=pathway.code).first():
        return draft
    return _begin(pathway, code=pathway.code, name=pathway.name, serves=pathway.serves, by=by)


@transaction.atomic
def begin_from(pathway, *, name, serves, by) -> PathwayDraft:
    """Begin a new pathway from one there is."""
    _may(by)
    code = slugify(name.replace("’", ""))[:40]
    if not code:
        raise Refused("Enter a name with letters in it.")
    if Pathway.objects.filter(code=code).exists() or PathwayDraft.objects.filter(code=code).exists():
        raise Refused(f"There is a pathway called {name} already.")
    return _begin(pathway, code=code, name=name, serves=serves, by=by)


def _begin(pathway, *, code, name, serves, by):
    try:
        with transaction.atomic():
            draft = PathwayDraft.objects.create(
                code=code,
                name=name,
                serves=serves,
                definition=pathway.definition,
                based_on=pathway,
                begun_at=clock.now(),
                begun_by=by,
                changed_at=clock.now(),
                changed_by=by,
            )
    except IntegrityError:
        raise Refused(f"Somebody else has just begun to change {name}. Open the page again to join them.") from None
    record("pathway.draft_begun", draft, by=by, said=f"A change to {name} begun")
    return draft


@transaction.atomic
def change(draft, *, by, name=None, serves=None, **facts) -> PathwayDraft:
    """Keep what is to be another. The draft may be unusable in between; only publishing asks whether it can be followed.

    Args:
        facts: fields of `Terms`.
    """
    _may(by)
    draft = _take(draft)
    draft.name, draft.serves = name or draft.name, serves or draft.serves
    draft.definition = replace(draft.terms, **facts).write()
    Terms.read(draft.definition)
    draft.version += 1
    draft.changed_at, draft.changed_by = clock.now(), by
    draft.save()
    return draft


@transaction.atomic
def discard(draft, *, by):
    """Throw a change away. The pathway stays as it is."""
    _may(by)
    draft = _take(draft)
    record("pathway.draft_discarded", draft, by=by, said=f"A change to {draft.name} thrown away")
    draft.delete()


@transaction.atomic
def publish(draft, *, because, by) -> Published:
    """Put the change in force from now on."""
    draft = _take(draft)
    if reason := rules.reason_not_to_publish(draft, by):
        raise NotAllowed(reason) if rules.reason_not_to_change(by) else Refused(reason)
    in_force = Pathway.objects.filter(code=draft.code, in_force=True).first()
    if in_force and not draft.is_new and in_force.pk != draft.based_on_id:
        raise Refused(
            f"{draft.name} was published by somebody else after this change was begun, as version {in_force.version}. "
            "Throw this change away and begin it again on the version in force."
        )
    if in_force and draft.is_new:
        raise Refused(f"There is a pathway called {in_force.name} already.")
    published = put_in_force(
        code=draft.code,
        name=draft.name,
        serves=draft.serves,
        terms=draft.terms,
        because=because,
        by=by,
    )
    draft.delete()
    return published


@transaction.atomic
def withdraw(pathway, *, because, by):
    """No new referral goes by it. Those received go on as they are, and drafts may still be sent."""
    pathway = Pathway.objects.select_for_update().get(pk=pathway.pk)
    if reason := rules.reason_not_to_withdraw(pathway, by):
        raise NotAllowed(reason) if rules.reason_not_to_change(by) else Refused(reason)
    pathway.in_force = False
    pathway.withdrawn_at, pathway.withdrawn_by, pathway.withdrawn_because = clock.now(), by, because
    pathway.save()
    record(
        "pathway.withdrawn", pathway, by=by, because=because, said=f"{pathway.name} withdrawn: no new referrals by it"
    )
    return pathway


@transaction.atomic
def bring_back(version, *, because, by) -> Published:
    """Put an old version in force again, as a new one: history is never rewritten."""
    version = Pathway.objects.select_for_update().get(pk=version.pk)
    if reason := rules.reason_not_to_bring_back(version, by):
        raise NotAllowed(reason) if rules.reason_not_to_change(by) else Refused(reason)
    return put_in_force(
        code=version.code,
        name=version.name,
        serves=version.serves,
        terms=version.terms,
        because=because or f"Version {version.version} brought back",
        by=by,
        came=f"as version {version.version} was",
    )


@transaction.atomic
def put_in_force(*, code, name, serves, terms, because, by, profile="", came="", signposts=None) -> Published:
    """Publish these terms as the next version, unless they are in force as they are.

    Raises:
        Refused: nobody could follow them; the sentence says why.
    """
    _may(by)
    names = known(signposts)
    if to_put_right := reasons_not_to_follow(name, terms, names):
        raise Refused(f"{name} cannot be published: {to_put_right[0]}")
    earlier = list(Pathway.objects.select_for_update().filter(code=code).newest_first())
    in_force = next((each for each in earlier if each.in_force), None)
    facts = {"name": name, "serves": serves, "definition": terms.write()}
    if in_force and all(getattr(in_force, field) == value for field, value in facts.items()):
        return Published(in_force, [])
    if in_force:
        in_force.in_force = False
        in_force.save(update_fields=["in_force"])
    try:
        with transaction.atomic():
            pathway = Pathway.objects.create(
                code=code,
                version=earlier[0].version + 1 if earlier else 1,
                published_at=clock.now(),
                published_by=by,
                because=because,
                profile=profile,
                **facts,
            )
    except IntegrityError:
        raise Refused(f"Somebody else has just published {name}. Look at what they changed first.") from None
    changes = queries.changes_between(in_force, pathway, names) if in_force else []
    if in_force and not changes:  # told in the same words: a hint, say, of no weight
        changes = ["Wording"]
    said = f"{name}, version {pathway.version}, put in force" + (f", {came}" if came else "")
    record("pathway.published", pathway, by=by, because=because, said=said, changes=changes, profile=profile)
    moved = _move_drafts(pathway, changes, by=by)
    return Published(pathway, changes, is_new=in_force is None, moved=moved)


def _move_drafts(pathway, changes, *, by) -> int:
    """Referrals nobody has sent yet are asked what is asked now. Those received stay on their version."""
    drafts = list(
        Referral.objects.select_for_update(of=("self",))
        .filter(status=Stage.DRAFT, pathway__code=pathway.code)
        .exclude(pathway=pathway)
        .select_related("pathway")
    )
    Referral.objects.filter(pk__in=[draft.pk for draft in drafts], status=Stage.DRAFT).update(pathway=pathway)
    record_many(
        (
            Deed(
                MOVED,
                draft,
                f"{pathway.name} changed while this was a draft: it now follows version {pathway.version}",
                case=draft.reference,
                facts={"changes": changes, "from": draft.pathway.version, "to": pathway.version},
            )
            for draft in drafts
        ),
        by=by,
    )
    return len(drafts)


def _may(by):
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)


def _take(draft) -> PathwayDraft:
    held = PathwayDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Refused(f"This change to {draft.name} was published or thrown away by somebody else.")
    return held
