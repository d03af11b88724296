from django.db import models


class Reading(models.Model):
    """One published file, as it was read into the directory."""

    file_name = models.CharField(max_length=255)
    source = models.CharField(max_length=80)
    as_at = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-read_at"], name="directory_reading_latest")]

    def __str__(self):
        return (
            f"rows {self.rows}: new {self.new}, updated {self.updated}, "
            f"unchanged {self.unchanged}, rejected {self.rejected}"
        )
