"""CSV files, known by their headings. One line here for each thing we keep, with every heading it has had.

Registered managers and nominated individuals have columns too. They are never read.
"""

from collections.abc import Iterator

from providers.directory.models import RegisterStatus
from providers.directory.registers import cells, vocabulary
from providers.directory.registers.entries import Entry, Reject

HEADINGS = {
    "location_id": ["CQC Location ID (for office use only)", "CQC Location (for office use only)", "Location ID"],
    "provider_id": ["CQC Provider ID (for office use only)", "Provider ID"],
    "name": ["Name", "Location Name"],
    "provider_name": ["Provider name"],
    "company_number": ["Provider Companies House Number"],
    "postcode": ["Postcode", "Location Postal Code"],
    "phone": ["Phone number", "Location telephone number"],
    "website": ["Service's website (if available)", "Website", "Location Web Address"],
    "service_types": ["Service types"],
    "bands": ["Specialisms/services", "Service users supported"],
    "local_authority": ["Local authority", "Location Local Authority"],
    "region": ["Region", "Location ADASS Region", "Location Region"],
    "beds": ["Care homes beds"],
    "rating": ["Location Latest Overall Rating"],
    "rating_on": ["Publication Date"],
    "checked_on": ["Date of latest check", "Report publication date"],
    "registered_on": ["Location HSCA start date"],
    "deregistered_on": ["Location HSCA end date"],
    "dormant": ["Dormant", "Dormant (Y/N)"],
}
ADDRESS = [
    "Address",
    "Address 1",
    "Address 2",
    "Town/City",
    "County",
    "Location Street Address",
    "Location Address Line 2",
    "Location City",
    "Location County",
]
ONE_COLUMN_EACH = "service type - "
NEEDED = ("location_id", "provider_id", "name")


class Columns:
    """Where each thing stands in one file's row of headings."""

    def __init__(self, headings: list[str]):
        self.width = len(headings)
        places = {heading.strip().lower(): index for index, heading in reversed(list(enumerate(headings)))}
        self.index = {}
        for thing, known in HEADINGS.items():
            found = [places[name.lower()] for name in known if name.lower() in places]
            if found:
                self.index[thing] = found[0]
        self.address = [places[name.lower()] for name in ADDRESS if name.lower() in places]
        self.types = {
            name.removeprefix(ONE_COLUMN_EACH): index
            for name, index in places.items()
            if name.startswith(ONE_COLUMN_EACH)
        }

    @property
    def are_known(self) -> bool:
        return all(thing in self.index for thing in NEEDED)

    @property
    def source(self) -> str:
        return "CQC locations and ratings" if "rating" in self.index else "CQC care directory"

    def entries(self, rows: Iterator[tuple[int, list[str] | str]]) -> Iterator[Entry | Reject]:
        for line, row in rows:
            if isinstance(row, str):
                yield Reject(line, row)
            elif not any(cell.strip() for cell in row):
                continue
            elif len(row) != self.width:
                yield Reject(line, f"It has {len(row)} columns where the headings have {self.width}.")
            else:
                yield self._entry(line, [cell.strip() for cell in row])

    def _entry(self, line, row) -> Entry | Reject:
        location_id, provider_id = self._cell(row, "location_id"), self._cell(row, "provider_id")
        name = self._cell(row, "name")
        if not name:
            return Reject(line, "It has no name.")
        if not location_id and not provider_id:
            return Reject(line, f"{name} has neither a location id nor a provider id.")
        about_a_place = self._address(row)
        if not location_id:
            return Entry(line, None, provider_id, {}, stated({"name": name} | about_a_place), latest=self._latest(row))
        said = vocabulary.words(self._cell(row, "service_types")) + [
            kind for kind, index in self.types.items() if cells.a_yes(row[index])
        ]
        facts = {"name": name} | about_a_place | self._about_care(row, said)
        return Entry(
            line,
            location_id,
            provider_id or None,
            stated(facts),
            stated({"name": self._cell(row, "provider_name"), "company_number": self._cell(row, "company_number")}),
            service_words=said,
            latest=self._latest(row),
            doubts=self._doubts(row),
        )

    def _address(self, row) -> dict:
        return {
            "address_lines": [row[index] for index in self.address if row[index]],
            "postcode": cells.a_postcode(self._cell(row, "postcode")),
            "phone": cells.a_phone(self._cell(row, "phone")),
            "website": cells.a_website(self._cell(row, "website")),
            "local_authority": self._cell(row, "local_authority"),
            "region": vocabulary.region(self._cell(row, "region")),
        }

    def _about_care(self, row, said) -> dict:
        ended_on = cells.a_date(self._cell(row, "deregistered_on"))
        rated = vocabulary.rating(self._cell(row, "rating"))
        facts = {
            "specialisms": vocabulary.bands(vocabulary.words(self._cell(row, "bands"))),
            "register_status": RegisterStatus.DEREGISTERED if ended_on else RegisterStatus.REGISTERED,
            "deregistered_on": ended_on,
            "registered_on": cells.a_date(self._cell(row, "registered_on")),
            "rating_overall": rated,
            "rating_on": cells.a_date(self._cell(row, "rating_on")) if rated else None,
            "beds": cells.a_number(self._cell(row, "beds")),
        }
        if said:
            facts["kinds"] = vocabulary.kinds(said)
        if "dormant" in self.index:
            facts["dormant"] = cells.a_yes(self._cell(row, "dormant"))
        return facts

    def _latest(self, row):
        dated = ("checked_on", "rating_on", "registered_on", "deregistered_on")
        return max(filter(None, (cells.a_date(self._cell(row, thing)) for thing in dated)), default=None)

    def _doubts(self, row):
        postcode = self._cell(row, "postcode")
        return (
            (f"{postcode} is not a postcode, so it has no place.",)
            if postcode and not cells.a_postcode(postcode)
            else ()
        )

    def _cell(self, row, thing) -> str:
        index = self.index.get(thing)
        return "" if index is None else row[index]


def stated(facts: dict) -> dict:
    return {name: fact for name, fact in facts.items() if fact not in ("", None, []) or name == "kinds"}
