"""The council's settings, and what is another about them, in plain words."""

from brokerage.clocks import saying
from brokerage.clocks.calendars import WEEKDAYS
from brokerage.council.models import OutOfHours

LABELS = {
    "name": "Name of the council",
    "service_name": "Name of the service",
    "brand_colour": "Colour of the council",
    "link_colour": "Colour of links",
    "phone": "Phone",
    "email": "Email address",
    "time_zone": "Time zone",
    "working_days": "Working days",
    "opens_at": "Opens at",
    "closes_at": "Closes at",
    "morning_ends_at": "The morning ends at",
    "out_of_hours": "What comes out of hours",
    "replies_need_code": "Providers’ replies need a code",
    "adults_sheets_need_release": "A second person releases what providers read about adults",
}
HOURS = ("working_days", "opens_at", "closes_at", "morning_ends_at", "out_of_hours")


def value(name: str, value) -> str:
    if name == "working_days":
        return days(value)
    if name in {"opens_at", "closes_at", "morning_ends_at"}:
        return f"{value:%H:%M}"
    if name == "out_of_hours":
        return OutOfHours(value).label
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def days(numbers) -> str:
    """ "Monday to Friday", "Monday, Tuesday and Saturday"."""
    numbers = sorted(numbers)
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{WEEKDAYS[numbers[0]]} to {WEEKDAYS[numbers[-1]]}"
    return saying.listed([WEEKDAYS[number] for number in numbers]) if numbers else "None"


def changes(before: dict, after: dict) -> list[str]:
    return [
        f"{LABELS[name]}: {value(name, before[name]) or 'none'} → {value(name, after[name]) or 'none'}"
        for name in after
        if before[name] != after[name]
    ]
