"""Somebody asks to be rung by a broker, without an account: what they said, who took it, each try, and how it was answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.audit.tracking import tracked
from brokerage.moves import Moves
from referrals.people.models import Format


class Status(models.TextChoices):
    NEW = "new", "To ring"
    TAKEN = "taken", "Taken"
    ANSWERED = "answered", "Answered"


class ForWhom(models.TextChoices):
    ME = "me", "Me"
    SOMEONE = "someone", "Somebody I know, like a relative or a friend"
    WORK = "work", "Somebody I support in my work"


class BestTime(models.TextChoices):
    ANY = "any", "Any time"
    MORNING = "morning", "In the morning"
    AFTERNOON = "afternoon", "In the afternoon"


class Outcome(models.TextChoices):
    INFORMATION = "information", "Information given"
    REFERRAL = "referral", "A referral was opened"
    SIGNPOSTED = "signposted", "Told of help elsewhere"
    NOT_FOR_US = "not_for_us", "Not for brokerage: sent to another team"
    UNREACHABLE = "unreachable", "Could not be reached"


READS_CALLS = (
    Role.BROKER,
    Role.DUTY_BROKER,
    Role.TEAM_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.ASSISTANT_DIRECTOR,
    Role.AUDITOR,
)


class CallRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of their teams, to whoever sees the teams' cases."""
        if not user.has_role(*READS_CALLS):
            return self.none()
        return self.filter(team__in=user.teams.all())

    def open(self):
        return self.exclude(status=Status.ANSWERED)


@tracked
class CallRequest(Moves):
    """A resident, somebody on their behalf or a professional asks a broker to ring (DER-03). Each one is answered (GRN-04)."""

    MOVES = {
        Status.NEW: {Status.TAKEN},
        Status.TAKEN: {Status.NEW, Status.ANSWERED},
    }

    reference = models.CharField(max_length=12, unique=True)  # Q000012
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="call_requests")
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)

    for_whom = models.CharField("whom it is for", max_length=10, choices=ForWhom)
    relationship = models.CharField("who they are to the person", max_length=60, blank=True)
    organisation = models.CharField("role and organisation", max_length=120, blank=True)
    about = models.TextField("what they ask for")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    phone_digits = models.CharField(
        max_length=20, blank=True, editable=False
    )  # by which two from one number are noticed
    email = models.EmailField(blank=True)
    best_time = models.CharField(max_length=10, choices=BestTime, default=BestTime.ANY)
    format = models.CharField(max_length=20, choices=Format, default=Format.STANDARD)  # PPF-14
    format_detail = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    ring_by = models.DateTimeField()  # as we told them

    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="calls_taken"
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    answer = models.TextField("what they were told", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referral = models.ForeignKey(
        "referrals.Referral", null=True, blank=True, on_delete=models.SET_NULL, related_name="call_requests"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CallRequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="call_to_make", fields=["team", "ring_by", "id"], condition=~Q(status=Status.ANSWERED)),
            models.Index(name="call_from_number", fields=["phone_digits"], condition=~Q(phone_digits="")),
        ]
        constraints = [
            models.CheckConstraint(name="call_request_can_be_answered_somehow", condition=~Q(phone="") | ~Q(email="")),
            models.CheckConstraint(
                name="call_request_taken_by_somebody",
                condition=Q(status=Status.NEW, taken_at=None, taken_by=None)
                | (~Q(status=Status.NEW) & Q(taken_at__isnull=False, taken_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="call_request_answered_says_what_and_by_whom",
                condition=(~Q(status=Status.ANSWERED) & Q(outcome="", answer="", answered_at=None, answered_by=None))
                | (
                    Q(status=Status.ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(answer="")
                ),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("call", args=[self.reference])

    @property
    def case_reference(self) -> str:
        return self.reference

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.replace("-", " ").split()).upper()[:10]


class What(models.TextChoices):
    NO_ANSWER = "no_answer", "No answer"
    MESSAGE = "message", "Left a message to ring us"
    NOT_NOW = "not_now", "They asked to be rung at another time"
    WRONG_NUMBER = "wrong_number", "The number is wrong"


@tracked
class Attempt(models.Model):
    """One try at ringing somebody back."""

    call = models.ForeignKey(CallRequest, on_delete=models.CASCADE, related_name="attempts")
    what = models.CharField("what happened", max_length=12, choices=What)
    words = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_what_display()}: {self.call}"

    @property
    def case_reference(self) -> str:
        return self.call.reference
