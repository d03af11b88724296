"""What a council brings: its hours, its pathways, the other help it tells people of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from referrals.pathways.terms import Terms


@dataclass(frozen=True)
class Declared:
    """A pathway as a profile declares it."""

    code: str
    name: str
    terms: Terms
    serves: str = "adults"


@dataclass(frozen=True)
class Post:
    """A signpost as a profile declares it."""

    code: str
    name: str
    what: str
    whom_for: str = ""
    how: str = ""
    phone: str = ""
    link: str = ""


@dataclass(frozen=True)
class Profile:
    name: str  # as it is typed
    council: str
    pathways: tuple[Declared, ...]
    settings: Mapping[str, object] = field(default_factory=dict)  # fields of `Council`, never its name
    signposts: tuple[Post, ...] = ()
