"""The regulator's words, as its files have spelt them since 2016, and ours."""

import re

from providers.directory.models import Band, Kind

KINDS = {
    "homecare agencies": Kind.HOME_CARE,
    "domiciliary care service": Kind.HOME_CARE,
    "nursing homes": Kind.NURSING_HOME,
    "care home service with nursing": Kind.NURSING_HOME,
    "residential homes": Kind.RESIDENTIAL_HOME,
    "care home service without nursing": Kind.RESIDENTIAL_HOME,
    "supported living": Kind.SUPPORTED_LIVING,
    "supported living service": Kind.SUPPORTED_LIVING,
    "supported housing": Kind.EXTRA_CARE,
    "extra care housing services": Kind.EXTRA_CARE,
    "shared lives": Kind.SHARED_LIVES,
}

REGISTER_KINDS = frozenset(KINDS.values())

NOT_CARE = {
    "acute services with overnight beds",
    "acute services without overnight beds / listed acute services with or without overnight beds",
    "ambulance service",
    "ambulances",
    "blood and transplant service",
    "clinic",
    "community based services for people who misuse substances",
    "community based services for people with a learning disability",
    "community based services for people with mental health needs",
    "community health care services - nurses agency only",
    "community healthcare service",
    "community services - healthcare",
    "community services - learning disabilities",
    "community services - mental health",
    "community services - nursing",
    "community services - substance abuse",
    "dental service",
    "dentist",
    "diagnosis/screening",
    "diagnostic and/or screening service",
    "doctors consultation service",
    "doctors treatment service",
    "doctors/gps",
    "education disability services",
    "home hospice care",
    "hospice",
    "hospice services",
    "hospice services at home",
    "hospital",
    "hospital services for people with mental health needs, learning disabilities and problems with substance misuse",
    "hospitals - mental health/capacity",
    "hyperbaric chamber",
    "hyperbaric chamber services",
    "long term conditions services",
    "long-term conditions",
    "mobile doctors",
    "mobile doctors service",
    "phone/online advice",
    "prison healthcare",
    "prison healthcare services",
    "rehabilitation (illness/injury)",
    "rehabilitation (substance abuse)",
    "rehabilitation services",
    "remote clinical advice service",
    "residential substance misuse treatment and/or rehabilitation service",
    "specialist college service",
    "urgent care centres",
    "urgent care services",
}

BANDS = {
    "caring for adults over 65 yrs": Band.OLDER_PEOPLE,
    "caring for adults under 65 yrs": Band.WORKING_AGE,
    "caring for children": Band.CHILDREN,
    "caring for children (0 - 18yrs)": Band.CHILDREN,
    "dementia": Band.DEMENTIA,
    "mental health conditions": Band.MENTAL_HEALTH,
    "learning disabilities": Band.LEARNING_DISABILITY,
    "learning disabilities or autistic spectrum disorder": Band.LEARNING_DISABILITY,
    "physical disabilities": Band.PHYSICAL_DISABILITY,
    "sensory impairment": Band.SENSORY_IMPAIRMENT,
    "sensory impairments": Band.SENSORY_IMPAIRMENT,
    "substance misuse problems": Band.SUBSTANCE_MISUSE,
    "eating disorders": Band.EATING_DISORDERS,
    "caring for people whose rights are restricted under the mental health act": Band.RIGHTS_RESTRICTED,
}

RATINGS = {
    "outstanding",
    "good",
    "requires improvement",
    "inadequate",
    "inspected but not rated",
}

REGIONS = {
    "yorkshire & humberside": "Yorkshire and the Humber",
    "yorkshire and humber": "Yorkshire and the Humber",
    "greater london": "London",
    "east of england": "East",
}


def words(text: str) -> list[str]:
    """A cell's list: older files part it by |, newer ones by commas. None of our words has a comma in it."""
    return [word.strip() for word in re.split(r"[|,;]", text or "") if word.strip()]


def kinds(said: list[str]) -> list[str]:
    return _in_order(Kind, (KINDS.get(word.lower()) for word in said))


def bands(said: list[str]) -> list[str]:
    return _in_order(Band, (BANDS.get(word.lower()) for word in said))


def unknown(said: list[str]) -> list[str]:
    """Words for a kind of service that we have never met: a new one of these may hide care from a search."""
    return [word for word in said if word.lower() not in KINDS and word.lower() not in NOT_CARE]


def rating(said: str) -> str:
    plain = (said or "").strip().capitalize()
    return plain if plain.lower() in RATINGS else ""


def region(said: str) -> str:
    plain = re.sub(r"\s*\(ADASS Region\)$", "", (said or "").strip())
    return REGIONS.get(plain.lower(), plain)


def _in_order(choices, found):
    found = set(found)
    return [choice.value for choice in choices if choice in found]
