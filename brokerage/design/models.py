from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """A form that was sent, and where that led. Saved in one transaction with what it did, so nothing is done twice."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    path = models.TextField()
    body_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    went_to = models.TextField(blank=True)

    def __str__(self):
        return f"{self.path} at {self.sent_at:%d %B %Y %H:%M}"

    def is_the_same_as(self, *, user_id, path: str, body_hash: str) -> bool:
        return (self.user_id, self.path, self.body_hash) == (user_id, path, body_hash)
