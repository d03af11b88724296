"""A case that waits for papers."""

from django.core.files.uploadedfile import SimpleUploadedFile

from brokerage.clocks import clock
from brokerage.demo import invented
from brokerage.demo.cases import Story
from brokerage.demo.invented import Somebody
from brokerage.demo.times import ago
from brokerage.paper.typesetting import typeset
from referrals.documents import actions as documents

WINSTON = Somebody(
    "Winston", "Gayle", "1939-08-22", "ZX3 6NN", "M400121",
    "Winston’s hands have been shaking more since the summer and he no longer cooks. He would like help at breakfast and supper.",
    "Has a tremor. Needs help to get up, with breakfast and with supper.",
    ("To eat a hot supper", "To keep up the garden"),
    contact=("Carol Gayle", "daughter", "01632 960144"),
)  # fmt: skip


def tell(staff):
    """The broker has asked once for two papers; one of them has come since, with its file."""
    story = Story(staff, WINSTON, "home-care", ago(hours=5)).drafted(papers=["assessment"]).submitted().started()
    with story.past.later(minutes=10):
        documents.ask_for_papers(
            story.referral,
            kinds=["care_plan", "home_care_referral"],
            words="The home care referral may be the short one.",
            by=story.broker,
        )
    with story.past.later(minutes=45):
        documents.record_paper(
            story.referral,
            kind="care_plan",
            dated_on=clock.now().date(),
            where=f"{WINSTON.record_id}/plan",
            by=staff["coordinator"],
            file=_the_plan(),
        )


def _the_plan() -> SimpleUploadedFile:
    says = {"council": invented.COUNCIL["name"], "dated": f"{clock.now():%Y-%m-%d}", "record": WINSTON.record_id}
    words = {"summary": WINSTON.summary, "outcomes": list(WINSTON.outcomes)}
    return SimpleUploadedFile("Care and support plan.pdf", typeset("demo/care_plan.typ", says | words))
