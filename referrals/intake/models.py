from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.audit.tracking import tracked
from brokerage.moves import Moves
from referrals.access.models import NamedReader
from referrals.people.models import Capacity


class Stage(models.TextChoices):
    """Where a referral stands. It knows nothing of panel's decisions or a contract's signatures: those have their own."""

    DRAFT = "draft", "Draft"
    RECEIVED = "received", "Received"
    IN_PROGRESS = "in_progress", "In progress"
    ARRANGED = "arranged", "Arranged"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Priority(models.TextChoices):
    EMERGENCY = "emergency", "Emergency"
    URGENT = "urgent", "Urgent"
    ROUTINE = "routine", "Routine"


class Route(models.TextChoices):
    """How the referral reached us (DER-03)."""

    COORDINATOR = "coordinator", "Case co-ordinator"
    HOSPITAL = "hospital", "Hospital discharge team"
    CONTACT_CENTRE = "contact_centre", "Contact centre"
    OTHER_TEAM = "other_team", "Another social care team"
    PROFESSIONAL = "professional", "Another professional"
    RESIDENT = "resident", "The person"
    ON_BEHALF = "on_behalf", "Somebody on the person's behalf"


class FollowsAs(models.TextChoices):
    """What a referral is to the one before it."""

    COPY = "copy", "Copied from"
    TRANSITION = "transition", "Follows the short-term service of"  # DER-15
    JOINED = "joined", "Joined to"


class Funding(models.TextChoices):
    COUNCIL = "council", "Paid by the council"
    SELF = "self", "Paid by the person"
    MIXED = "mixed", "Paid by both"
    FREE = "free", "Free of charge"


class PaidThrough(models.TextChoices):
    """How the council's money reaches the provider (DER-02)."""

    VIRTUAL_BUDGET = "virtual_budget", "A budget the council manages"
    DIRECT_PAYMENT = "direct_payment", "A direct payment"
    BOTH = "both", "Both: part managed, part direct payment"
    NOT_KNOWN = "not_known", "Not decided yet"


SEES_THE_TEAMS_CASES = (
    Role.BROKER,
    Role.DUTY_BROKER,
    Role.TEAM_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.ASSISTANT_DIRECTOR,
    Role.AUDITOR,
)


