from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


class Task(models.TextChoices):
    """What a care worker is asked to do, in words that may be shown to providers."""

    GETTING_UP = "getting_up", "Getting up and dressed"
    WASHING = "washing", "Washing or showering"
    TOILET = "toilet", "Using the toilet, continence care"
    MEALS = "meals", "Preparing meals and drinks"
    EATING = "eating", "Help with eating and drinking"
    MEDICATION = "medication", "Prompting or giving medication"
    MOVING = "moving", "Moving and transferring"
    HOUSEHOLD = "household", "Keeping the home clean and safe"
    SHOPPING = "shopping", "Shopping"
    COMPANY = "company", "Company and conversation"
    GOING_OUT = "going_out", "Getting out and about"
    BED = "bed", "Going to bed"


class Mobility(models.TextChoices):
    INDEPENDENT = "independent", "Walks without help"
    AID = "aid", "Walks with a stick or frame"
    ONE = "one", "Needs one person to help"
    TWO = "two", "Needs two people or a hoist"
    BED = "bed", "Is cared for in bed"


class CareBand(models.TextChoices):
    """What sort of care is needed, as the provider register speaks of it."""

    OLDER = "older_people", "Older people"
    DEMENTIA = "dementia", "Dementia"
    PHYSICAL = "physical_disability", "Physical disability"
    LEARNING = "learning_disability", "Learning disability or autism"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SENSORY = "sensory_impairment", "Sight or hearing loss"
    PALLIATIVE = "palliative", "Palliative or end-of-life care"
    CHILDREN = "children", "Children and young people"


@tracked
class Needs(models.Model):
    """What the person needs and what matters to them, as the referrer tells the brokers. Never shown to providers as it stands."""

    referral = models.OneToOneField("referrals.Referral", on_delete=models.CASCADE, related_name="needs")
    summary = models.TextField("what is happening and what help is needed", blank=True)
    bands = ArrayField(models.CharField(max_length=30, choices=CareBand), default=list, blank=True)
    health = models.TextField("health conditions and disabilities", blank=True)
    behaviour = models.TextField("behaviour that others find hard", blank=True)
    mobility = models.CharField(max_length=20, choices=Mobility, blank=True)
    equipment = models.CharField(max_length=200, blank=True)
    tasks = ArrayField(models.CharField(max_length=20, choices=Task), default=list, blank=True)
    language = models.CharField("language carers should speak", max_length=60, blank=True)
    faith_and_culture = models.CharField(max_length=200, blank=True)
    diet = models.CharField(max_length=120, blank=True)
    carer_gender = models.CharField(
        max_length=10, choices=[("", "No preference"), ("women", "Women only"), ("men", "Men only")], blank=True
    )
    current_support = models.TextField("support there is now, and who pays for it", blank=True)
    current_support_paid = models.CharField(
        "how the support there is now is paid",
        max_length=20,
        choices=[("commissioned", "A service the council arranged"), ("direct_payment", "A direct payment")],
        blank=True,
    )  # LEI-14

    class Meta:
        verbose_name_plural = "needs"


@tracked
class Outcome(models.Model):
    """Something the person wants to be different. At most three (LEI-14)."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="outcome_position_is_unique", fields=["referral", "position"]),
            models.CheckConstraint(name="outcomes_are_three_at_most", condition=Q(position__gte=1, position__lte=3)),
        ]

    def __str__(self):
        return self.words


class PartOfDay(models.TextChoices):
    MORNING = "morning", "Morning"
    LUNCH = "lunch", "Lunchtime"
    AFTERNOON = "afternoon", "Afternoon"
    TEA = "tea", "Teatime"
    EVENING = "evening", "Evening"
    NIGHT = "night", "Night"


class Weeks(models.TextChoices):
    EVERY = "every", "Every week"
    ODD = "odd", "Weeks 1, 3, 5 …"
    EVEN = "even", "Weeks 2, 4, 6 …"


class Term(models.TextChoices):
    BOTH = "both", "All year"
    TERM = "term", "Term time"
    HOLIDAYS = "holidays", "School holidays"


class VisitKind(models.TextChoices):
    VISIT = "visit", "Visit"
    WAKING_NIGHT = "waking_night", "Waking night"
    SLEEP_IN = "sleep_in", "Sleep-in"
    LIVE_IN = "live_in", "Live-in"


@tracked
class Visit(models.Model):
    """One visit on one weekday. Offers, prices, sheets and agreements all read this one model.

    Its time is one of three: exact (`starts_at`), a window (`starts_at` to `window_ends_at`), or a part of the day.
    It may cross midnight: a visit belongs to the day it starts on.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="visits")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    starts_at = models.TimeField(null=True, blank=True)
    window_ends_at = models.TimeField(null=True, blank=True)
    part_of_day = models.CharField(max_length=10, choices=PartOfDay, blank=True)
    minutes = models.PositiveSmallIntegerField()
    carers = models.PositiveSmallIntegerField(default=1)
    tasks = ArrayField(models.CharField(max_length=20, choices=Task), default=list, blank=True)
    weeks = models.CharField(max_length=10, choices=Weeks, default=Weeks.EVERY)
    term = models.CharField(max_length=10, choices=Term, default=Term.BOTH)
    kind = models.CharField(max_length=20, choices=VisitKind, default=VisitKind.VISIT)

    class Meta:
        ordering = ["weekday", "starts_at", "part_of_day", "pk"]
        constraints = [
            models.CheckConstraint(name="visit_weekday_is_a_day", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="visit_lasts", condition=Q(minutes__gte=5, minutes__lte=1440)),
            models.CheckConstraint(name="visit_has_carers", condition=Q(carers__gte=1, carers__lte=4)),
            models.CheckConstraint(
                name="visit_has_a_time_or_a_part_of_day",
                condition=Q(starts_at__isnull=False, part_of_day="")
                | (Q(starts_at__isnull=True, window_ends_at__isnull=True) & ~Q(part_of_day="")),
            ),
        ]
