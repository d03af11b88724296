"""What a pathway declares, typed: papers, agreements, the provider's window, how it is priced, what may be shown."""

from dataclasses import asdict, dataclass, field, fields


@dataclass(frozen=True)
class Terms:
    service_kind: str  # what is asked of providers: home_care, nursing_home …
    service_in_words: str  # for letters and sheets: "home care"
    papers: tuple[str, ...]  # document kinds that must be on record before arranging (MED-01, MED-06)
    papers_if_urgent: tuple[str, ...] = (
        "funding_agreement",
        "pen_picture",
    )  # instead, when urgent or interim (MED-02, MED-07)
    agreement_to_search: bool = False  # panel agrees the search first (MED-06)
    agreement_above_rate: bool = False  # panel agrees a price above the contracted rate (MED-11)
    negotiate_first: bool = False  # the negotiation is recorded before panel sees the price (MED-11)
    reply_rule: str = "adults_one_working_day"  # how long providers have; see brokerage.clocks
    unit: str = "hour"  # what a rate buys: "hour" or "week"
    timetable: bool = True  # visits by day and time, or a bed
    within_miles: int = 15  # how far to look when nothing narrower is asked
    sheet: tuple[str, ...] = field(  # the allow-list: what a provider may read (AMB-02)
        default=(
            "need_in_brief",
            "age_band",
            "area",
            "distance",
            "outcomes",
            "timetable",
            "tasks",
            "bands",
            "mobility",
            "equipment",
            "preferences",
            "wanted_start",
        )
    )
    sheet_needs_release: bool = False  # a second person releases what providers read

    @classmethod
    def read(cls, definition: dict) -> "Terms":
        known = {f.name for f in fields(cls)}
        if unknown := set(definition) - known:
            raise ValueError(f"Unknown in a pathway's definition: {', '.join(sorted(unknown))}.")
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in definition.items()})

    def write(self) -> dict:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}
