from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace, Upper

from brokerage.audit.tracking import tracked


class Format(models.TextChoices):
    """How the person takes in information (PPF-14)."""

    STANDARD = "standard", "Standard print"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read"
    OTHER_LANGUAGE = "other_language", "Another language"
    BSL = "bsl", "British Sign Language"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Audio"


class Capacity(models.TextChoices):
    """Can the person decide about this support themselves? (GRN-08)"""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class PlainWords(Func):
    """Small letters with neither accents nor apostrophes; what joins two names is a space. Made by people/sql.py."""

    function = "people_plain_words"
    arity = 1
    output_field = models.TextField()


class Words(Func):
    """All of them in a row, with a space before each, so that “ oka” finds what a word begins with."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = models.TextField()

    def __init__(self, *parts):
        super().__init__(*(each for part in parts for each in (Value(" "), part)))


@tracked(exclude=["search_words"])
class Person(models.Model):
    """Somebody who needs care or support. They exist for us only through a referral."""

    first_names = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    about_age = models.PositiveSmallIntegerField(
        "age, roughly", null=True, blank=True
    )  # as somebody guessed on the phone
    record_id = models.CharField("case record number", max_length=30, blank=True, db_index=True)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    format = models.CharField(max_length=20, choices=Format, default=Format.STANDARD)
    format_detail = models.CharField(max_length=80, blank=True)  # which language, what size of print
    school = models.CharField(max_length=120, blank=True)
    search_words = models.GeneratedField(  # names and the postcode, as somebody looks for them
        expression=PlainWords(
            Words("first_names", "known_as", "last_name", Replace("postcode", Value(" "), Value("")))
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            GinIndex(OpClass("search_words", name="gin_trgm_ops"), name="person_search_words"),
            # by which the same person is noticed: see `referrals.joining.finding`
            models.Index(Upper("record_id"), name="person_record_id"),
            models.Index(fields=["born_on"], name="person_born_on"),
            models.Index(Upper("last_name"), "postcode", name="person_name_and_place"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_nhs_number_is_ten_digits", condition=Q(nhs_number="") | Q(nhs_number__regex=r"^[0-9]{10}$")
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """Letters to council staff carry these and the reference, never a name (LEI-01). Ten of them at most."""
        return "".join(word[0] for word in self.full_name.replace("-", " ").split()).upper()[:10]

    @property
    def outward(self) -> str:
        """The first half of the postcode: as much of the address as a provider reads."""
        return self.postcode.split(" ")[0] if self.postcode else ""

    def age_on(self, day) -> int | None:
        if self.born_on is None:
            return self.about_age
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


@tracked
class Contact(models.Model):
    """Somebody around the person: family, an attorney, a friend."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    is_main = models.BooleanField("main contact", default=False)
    supports_best_interests = models.BooleanField(default=False)  # GRN-08

    def __str__(self):
        return f"{self.name} ({self.relationship})"
