import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brokerage.audit.tracking import tracked
from brokerage.moves import Moves


class RingRoundStatus(models.TextChoices):
    OPEN = "open", "Being rung"
    FOUND = "found", "Somebody can help"
    NOBODY = "nobody", "Nobody can help"
    STOPPED = "stopped", "Stopped"


class RingRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        from referrals.models import Referral

        return self.filter(referral__in=Referral.objects.visible_to(user))

    def going(self):
        return self.filter(status=RingRoundStatus.OPEN)


@tracked
class RingRound(Moves):
    """One call list for one case. Its order, and why, is frozen when it is made, with the lot that was drawn for it."""

    MOVES = {
        RingRoundStatus.OPEN: {RingRoundStatus.FOUND, RingRoundStatus.NOBODY, RingRoundStatus.STOPPED},
    }

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="ring_rounds")
    enquiry = models.ForeignKey("providers.Enquiry", on_delete=models.PROTECT, related_name="ring_rounds")
    status = models.CharField(max_length=10, choices=RingRoundStatus, default=RingRoundStatus.OPEN)
    service_kind = models.CharField(max_length=20)
    area = models.CharField(max_length=8, blank=True)  # outward postcode
    seed = models.BigIntegerField()  # of the lot among those who were rung equally long ago
    not_rung = models.JSONField(default=list)  # frozen: who was looked at and left out, and why
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.CharField(max_length=300, blank=True)

    objects = RingRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="ringround_one_at_a_time", fields=["referral"], condition=Q(status=RingRoundStatus.OPEN)
            ),
            models.CheckConstraint(
                name="ringround_ended_says_who_when_and_why",
                condition=Q(status=RingRoundStatus.OPEN, ended_at=None, ended_by=None, ended_because="")
                | (
                    ~Q(status=RingRoundStatus.OPEN)
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(ended_because="")
                ),
            ),
        ]

    def __str__(self):
        return f"Ring-round for {self.referral.reference}"

    def get_absolute_url(self):
        return reverse("ringround_desk", args=[self.pk])

    @property
    def case_reference(self) -> str:
        return self.referral.reference


class LineState(models.TextChoices):
    WAITING = "waiting", "To ring"
    DONE = "done", "Rung"


class RingLine(models.Model):
    """One provider's place on the list. While it is held, the one who holds it is ringing."""

    ring_round = models.ForeignKey(RingRound, on_delete=models.PROTECT, related_name="lines")
    service = models.ForeignKey("providers.Service", on_delete=models.PROTECT, related_name="ring_lines")
    service_name = models.CharField(max_length=200)  # as they were then
    phone = models.CharField(max_length=30)
    mailbox = models.EmailField(blank=True)
    miles = models.DecimalField(max_digits=6, decimal_places=1)
    position = models.PositiveSmallIntegerField()
    last_rung_at = models.DateTimeField(null=True, blank=True)  # for this service and area, before this list
    because = models.CharField("why it stands here", max_length=200)

    state = models.CharField(max_length=10, choices=LineState, default=LineState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    ring_back_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(name="ringline_to_ring", fields=["ring_round", "tries", "position"])]
        constraints = [
            models.UniqueConstraint(name="ringline_once_a_service", fields=["ring_round", "service"]),
            models.UniqueConstraint(name="ringline_one_at_a_place", fields=["ring_round", "position"]),
            models.CheckConstraint(
                name="ringline_held_says_by_whom_and_how_long",
                condition=Q(held_by=None, held_until=None) | Q(held_by__isnull=False, held_until__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.service_name}"

    def is_held_at(self, instant) -> bool:
        return self.held_until is not None and self.held_until > instant


class Outcome(models.TextChoices):
    CAN_HELP = "can_help", "Can help"
    CANNOT = "cannot", "Cannot help"
    NO_ANSWER = "no_answer", "No answer"
    RING_BACK = "ring_back", "Ring back"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    GIVEN_BACK = "given_back", "Given back"
    LAPSED = "lapsed", "Left without an outcome"
    TAKEN_OVER = "taken_over", "Taken over"


ANSWERED = (Outcome.CAN_HELP, Outcome.CANNOT)
TO_RECORD = (*ANSWERED, Outcome.NO_ANSWER, Outcome.RING_BACK, Outcome.WRONG_NUMBER)
HAD_ITS_TURN = (*ANSWERED, Outcome.NO_ANSWER, Outcome.RING_BACK)  # a wrong number rang somebody else


class OnceEnded(pgtrigger.AnyChange):
    """Any change but to these, where the call had ended."""

    def resolve(self, model):
        return f"OLD.ended_at IS NOT NULL AND ({super().resolve(model)})"


class CallQuerySet(models.QuerySet):
    def in_hand(self):
        """Being made, as far as anybody has said: a lease that ran out does not end a call by itself."""
        return self.filter(ended_at=None)

    def current(self):
        return self.filter(is_current=True)

    def recorded(self):
        """Current outcomes that somebody recorded."""
        return self.current().filter(outcome__in=TO_RECORD)


class Call(models.Model):
    """One call to one provider. Once it has ended it stays as it was; a correction is another row, which names it."""

    line = models.ForeignKey(RingLine, on_delete=models.PROTECT, related_name="calls")
    service = models.ForeignKey("providers.Service", on_delete=models.PROTECT, related_name="calls")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls_made")
    began_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    because = models.CharField("why out of turn", max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=1000, blank=True)
    spoke_to = models.CharField(max_length=120, blank=True)
    spoke_role = models.CharField(max_length=120, blank=True)
    ring_back_at = models.DateTimeField(null=True, blank=True)
    reply = models.ForeignKey("providers.Reply", null=True, blank=True, on_delete=models.PROTECT, related_name="calls")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    corrected_because = models.CharField(max_length=300, blank=True)
    is_current = models.BooleanField(default=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["began_at", "pk"]
        indexes = [
            models.Index(name="call_by_service", fields=["service", "-began_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="call_one_to_a_provider_at_a_time", fields=["service"], condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                name="call_one_by_a_broker_at_a_time", fields=["made_by"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="call_ended_has_an_outcome",
                condition=Q(ended_at=None, outcome="", recorded_at=None)
                | (Q(ended_at__isnull=False, recorded_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="call_that_helps_has_a_reply_and_a_name",
                condition=~Q(outcome="can_help") | (Q(reply__isnull=False) & ~Q(spoke_to="")),
            ),
            models.CheckConstraint(
                name="call_to_ring_back_says_when", condition=~Q(outcome="ring_back") | Q(ring_back_at__isnull=False)
            ),
            models.CheckConstraint(
                name="call_correction_says_why", condition=Q(corrects=None) | ~Q(corrected_because="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="call_stays_as_it_ended",
                operation=pgtrigger.Update,
                condition=OnceEnded(exclude=["is_current"]),
            ),
            pgtrigger.Protect(name="call_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.line.service_name}: {self.get_outcome_display() or 'being rung'}"

    @property
    def case_reference(self) -> str:
        return self.line.ring_round.referral.reference

    @property
    def is_in_hand(self) -> bool:
        return self.ended_at is None

    @property
    def lasted(self):
        return self.ended_at - self.began_at if self.ended_at else None
