"""What a council still has to set up before the first referral can go all the way."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from brokerage.accounts.models import Role, Team, User
from brokerage.council.models import Council
from providers.models import Contact, Postcode, Rate, Service
from referrals.models import Pathway, Signpost

IN_EACH_TEAM = (  # without these a case would stand still
    (Role.COORDINATOR, "refers"),
    (Role.BROKER, "works on cases"),
    (Role.DUTY_BROKER, "hears of what is due"),
    (Role.TEAM_MANAGER, "hears of what was missed"),
)


@dataclass(frozen=True)
class Step:
    label: str
    done: bool
    said: str
    href: str = ""
    may_wait: bool = False


def steps() -> list[Step]:
    return [*_council(), *_teams(), *_pathways(), *_providers()]


def _council():
    row = Council.objects.filter(pk=1).first()
    named = bool(row and row.name != Council._meta.get_field("name").default)
    yield Step(
        "The council",
        named,
        f"{row.name}" if named else "It has no name yet: letters and pages would say “Council”.",
        reverse("council_settings"),
    )
    reachable = bool(row and (row.phone or row.email))
    yield Step(
        "How people reach you",
        reachable,
        ", ".join(filter(None, (row.phone, row.email))) if reachable else "No phone and no email address yet.",
        reverse("change_council_identity"),
    )


def _teams():
    teams = list(Team.objects.open())
    yield Step(
        "Teams",
        bool(teams),
        ", ".join(team.name for team in teams)
        or "None yet: a case belongs to a team, and people see their team’s cases.",
        reverse("teams"),
    )
    missing = [
        f"{team.name} has no {role.label.lower()}, who {does}"
        for team in teams
        for role, does in IN_EACH_TEAM
        if not User.objects.with_role(role, team_id=team.pk).exists()
    ]
    yield Step(
        "People",
        bool(teams) and not missing,
        "; ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        if missing
        else ("Every team has who it needs." if teams else "Invite people once there is a team for them."),
        reverse("accounts"),
    )
    heads = User.objects.with_any_role(Role.HEAD_OF_SERVICE).exists()
    yield Step(
        "A head of service",
        heads,
        "Hears of what was missed for long."
        if heads
        else "Nobody yet: what is missed for long would go to managers alone.",
        reverse("invite_account"),
    )


def _pathways():
    names = list(Pathway.objects.in_force().order_by("name").values_list("name", flat=True))
    yield Step(
        "Pathways",
        bool(names),
        "; ".join(names) or "None yet: nobody can refer. Take a council’s profile to begin with, then change it.",
        reverse("pathways") if names else reverse("profiles"),
    )
    agrees = Pathway.objects.in_force().filter(
        Q(definition__agreement_to_search=True) | Q(definition__agreement_above_rate=True)
    )
    if agrees.exists():
        chairs = User.objects.with_any_role(Role.PANEL_CHAIR).exists()
        yield Step(
            "Panel",
            chairs,
            "Somebody chairs it." if chairs else "Some pathways need panel, and nobody chairs it.",
            reverse("invite_account"),
        )
    posts = Signpost.objects.in_use().count()
    yield Step(
        "Signposts",
        bool(posts),
        f"{posts} in use." if posts else "None yet: other help that people are told of.",
        reverse("signposts"),
        may_wait=True,
    )


def _providers():
    services = Service.objects.count()
    yield Step(
        "Providers",
        bool(services),
        f"{services} services known."
        if services
        else "None yet. Whoever runs the service imports the regulator’s directory: import_cqc.",
    )
    mailboxes = Contact.objects.values("service").distinct().count()
    yield Step(
        "Providers’ mailboxes",
        bool(mailboxes),
        f"{mailboxes} services can be written to."
        if mailboxes
        else "No service has a mailbox, so none can be asked. A broker or team manager sets them.",
    )
    places = Postcode.objects.exists()
    yield Step(
        "Postcodes",
        places,
        "Distances can be worked out."
        if places
        else "None yet, so nobody knows who is near. They are imported: import_postcodes.",
    )
    rates = Rate.objects.count()
    yield Step(
        "Contracted rates",
        bool(rates),
        f"{rates} on record."
        if rates
        else "None yet, so every price counts as above the rate. They have no page of their own yet.",
        may_wait=True,
    )
