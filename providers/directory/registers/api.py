"""The regulator's API: one JSON object for each location or provider. Its `contacts` name people: never read."""

import json
from collections.abc import Iterator
from datetime import date

from providers.directory.models import RegisterStatus
from providers.directory.registers import cells, vocabulary
from providers.directory.registers.columns import stated
from providers.directory.registers.entries import Entry, Place84, Reject

SOURCE = "CQC API"


def entries(lines: Iterator[tuple[int, str]]) -> Iterator[Entry | Reject]:
    for line, text in lines:
        if not text.strip():
            continue
        try:
            yield _entry(line, json.loads(text))
        except ValueError as problem:
            yield Reject(line, f"It is not JSON: {problem}.")
        except (TypeError, AttributeError, KeyError) as problem:
            yield Reject(line, f"It does not have the shape of the API: {problem}.")


def _entry(line, said) -> Entry | Reject:
    if not isinstance(said, dict):
        return Reject(line, "It is not an object.")
    location_id, provider_id = said.get("locationId") or None, said.get("providerId") or None
    name = (said.get("name") or said.get("locationName") or "").strip()
    if not location_id and not provider_id:
        return Reject(line, "It has neither a location id nor a provider id.")
    if not name:
        return Reject(line, f"{location_id or provider_id} has no name.")
    if not location_id:
        provider_facts = {"name": name, "company_number": said.get("companiesHouseNumber")} | _address(said)
        return Entry(line, None, provider_id, {}, stated(provider_facts), latest=_latest(said))
    return _location(line, location_id, provider_id, name, said)


def _location(line, location_id, provider_id, name, said) -> Entry:
    types = said.get("gacServiceTypes") or []
    words = [kind["name"] for kind in types]
    others = [kind.get("description") or "" for kind in types]
    facts = {"name": name} | _address(said) | _about_care(said)
    if words:
        facts["kinds"] = vocabulary.kinds(words + others)
    return Entry(
        line,
        location_id,
        provider_id,
        stated(facts),
        service_words=words,
        place=_place(said),
        succeeded_by=_related(said, "HSCA Successor"),
        succeeds=_related(said, "HSCA Predecessor"),
        latest=_latest(said),
    )


def _address(said) -> dict:
    lines = ("postalAddressLine1", "postalAddressLine2", "postalAddressTownCity", "postalAddressCounty")
    return {
        "address_lines": [said[line].strip() for line in lines if (said.get(line) or "").strip()],
        "postcode": cells.a_postcode(said.get("postalCode")),
        "phone": cells.a_phone(said.get("mainPhoneNumber")),
        "website": cells.a_website(said.get("website")),
        "local_authority": said.get("localAuthority"),
        "region": vocabulary.region(said.get("region")),
    }


def _about_care(said) -> dict:
    overall = (said.get("currentRatings") or {}).get("overall") or {}
    rated = vocabulary.rating(overall.get("rating"))
    facts = {
        "specialisms": vocabulary.bands([band["name"] for band in said.get("specialisms") or []]),
        "register_status": _status(said.get("registrationStatus")),
        "registered_on": cells.a_date(said.get("registrationDate")),
        "deregistered_on": cells.a_date(said.get("deregistrationDate")),
        "rating_overall": rated,
        "rating_on": cells.a_date(overall.get("reportDate")) if rated else None,
        "beds": cells.a_number(said.get("numberOfBeds")),
    }
    return facts | ({"dormant": cells.a_yes(said["dormancy"])} if said.get("dormancy") else {})


def _status(said) -> str | None:
    known = {"registered": RegisterStatus.REGISTERED, "deregistered": RegisterStatus.DEREGISTERED}
    return known.get((said or "").lower())


def _place(said) -> Place84 | None:
    latitude, longitude = said.get("onspdLatitude"), said.get("onspdLongitude")
    return Place84(float(latitude), float(longitude)) if latitude and longitude else None


def _related(said, kind) -> tuple[str, ...]:
    return tuple(other["relatedLocationId"] for other in said.get("relationships") or [] if other["type"] == kind)


def _latest(said) -> date | None:
    dates = (
        said.get("registrationDate"),
        said.get("deregistrationDate"),
        (said.get("lastReport") or {}).get("publicationDate"),
        (said.get("lastInspection") or {}).get("date"),
    )
    return max(filter(None, map(cells.a_date, dates)), default=None)
