# AMB-02: a record full of names, and not one byte of it on any page or in any letter that a provider gets

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from brokerage.council import settings as council
from brokerage.council.models import Council
from brokerage.links import links
from brokerage.notify.composing import Pointless, compose
from brokerage.notify.models import Message
from providers.enquiries import actions as enquiries
from providers.enquiries.models import Enquiry
from providers.replies import actions, confirming
from providers.tests.test_enquiry_leaks import assert_none_of_it
from providers.tests.test_enquiry_leaks import enquiry as a_record_full_of_names
from providers.tests.test_reply_pages import ANSWERS, KINDS, PAGES, address
from providers.tests.test_replying import no, offer

pytestmark = pytest.mark.django_db
the_record = a_record_full_of_names
OTHERS = ["Fernwood Care", "fernwood@care.example"]  # another provider asked, and what it offers


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False) as now:
        yield now


@pytest.fixture
def invitation(the_record):
    enquiries.send(the_record, by=the_record.referral.broker)
    other, invitation = the_record.invitations.order_by("pk")
    type(other).objects.filter(pk=other.pk).update(service_name=OTHERS[0], mailbox=OTHERS[1])
    other.refresh_from_db()
    actions.reply(other, **offer(rate=Decimal("17.31"), by_name="Ottoline Frame"))
    return invitation


def assert_tells_nothing(answer, invitation, of_what):
    everything = f"{dict(answer.headers)} {answer.cookies} {answer.reason_phrase} " + answer.content.decode()
    for issue in (1, 2):
        invitation.link_issue = issue
        everything = everything.replace(links.token_for(invitation), "")
    invitation.refresh_from_db()
    assert_none_of_it(everything, of_what, invitation.enquiry.referral)
    for theirs in (*OTHERS, "17.31", "Ottoline"):
        assert theirs not in everything, f"{of_what} tells of another provider"


def visit(client, invitation, state):
    for page in PAGES:
        here = address(invitation, page)
        for method in ("get", "head", "options", "post"):
            assert_tells_nothing(getattr(client, method)(here), invitation, f"{method} {page or 'page'}, {state}")


def test_no_byte_of_any_page_in_any_state_tells_anything_of_the_record(client, invitation, tuesday):
    visit(client, invitation, "open")

    for kind in KINDS:
        sent = client.post(address(invitation, kind), ANSWERS[kind])
        assert sent.status_code == 302
        assert_tells_nothing(sent, invitation, f"sending {kind}")
        assert_tells_nothing(client.get(address(invitation)), invitation, f"having sent {kind}")
    visit(client, invitation, "replied")

    tuesday.move_to(datetime(2026, 11, 5, 12, 30, tzinfo=UTC))
    client.post(address(invitation, "no"), ANSWERS["no"])
    visit(client, invitation, "late")

    Enquiry.objects.update(placed_at=datetime(2026, 11, 5, 12, tzinfo=UTC))
    visit(client, invitation, "placed")

    older = address(invitation)
    gone = client.post(
        address(invitation, "not-us"), {"versions": ["1"], "by_name": "Grace", "by_role": "Owner"}, follow=True
    )
    assert_tells_nothing(gone, invitation, "taken back")
    assert_tells_nothing(client.get(older), invitation, "a replaced link")
    assert_tells_nothing(client.get(address(invitation)[:-3]), invitation, "a broken link")


def test_no_byte_of_the_code_pages_tells_anything_of_the_record(client, invitation):
    Council.objects.update_or_create(pk=1, defaults={"replies_need_code": True})
    council.forget()
    client.post(address(invitation, "whole"), ANSWERS["whole"])

    for name in ("reply_code", "reply_code_again"):
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(name, args=[links.token_for(invitation)]))
            assert_tells_nothing(answer, invitation, f"{method} {name}")
    council.forget()


def test_no_byte_of_any_letter_to_a_provider_tells_anything_of_the_record(invitation):
    enquiry = invitation.enquiry
    actions.reply(invitation, **offer())
    actions.reply(invitation, **no())
    confirming.ask_for_code(invitation, **offer("part", start_on=date(2026, 11, 9)))
    posted = [compose(letter) for letter in Message.objects.filter(audience="provider")]
    actions.disown(invitation, by_name="Grace Hale", by_role="Owner")
    posted += [compose(letter) for letter in Message.objects.filter(template="enquiry-fresh-link")]
    enquiries.withdraw(enquiry, because="Winifred Okafor has died", by=enquiry.referral.broker)
    posted += [compose(letter) for letter in Message.objects.filter(template="enquiry-withdrawn")]

    written = set(Message.objects.filter(audience="provider").values_list("template", flat=True))
    assert written == {"enquiry", "reply-receipt", "reply-code", "enquiry-fresh-link", "enquiry-withdrawn"}
    assert len(posted) == 2 + 3 + 1 + 1 + 2
    for letter in posted:
        headers, _, body = letter.decode().partition("\r\n\r\n")
        shown = [line for line in headers.splitlines() if not line.startswith(("Date:", "Message-ID:"))]
        words = body.replace("=\r\n", "")
        for one in enquiry.invitations.all():
            for issue in (1, 2):
                one.link_issue = issue
                words = words.replace(links.token_for(one), "").replace(links.token_for(one).replace("=", "=3D"), "")
        assert_none_of_it("\n".join(shown) + words, shown[1], enquiry.referral)


def test_a_letter_with_a_dead_link_is_not_posted(invitation):
    actions.reply(invitation, **offer())
    actions.disown(invitation, by_name="Grace Hale", by_role="Owner")

    with pytest.raises(Pointless):
        compose(Message.objects.get(template="reply-receipt", address=invitation.mailbox))


def test_letters_to_staff_about_replies_carry_initials_and_no_name_in_the_subject(invitation):
    actions.reply(invitation, **offer())
    actions.reply(invitation, kind="interested", by_name="Kim", by_role="Owner", phone="01752 496000")
    actions.disown(invitation, by_name="Grace Hale", by_role="Owner")

    letters = Message.objects.filter(template__in=["provider-asks-for-call", "reply-disowned"])
    assert letters.count() == 2
    for letter in letters:
        assert letter.subject.startswith(f"WAO {invitation.enquiry.referral.reference}: ")
        assert "Okafor" not in letter.subject + letter.body


# -- reach, not care


def test_the_public_page_may_not_import_the_record():
    """The contract stands, and says no when a view reaches for a referral."""
    import tomllib

    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    ours = [rule for rule in rules if "providers.reply_page" in rule.get("source_modules", [])]

    assert [(rule["type"], rule["forbidden_modules"]) for rule in ours] == [("forbidden", ["referrals"])]


def test_no_module_of_the_public_page_names_the_record():
    for file in (ROOT / "providers" / "reply_page").glob("*.py"):
        assert "referral" not in file.read_text(), file.name


def test_imports_point_at_the_past():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert "The providers' public page reaches no referral itself KEPT" in ran.stdout, ran.stdout[-2000:]


ROOT = Path(__file__).resolve().parents[2]
