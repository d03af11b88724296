from django.db import models

from brokerage.errors import Refused


class Moves(models.Model):
    """A noun with a life cycle. `MOVES` is the whole of it: status -> the statuses it may become; no entry is an end."""

    MOVES: dict[str, set[str]] = {}

    class Meta:
        abstract = True

    def can_move_to(self, status: str) -> bool:
        return status in self.MOVES.get(self.status, set())

    def move_to(self, status: str) -> None:
        """Set the status, without saving.

        Raises:
            Refused: the life cycle has no such step.
        """
        if not self.can_move_to(status):
            field = self._meta.get_field("status")
            words = {value: str(label).lower() for value, label in field.choices}
            noun = self._meta.verbose_name.capitalize()
            reference = getattr(self, "case_reference", "") or self.pk
            raise Refused(f"{noun} for {reference} is {words[self.status]}, so it cannot become {words[status]}.")
        self.status = status
