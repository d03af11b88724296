"""The council itself: its settings, people, pathways, providers and rates."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password

from brokerage.accounts.models import Team, User
from brokerage.council import settings as council_settings
from brokerage.council.models import Council
from brokerage.demo import invented, pathways
from providers.directory.models import Contact, ContactKind, Postcode, Provider, Rate, RegisterStatus, Service, Standing
from referrals.publishing import actions as publishing
from referrals.signposts import actions as signposts


def set_up() -> dict[str, User]:
    """Everything but cases. Answers with the staff, by the part of their e-mail before the @."""
    Council.objects.update_or_create(pk=1, defaults=invented.COUNCIL)
    council_settings.forget()
    for post in pathways.SIGNPOSTS:
        signposts.add(by=None, **asdict(post))
    for declared in pathways.PATHWAYS:
        publishing.put_in_force(
            code=declared.code,
            name=declared.name,
            serves=declared.serves,
            terms=declared.terms,
            because="How the demonstration council works",
            by=None,
        )
    Postcode.objects.bulk_create(
        Postcode(code=code, easting=east, northing=north) for code, (east, north) in invented.POSTCODES.items()
    )
    for kind, (unit, amount) in invented.RATES.items():
        Rate.objects.create(kind=kind, unit=unit, amount=Decimal(amount), from_on=date(2026, 4, 1))
    _providers("home_care", invented.HOME_CARE)
    _providers("nursing_home", invented.NURSING)
    return _staff()


def _staff():
    adults = Team.objects.create(
        name="Adults brokerage",
        slug="adults",
        serves="adults",
        mailbox="adults@marlshire.example",
        duty_phone="01632 960101",
    )
    children = Team.objects.create(
        name="Children’s brokerage",
        slug="children",
        serves="children",
        mailbox="children@marlshire.example",
        duty_phone="01632 960102",
    )
    password = make_password(settings.DEMONSTRATION_PASSWORD)
    people = {}
    staff = [(adults, each) for each in invented.STAFF] + [(children, each) for each in invented.CHILDRENS_STAFF]
    for number, (team, (name, box, job, roles)) in enumerate(staff):
        people[box] = User.objects.create(
            full_name=name,
            email=f"{box}@marlshire.example",
            job_title=job,
            roles=roles,
            phone=f"01632 9602{number:02d}",
            password=password,
        )
        people[box].teams.add(team)
    for box in invented.IN_BOTH_TEAMS:
        people[box].teams.add(children)
    return people


def _providers(kind, rows):
    for number, (name, postcode, rating, bands) in enumerate(rows):
        easting, northing = invented.POSTCODES[postcode]
        in_house = "in-house" in name
        provider = Provider.objects.create(name=invented.COUNCIL["name"] if in_house else f"{name} Limited")
        service = Service.objects.create(
            provider=provider,
            name=name,
            kinds=[kind],
            specialisms=[band for band in bands if band != "palliative"],
            sector="in_house" if in_house else "private",
            address_lines=[f"{number + 2} Station Road", "Marlham"],
            postcode=postcode,
            easting=easting,
            northing=northing,
            phone=f"01632 96{3 if kind == 'home_care' else 4}{number:03d}"[:12],
            register_status=RegisterStatus.REGISTERED,
            rating_overall=rating,
            rating_on=date(2025, 6, 1),
            beds=None if kind == "home_care" else 28 + 4 * number,
        )
        box = "".join(letter for letter in name.lower() if letter.isalnum())[:24]
        if name not in invented.NO_MAILBOX:
            for purpose in (ContactKind.ENQUIRIES, ContactKind.SIGNING):
                Contact.objects.create(service=service, kind=purpose, mailbox=f"{purpose}@{box}.example")
        if because := invented.SUSPENDED.get(name):
            Standing.objects.create(service=service, status="suspended", because=because, from_on=date(2026, 10, 1))
