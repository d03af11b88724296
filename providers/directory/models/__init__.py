from providers.directory.models.contacts import Contact, ContactKind
from providers.directory.models.postcodes import Postcode
from providers.directory.models.readings import Reading
from providers.directory.models.services import Band, Kind, Offering, Provider, RegisterStatus, Sector, Service, State
from providers.directory.models.standings import Standing, StandingStatus
from providers.directory.models.terms import Framework, Lot, Membership, Rate, Unit

__all__ = [
    "Band",
    "Contact",
    "ContactKind",
    "Framework",
    "Kind",
    "Lot",
    "Membership",
    "Offering",
    "Postcode",
    "Provider",
    "Rate",
    "Reading",
    "RegisterStatus",
    "Sector",
    "Service",
    "Standing",
    "StandingStatus",
    "State",
    "Unit",
]
