"""The pathways as a list: which there are, since when, how many cases go by each, and what somebody is changing."""

from dataclasses import dataclass

from django.db.models import Count, Q

from referrals.intake.models import Referral, Stage
from referrals.pathways.comparing import changes
from referrals.pathways.models import Pathway, PathwayDraft
from referrals.pathways.rules import Known

OPEN = (Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED)


@dataclass(frozen=True)
class Row:
    code: str
    latest: Pathway
    open_cases: int
    drafts_of_referrals: int
    draft: PathwayDraft | None

    @property
    def name(self):
        return self.latest.name


def pathways() -> list[Row]:
    """Each pathway by its latest version, those in force first."""
    counts = {
        row["pathway__code"]: row
        for row in Referral.objects.values("pathway__code").annotate(
            open=Count("pk", filter=Q(status__in=OPEN)), drafts=Count("pk", filter=Q(status=Stage.DRAFT))
        )
    }
    drafts = {draft.code: draft for draft in PathwayDraft.objects.select_related("changed_by", "based_on")}
    latest = Pathway.objects.order_by("code", "-in_force", "-version").distinct("code").select_related("published_by")
    rows = [
        Row(
            pathway.code,
            pathway,
            counts.get(pathway.code, {}).get("open", 0),
            counts.get(pathway.code, {}).get("drafts", 0),
            drafts.get(pathway.code),
        )
        for pathway in latest
    ]
    return sorted(rows, key=lambda row: (not row.latest.in_force, row.latest.serves, row.latest.name))


@dataclass(frozen=True)
class Version:
    pathway: Pathway
    changes: list[str]
    open_cases: int


def versions_of(code: str, known: Known) -> list[Version]:
    """Every version, newest first, with what it changed."""
    versions = list(
        Pathway.objects.filter(code=code)
        .select_related("published_by", "withdrawn_by")
        .annotate(open_cases=Count("referrals", filter=Q(referrals__status__in=OPEN)))
        .newest_first()
    )
    earlier = {after.pk: before for after, before in zip(versions, versions[1:], strict=False)}
    return [
        Version(version, changes_between(earlier.get(version.pk), version, known), version.open_cases)
        for version in versions
    ]


def changes_of(draft: PathwayDraft, known: Known) -> list[str]:
    """What publishing the draft would change."""
    in_force = Pathway.objects.in_force().filter(code=draft.code).first()
    return changes_between(in_force or draft.based_on, draft, known)


def changes_between(before, after, known) -> list[str]:
    if before is None:
        return []
    said = []
    if before.name != after.name:
        said.append(f"Name: {before.name} → {after.name}")
    if before.serves != after.serves:
        said.append(f"Serves: {before.get_serves_display()} → {after.get_serves_display()}")
    return [*said, *changes(before.terms, after.terms, known)]
