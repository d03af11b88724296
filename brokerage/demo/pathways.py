"""The demonstration council's pathways: other councils' ways of working, and two of its own that its stories walk."""

from dataclasses import replace

from brokerage.profiles import common, greenwich, leicestershire, medway
from brokerage.profiles.profile import Declared

REACHED = (
    "Marlshire Shared Lives",
    "Marlshire Sight Support",
    "Marlshire Deaf Services",
    "The hospital team",
    "Marlshire Outreach",
)
SIGNPOSTS = tuple(  # what such help is like, with nobody real behind it
    replace(post, how=how, phone=f"01632 96030{number}")
    for number, (post, how) in enumerate(zip(medway.PROFILE.signposts, REACHED, strict=True), start=1)
)

HOME_CARE = replace(
    common.HOME_CARE,
    guidance=("Ring brokerage first where support must start today or tomorrow.", *common.HOME_CARE.guidance),
    signposts=("sight-services", "deaf-services", "intermediate-care"),
)
NURSING = replace(
    common.RESIDENTIAL,
    service_kind="nursing_home",
    service_in_words="a nursing home place",
    pages=common.NO_VISITS,
    own_pages=(),
    questions=(),
    agreement_to_search=True,
    agreement_above_rate=True,
    negotiate_first=True,
    guidance=(medway.NO_OPTIONS_YET,),
    signposts=("shared-lives", "intermediate-care"),
)
PATHWAYS = (
    Declared("home-care", "Home care", HOME_CARE),
    Declared("nursing-home", "Nursing home", NURSING),
    *(declared for declared in medway.PROFILE.pathways if declared.code not in {"home-care", "nursing-home"}),
    *(
        declared
        for declared in greenwich.PROFILE.pathways
        if declared.code in {"day-and-community", "direct-payment-help"}
    ),
    *leicestershire.PROFILE.pathways,
)
