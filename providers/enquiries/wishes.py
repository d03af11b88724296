"""A provider named on a referral: one not to be asked after a bad experience, or the only one that will do (LEI-09)."""

from dataclasses import dataclass

from brokerage.naming.plain import squashed


@dataclass(frozen=True)
class Wishes:
    """Named in words, so they are held against the names of the services found."""

    avoid: str = ""
    avoid_because: str = ""
    only: str = ""  # empty where nobody found has that name: then all are looked at, and the broker decides
    only_because: str = ""

    @classmethod
    def of(cls, answers, names: list[str]) -> "Wishes":
        only = answers.get("provider_required") or ""
        return cls(
            avoid=answers.get("provider_to_avoid") or "",
            avoid_because=answers.get("provider_to_avoid_because") or "",
            only=only if any(_same(only, name) for name in names) else "",
            only_because=answers.get("provider_required_because") or "",
        )

    def reason_against(self, name: str) -> str | None:
        if _same(self.avoid, name):
            return f"The referrer asks not to ask them: {self.avoid_because}"
        if self.only and not _same(self.only, name):
            return f"The referrer asks for {self.only} alone: {self.only_because}"
        return None


def _same(said: str, name: str) -> bool:
    """ "Sunny Days" is "Sunny Days Care Ltd": one within the other, and long enough to mean it."""
    said, name = squashed(said), squashed(name)
    return len(said) > 3 and (said in name or name in said)
