"""Cases that wait for papers, and pathways that let somebody go on without one."""

import factory

from brokerage.clocks import clock
from brokerage.files.checking import check
from brokerage.files.tests.factories import an_upload
from referrals.documents.models import Chase, PaperRequest
from referrals.pathways.terms import Terms, Waiver
from referrals.tests.factories import PathwayFactory

WAIVABLE = Terms(
    service_kind="home_care",
    service_in_words="home care",
    papers=("assessment", "care_plan"),
    waivers=(Waiver("care_plan", "team_manager"),),
)


def a_pathway_that_waives():
    return PathwayFactory(code="waives", name="Home care", definition=WAIVABLE.write())


def a_checked_file(**more):
    return check(an_upload(**more))


class PaperRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaperRequest

    kinds = ["care_plan"]
    next_step_before = "Start work"
    asked_at = factory.LazyFunction(clock.now)
    told_at = factory.SelfAttribute("asked_at")
    asked_by = factory.SelfAttribute("referral.broker")


class ChaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chase

    reason = "phone_first"
    began_at = factory.LazyFunction(clock.now)
    began_by = factory.SelfAttribute("referral.referred_by")
    next_letter_at = factory.SelfAttribute("began_at")
