"""Who is away and who stands in: `deputy_for(user_id, at)`."""

from .models import Absence
from .standing_in import StandingIn, deputy_for

__all__ = ["Absence", "StandingIn", "deputy_for"]