def named_on_it(user):
    """That a restricted case names this person."""
    return Q(Exists(NamedReader.objects.naming(user)))


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What this person may see: their own referrals, and their teams' when their role reaches that far.

        A restricted case is seen by those named on it, and by nobody else.
        """
        own = Q(referred_by=user) | Q(coordinator=user)
        if user.has_role(*SEES_THE_TEAMS_CASES):
            own |= Q(team__in=user.teams.all()) & ~Q(status=Stage.DRAFT)
        return self.filter((Q(is_restricted=False) & own) | (Q(is_restricted=True) & named_on_it(user)))

    def open_to(self, user):
        """Less the restricted cases that do not name this person."""
        return self.filter(Q(is_restricted=False) | named_on_it(user))

    def submitted(self):
        return self.exclude(status=Stage.DRAFT)

    def open(self):
        return self.filter(status__in=[Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED])


@tracked
class Referral(Moves):
    """Somebody needs care, and somebody asked us to find it."""

    MOVES = {
        Stage.DRAFT: {Stage.RECEIVED},
        Stage.RECEIVED: {Stage.IN_PROGRESS, Stage.WITHDRAWN, Stage.CLOSED},
        Stage.IN_PROGRESS: {Stage.ARRANGED, Stage.WITHDRAWN, Stage.CLOSED},
        Stage.ARRANGED: {Stage.IN_PROGRESS, Stage.WITHDRAWN, Stage.CLOSED},
    }

    reference = models.CharField(max_length=12, unique=True)  # R000012
    pathway = models.ForeignKey("referrals.Pathway", on_delete=models.PROTECT, related_name="referrals")
    person = models.ForeignKey(
        "referrals.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="referrals")
    status = models.CharField("stage", db_column="stage", max_length=20, choices=Stage, default=Stage.DRAFT)

    route = models.CharField(max_length=20, choices=Route, default=Route.COORDINATOR)
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referrals_made")
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referrals_coordinated"
    )
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals_brokered"
    )

    priority = models.CharField(max_length=10, choices=Priority, default=Priority.ROUTINE)
    priority_reason = models.CharField("why it cannot wait", max_length=300, blank=True)
    is_interim = models.BooleanField("interim service", default=False)
    funding = models.CharField(max_length=10, choices=Funding, blank=True)
    paid_through = models.CharField(max_length=20, choices=PaidThrough, blank=True)
    funding_split = models.CharField("who pays which part", max_length=200, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity, blank=True)
    wanted_start_on = models.DateField(null=True, blank=True)
    start_flexibility = models.CharField(max_length=200, blank=True)
    short_notice_because = models.CharField("why so soon", max_length=300, blank=True)  # DER-14
    kept_until = models.DateField("kept on file until", null=True, blank=True)  # its clocks start then (LEI-06)

    organisation = models.CharField("ward, team or organisation", max_length=120, blank=True)  # of whoever refers
    contact_name = models.CharField("whom to ring about it", max_length=120, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    referrer_is_outside = models.BooleanField(default=False)  # who refers has no account: the contact above is them
    discussed_with = models.CharField("talked over on the phone with", max_length=120, blank=True)  # LEI-03

    phone_first = models.BooleanField(default=False)  # rung in before its paperwork (DER-16)
    paperwork_at = models.DateTimeField(null=True, blank=True)  # when the rest of a phoned referral was there (GRN-09)
    unchecked_pages = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # copied, not yet looked at
    hand_over_on = models.DateField(null=True, blank=True)  # when the short-term service before it ends (DER-15)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    follows_as = models.CharField(max_length=12, choices=FollowsAs, blank=True)
    is_restricted = models.BooleanField(default=False)  # only those named may open it; see `referrals.access`

    created_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="referral_by_team", fields=["team", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_received_has_person_and_time",
                condition=Q(status=Stage.DRAFT, received_at=None) | Q(received_at__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_started_names_who_and_when",
                condition=Q(started_at=None, started_by=None) | Q(started_at__isnull=False, started_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_in_hand_has_a_broker",
                condition=~Q(status__in=[Stage.IN_PROGRESS, Stage.ARRANGED]) | Q(broker__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_follows_another_as_something",
                condition=Q(follows=None, follows_as="") | (Q(follows__isnull=False) & ~Q(follows_as="")),
            ),
            models.CheckConstraint(
                name="referral_paperwork_comes_after_the_call",
                condition=Q(paperwork_at=None) | Q(phone_first=True, received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_that_cannot_wait_says_why",
                condition=Q(priority=Priority.ROUTINE) | Q(received_at=None) | ~Q(priority_reason=""),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("casefile", args=[self.reference])

    @property
    def case_reference(self) -> str:
        return self.reference

    @property
    def initials(self) -> str:
        """What stands for the person in letters and lists. Of a restricted case, not even these."""
        if self.is_restricted:
            return "Restricted"
        return self.person.initials if self.person else ""

    @property
    def broker_address(self) -> str:
        """Where its broker's letters go. A leaver's go to the team: nobody reads theirs."""
        return _address_of(self.broker, self.team)

    @property
    def coordinator_address(self) -> str:
        return self.outside_address or _address_of(self.coordinator, self.team)

    @property
    def outside_address(self) -> str:
        """Where letters to a professional go who has no account here. The person and their family are rung, not written to."""
        is_professional = self.route not in (Route.RESIDENT, Route.ON_BEHALF)
        return self.contact_email if self.referrer_is_outside and is_professional else ""

    @property
    def owes_paperwork(self) -> bool:
        """Rung in, and not all of it written down yet: its pages are still open (DER-16, GRN-09)."""
        return self.phone_first and self.paperwork_at is None

    @property
    def cannot_wait(self) -> bool:
        """Urgent or interim: papers may be missing if the funding agreement and a pen picture are there (MED-02, MED-07)."""
        return self.is_interim or self.priority != Priority.ROUTINE


def _address_of(person, team) -> str:
    if person is None or not person.is_active:
        return team.mailbox or (person.email if person else "")
    return person.email
