"""What referrers write, in parts that go together in any order."""

HAPPENED = (
    "{name} came home from hospital this week after a fall.",
    "{name} has lived alone since the spring and manages less than before.",
    "{name}’s {relation} can no longer do the lifting.",
    "{name} was found cold and confused by a neighbour.",
    "{name}’s memory has got worse and meals are missed.",
    "The agency that visits {name} gives its contract back at the end of the month.",
    "{name} is ready to leave the rehabilitation ward.",
    "{name} has been turned away by two agencies since the assessment.",
)
NEEDED = (
    "Help is needed to get up, wash and have breakfast.",
    "Help is needed morning and evening, and somebody to look in at noon.",
    "Tablets must be given at set times.",
    "Two carers are needed for each transfer.",
    "Company and help with shopping would make staying at home possible.",
    "Nights are hard: somebody must be there.",
)
CHILDS = (
    "{name} needs somebody beside them after school so that their parents can see to the younger ones.",
    "{name}’s family asks for one weekend a month.",
    "{name} loves water and music and needs two people outdoors.",
)
HEALTH = (
    "Heart failure",
    "Dementia of the Alzheimer’s type",
    "Stroke two years ago",
    "Arthritis in hands and hips",
    "Parkinson’s",
    "Diabetes",
    "Epilepsy",
    "None beyond what is above",
)
BEHAVIOUR = (
    "None",
    "None",
    "None",
    "Calls out at night",
    "May refuse to wash when rushed",
    "Goes out alone and loses the way",
)
SUPPORT = ("None", "Family until now", "A neighbour looks in", "Six weeks of reablement, ending soon")
EQUIPMENT = {
    "independent": "None",
    "aid": "Walking frame",
    "one": "Raised toilet seat, bed rail",
    "two": "Hoist and slings",
    "bed": "Profiling bed, hoist and slings",
}
OUTCOMES = (
    "To stay in my own home",
    "To get back to the lunch club",
    "To wash without being afraid of falling",
    "To eat a hot meal every day",
    "For my family to rest",
    "To go out once a week",
)
CANNOT_WAIT = {
    "emergency": (
        "Carer taken to hospital tonight",
        "Found alone and unable to get up",
        "Care withdrawn today without notice",
    ),
    "urgent": ("Ward needs the bed", "Family carer is at the end of their strength", "Present agency stops on Friday"),
}
CLOSED = (
    (("closed", "Care arranged: the service began"), 82),
    (("closed", "Nothing more needed: family will help"), 5),
    (("withdrawn", "Withdrawn: went back to hospital"), 6),
    (("withdrawn", "Withdrawn: the person died"), 4),
    (("withdrawn", "Withdrawn: moved to another area"), 3),
)
