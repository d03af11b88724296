"""Who gets what is meant for somebody away."""

from datetime import datetime

from .models import Absence


class StandingIn:
    """Who is away at an instant and who stands in, read once for as many questions as there are."""

    def __init__(self, at: datetime):
        away = Absence.objects.at(at).select_related("deputy").order_by("-pk")
        self._deputies = {absence.who_id: absence.deputy for absence in away}

    def is_away(self, user_id: int) -> bool:
        return user_id in self._deputies

    def deputy_for(self, user_id: int):
        """Whoever is here in the end, where a deputy is away too. None: nobody stands in, or they stand in for each other."""
        asked = {user_id}
        deputy = self._deputies.get(user_id)
        while deputy is not None and deputy.pk in self._deputies:
            if deputy.pk in asked:
                return None
            asked.add(deputy.pk)
            deputy = self._deputies[deputy.pk]
        return deputy if deputy is not None and deputy.is_active else None


def deputy_for(user_id: int, at: datetime):
    """Who stands in for somebody away then; None where they are here, or nobody does."""
    return StandingIn(at).deputy_for(user_id)
