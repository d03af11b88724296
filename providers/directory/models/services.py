from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse

from brokerage.audit.tracking import tracked
from providers.directory import places
from providers.directory.days import day_in_words
from providers.directory.fields import PointField


class Kind(models.TextChoices):
    """What can be asked of a service."""

    HOME_CARE = "home_care", "Home care"
    NURSING_HOME = "nursing_home", "Nursing home"
    RESIDENTIAL_HOME = "residential_home", "Residential home"
    SUPPORTED_LIVING = "supported_living", "Supported living"
    EXTRA_CARE = "extra_care", "Extra care housing"
    SHARED_LIVES = "shared_lives", "Shared lives"
    DAY_SERVICE = "day_service", "Day service"
    RESPITE = "respite", "Respite"
    SHORT_BREAK = "short_break", "Short breaks"
    ACTIVITY_GROUP = "activity_group", "Activity group"
    SUPPORT_GROUP = "support_group", "Support group"


class Band(models.TextChoices):
    """Whom a service says it can support."""

    OLDER_PEOPLE = "older_people", "Older people"
    WORKING_AGE = "working_age", "Adults under 65"
    CHILDREN = "children", "Children"
    DEMENTIA = "dementia", "Dementia"
    MENTAL_HEALTH = "mental_health", "Mental health"
    LEARNING_DISABILITY = "learning_disability", "Learning disability"
    PHYSICAL_DISABILITY = "physical_disability", "Physical disability"
    SENSORY_IMPAIRMENT = "sensory_impairment", "Sensory impairment"
    SUBSTANCE_MISUSE = "substance_misuse", "Substance misuse"
    EATING_DISORDERS = "eating_disorders", "Eating disorders"
    RIGHTS_RESTRICTED = "rights_restricted", "Rights restricted under the Mental Health Act"


class Sector(models.TextChoices):
    PRIVATE = "private", "Private"
    VOLUNTARY = "voluntary", "Voluntary"
    IN_HOUSE = "in_house", "In-house (the council)"


class RegisterStatus(models.TextChoices):
    REGISTERED = "registered", "Registered"
    DEREGISTERED = "deregistered", "No longer registered"
    UNKNOWN = "unknown", "Not on the register"


class State(models.TextChoices):
    """Whether a service can be asked today, or what stands in the way."""

    CAN_BE_ASKED = "can_be_asked", "Can be asked"
    SUSPENDED = "suspended", "Suspended"
    EMBARGOED = "embargoed", "Embargoed"
    DORMANT = "dormant", "Dormant"
    DEREGISTERED = "deregistered", "No longer registered"
    NO_MAILBOX = "no_mailbox", "No mailbox"


class FromRegister(models.Model):
    """Facts a register file may give, with the date those facts are of."""

    name = models.CharField(max_length=255)
    phone = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=255, blank=True)
    address_lines = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    local_authority = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    as_at = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def outward(self):
        return places.outward(self.postcode) or ""

    @property
    def address(self):
        return ", ".join(filter(None, [*self.address_lines, self.postcode]))


@tracked
class Provider(FromRegister):
    """An organisation that runs services."""

    register_id = models.CharField(max_length=20, null=True, blank=True, unique=True)
    company_number = models.CharField(max_length=20, blank=True)


class ServiceQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kinds__contains=[kind])

    def care(self):
        """Not the dentists and doctors who share the register."""
        return self.exclude(kinds=[])

    def in_house(self):
        return self.filter(sector=Sector.IN_HOUSE)


@tracked
class Service(FromRegister):
    """What can be asked for care: a home care branch, a home, a day centre, a club.

    Services on the register are known by its location id; a council adds others without one. Their places are kept
    a second time as `Offering` rows, one for each kind, by the database itself.
    """

    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="services")
    location_id = models.CharField(max_length=20, null=True, blank=True, unique=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind), default=list, blank=True)
    specialisms = ArrayField(models.CharField(max_length=20, choices=Band), default=list, blank=True)
    sector = models.CharField(max_length=10, choices=Sector, blank=True)
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    register_status = models.CharField(max_length=12, choices=RegisterStatus, default=RegisterStatus.UNKNOWN)
    registered_on = models.DateField(null=True, blank=True)
    deregistered_on = models.DateField(null=True, blank=True)
    dormant = models.BooleanField(default=False)
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors"
    )
    rating_overall = models.CharField(max_length=30, blank=True)
    rating_on = models.DateField(null=True, blank=True)
    beds = models.PositiveIntegerField(null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_place_has_both_halves",
                condition=Q(easting=None, northing=None) | Q(easting__isnull=False, northing__isnull=False),
            ),
            models.CheckConstraint(
                name="directory_service_does_not_succeed_itself",
                condition=Q(succeeded_by=None) | ~Q(succeeded_by=models.F("pk")),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="directory_service_by_name"),
            models.Index(fields=["postcode"], name="directory_service_by_postcode"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="directory_service_name_search"),
        ]

    def get_absolute_url(self):
        return reverse("directory_service", args=[self.pk])

    @property
    def point(self):
        return None if self.easting is None else places.Place(self.easting, self.northing)

    @point.setter
    def point(self, place):
        self.easting, self.northing = (None, None) if place is None else map(round, place)

    @property
    def in_house(self):
        return self.sector == Sector.IN_HOUSE

    @property
    def kind_names(self):
        return [Kind(kind).label for kind in self.kinds]

    @property
    def band_names(self):
        return [Band(band).label for band in self.specialisms]

    @property
    def rating_in_words(self):
        return ", ".join(
            filter(None, [self.rating_overall, self.rating_on and f"published {day_in_words(self.rating_on)}"])
        )

    @property
    def register_in_words(self):
        """Registered since 1 October 2010, as the CQC care directory of 16 February 2016 says."""
        since = self.deregistered_on if self.register_status == RegisterStatus.DEREGISTERED else self.registered_on
        said = self.get_register_status_display() + (f" since {day_in_words(since)}" if since else "")
        if not self.source:
            return said
        return f"{said}, says the {self.source}" + (f" of {day_in_words(self.as_at)}" if self.as_at else "")


class Offering(models.Model):
    """One kind of care at one place: what a search for the nearest walks along. The database keeps these rows."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="offerings")
    kind = models.CharField(max_length=20, choices=Kind)
    point = PointField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "kind"], name="directory_one_offering_of_each_kind")]

    def __str__(self):
        return f"{self.get_kind_display()} at {self.point}"
