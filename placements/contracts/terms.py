"""The approved wording. A council's lawyers change these lines and nothing else.

Each agreement keeps the words it was issued with, so a change here touches no agreement already made.
"""

APPROVED_ON = "3 November 2026"

FOR_VISITS = (
    (
        "The visits",
        "The provider makes the visits set out above, at those times and for that long, and sends the same small group "
        "of carers wherever it can. A visit more than 30 minutes late or cut short is told to the person at once and "
        "to the council the same day.",
    ),
    (
        "Payment",
        "The council pays every four weeks in arrears for the visits made. A visit that the person cancels with less than "
        "24 hours’ notice is paid for. A visit that the provider misses is not.",
    ),
    (
        "Hospital and time away",
        "The provider tells the council by the next working day when the person goes into hospital or away. The visits are "
        "then suspended, and the provider keeps the place open for 14 days.",
    ),
    ("Ending", "Either side may end this agreement by giving 14 days’ notice in writing."),
)

FOR_A_PLACE = (
    (
        "The place",
        "The provider gives the person a room of their own, meals, and care day and night that meets the needs it was told of "
        "and the outcomes set out above. It does not move the person to another room or home without the person’s and the "
        "council’s agreement.",
    ),
    (
        "Payment",
        "The council pays every four weeks in arrears, by the nights the person stays. Nobody is asked to pay more than "
        "the price above for what this agreement covers.",
    ),
    (
        "Hospital and time away",
        "The provider tells the council by the next working day when the person goes into hospital or away, and keeps the room "
        "for them. The council pays the full price for the first 14 nights, and then agrees with the provider what is paid.",
    ),
    ("Ending", "Either side may end this agreement by giving 28 days’ notice in writing."),
)

FOR_ALL = (
    (
        "What this agreement is",
        "It covers the support of one person. Where the provider has a framework or other contract with the council, that "
        "contract applies to this support too.",
    ),
    (
        "Respect",
        "The provider treats the person with dignity, follows their choices about their own life, and works towards the "
        "outcomes set out above.",
    ),
    (
        "Changes",
        "The price, the times and the amount of support change only when both sides have agreed it in writing. The provider "
        "tells the council’s brokerage service as soon as it sees that the person needs more or less.",
    ),
    (
        "Safeguarding",
        "The provider reports any concern that the person is being harmed or neglected to the council’s safeguarding team the "
        "same day, and any serious incident, missed medication or missed visit to the brokerage service.",
    ),
    (
        "Information",
        "What the provider learns about the person is used to support them and for nothing else, kept safe and confidential as "
        "data protection law requires, and returned or destroyed when it is no longer needed.",
    ),
    (
        "If things go wrong",
        "Each side tells the other early and tries to put it right. The council may end this agreement at once when the person "
        "is at risk, when they die, or when the provider’s registration ends.",
    ),
)


def clauses(unit: str) -> list[tuple[str, str]]:
    """
    Args:
        unit: what the rate buys, "hour" or "week".
    """
    first, second, *rest = FOR_ALL
    particular = FOR_VISITS if unit == "hour" else FOR_A_PLACE
    *usual, ending = particular
    return [first, second, *usual, *rest, ending]
