"""A file somebody handed in, as it came: what it is was read from its content, and its bytes are in pieces beside it."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string

from brokerage.audit.tracking import tracked

NAME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
NAME_LENGTH = 24


def new_name() -> str:
    return get_random_string(NAME_LENGTH, NAME_LETTERS)


class FileKind(models.TextChoices):
    """What may be handed in: see docs/decisions/0017."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    ODT = "odt", "OpenDocument text"
    JPEG = "jpg", "Photo"
    PNG = "png", "Picture"


MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}


class Verdict(models.TextChoices):
    CLEAN = "clean", "Scanned, nothing found"
    NOT_SCANNED = "not_scanned", "Not scanned"


class StoredQuerySet(models.QuerySet):
    def of(self, subject):
        return self.filter(subject_label=subject._meta.label, subject_id=str(subject.pk))

    def with_name(self, name, user):
        """The file of this name, where this person may see what it belongs to; None otherwise."""
        found = self.filter(name=name).select_related("kept_by").first()
        return found if found and found.is_visible_to(user) else None


@tracked
class Stored(models.Model):
    """One file as it was handed in. It is never changed: a newer one is another file."""

    name = models.CharField(max_length=NAME_LENGTH, unique=True, default=new_name, editable=False)
    shown_as = models.CharField(max_length=120)  # its own name, made harmless
    kind = models.CharField(max_length=5, choices=FileKind)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=100)  # whose: who may see that may see this
    subject_id = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict)
    scanned_by = models.CharField(max_length=80, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)

    objects = StoredQuerySet.as_manager()

    class Meta:
        verbose_name = "file"
        indexes = [models.Index(fields=["subject_label", "subject_id"], name="file_by_subject")]
        constraints = [
            models.CheckConstraint(
                name="file_scanned_says_by_what_and_when",
                condition=Q(verdict=Verdict.NOT_SCANNED, scanned_at=None, scanned_by="")
                | (Q(verdict=Verdict.CLEAN, scanned_at__isnull=False) & ~Q(scanned_by="")),
            ),
            models.CheckConstraint(name="file_kind_is_one_we_know", condition=Q(kind__in=FileKind.values)),
            models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self):
        return self.shown_as

    def get_absolute_url(self):
        return reverse("stored_file", args=[self.name])

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]

    @property
    def is_scanned(self) -> bool:
        return self.verdict == Verdict.CLEAN

    @property
    def subject(self):
        """What it belongs to, or None where that was thrown away."""
        return apps.get_model(self.subject_label)._default_manager.filter(pk=self.subject_id).first()

    def is_visible_to(self, user) -> bool:
        rows = apps.get_model(self.subject_label)._default_manager.visible_to(user)
        return rows.filter(pk=self.subject_id).exists()

    def chunks(self):
        """Its bytes, a piece at a time: never the whole file at once."""
        for place in range(self.pieces.count()):
            yield bytes(self.pieces.values_list("content", flat=True).get(place=place))


class Piece(models.Model):
    """Part of a file's bytes."""

    SIZE = 512 * 1024

    file = models.ForeignKey(Stored, on_delete=models.CASCADE, related_name="pieces")
    place = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="file_piece_stands_in_one_place", fields=["file", "place"])]
