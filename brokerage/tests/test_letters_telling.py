import pytest
from django.db import IntegrityError, transaction

from brokerage.links import codes
from brokerage.notify.models import Message
from brokerage.notify.telling import Letter, tell, tell_many
from brokerage.notify.writing import Unfit

from .factories import PasswordLinkFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def hello(letters):
    return letters("hello", "Hello {{ name }}", "Dear {{ name }},\n\nIt’s done & dusted.")


def test_a_letter_is_kept_as_it_was_when_it_was_written(hello):
    about = UserFactory()

    message = tell("ann@council.example", hello, case="R000012", about=about, name="Ann")

    message.refresh_from_db()
    assert (message.subject, message.body) == ("Hello Ann", "Dear Ann,\n\nIt’s done & dusted.\n")
    assert (message.state, message.case, message.audience) == ("queued", "R000012", "staff")
    assert (message.about_label, message.about_id) == ("accounts.User", str(about.pk))
    assert message.message_id.startswith("<")
    assert message.message_id.endswith("@testserver>")


@pytest.mark.parametrize(
    "address",
    ["", "ann", "ann@a.example, bob@b.example", "ann@a.example;bob@b.example", "ann@a.example\nBcc: bob@b.example"],
)
def test_a_letter_goes_to_exactly_one_address(hello, address):
    with pytest.raises(Unfit, match="is not one e-mail address"):
        tell(address, hello, name="Ann")

    assert not Message.objects.exists()


def test_the_database_too_takes_one_address_only(hello):
    message = tell("ann@council.example", hello, name="Ann")

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(address="ann@a.example,bob@b.example")


@pytest.mark.parametrize("name", ["Ann\nBcc: bob@b.example", "Ann\r\nX: y", "Ann\r"])
def test_a_subject_is_one_line_whatever_is_put_in_it(hello, name):
    with pytest.raises(Unfit, match="subject of one line"):
        tell("ann@council.example", hello, name=name)


def test_a_letter_with_something_missing_is_not_written(hello):
    with pytest.raises(Unfit, match="“hello” was not given name"):
        tell("ann@council.example", hello)


def test_what_is_given_is_never_taken_for_a_template(letters):
    plain = letters("plain", "About {{ name }}", "{{ name }}")

    assert tell("ann@council.example", plain, name="{{ 7|add:7 }} <b>").body == "{{ 7|add:7 }} <b>\n"


@pytest.mark.parametrize("words", ["for R000012", "R654321", "(R000012)", "R1000012"])
def test_a_letter_to_a_provider_names_no_case(letters, words):
    sheet = letters("sheet", "Enquiry E000001", "Details {{ words }}.")

    with pytest.raises(Unfit, match="must not name the case"):
        tell("office@oak.example", sheet, audience="provider", words=words)


def test_a_letter_to_a_provider_does_not_name_the_case_it_is_kept_under(letters):
    sheet = letters("sheet", "Enquiry E000001", "Details {{ words }}.")

    with pytest.raises(Unfit, match="must not name the case MOSAIC-77"):
        tell("office@oak.example", sheet, audience="provider", case="MOSAIC-77", words="of MOSAIC-77")

    assert tell("office@oak.example", sheet, audience="provider", case="R000012", words="of E000001").case == "R000012"


def test_the_database_too_keeps_case_references_from_providers(letters):
    sheet = letters("sheet", "Enquiry E000001", "Details")
    message = tell("office@oak.example", sheet, audience="provider")

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(body="About R000012")


def test_a_link_is_not_in_the_letter_that_is_kept(letters):
    template = letters("link", "A link", "Follow [[link]] now")
    link = PasswordLinkFactory()

    message = tell("ann@council.example", template, link=link)

    assert "[[link]]" in message.body
    assert (message.link_label, message.link_id, message.link_issue) == ("accounts.PasswordLink", str(link.pk), 1)


def test_a_code_is_not_in_the_letter_that_is_kept(letters):
    template = letters("code", "A code", "Enter [[code]]")
    code = codes.send(PasswordLinkFactory(), "sign", address="ann@council.example")

    message = tell("ann@council.example", template, code=code)

    assert message.code_id == code.pk
    assert codes.digits_of(code) not in message.body


def test_a_link_needs_a_place_and_a_place_needs_a_link(letters, hello):
    with pytest.raises(Unfit, match=r"has no \[\[link\]\]"):
        tell("ann@council.example", hello, link=PasswordLinkFactory(), name="Ann")
    with pytest.raises(Unfit, match=r"was not given what stands in place of \[\[link\]\]"):
        tell("ann@council.example", letters("link", "A link", "Follow [[link]]"))


def test_a_letter_with_a_key_is_written_once(hello):
    first = tell("ann@council.example", hello, once_key="escalation 7 missed", name="Ann")
    second = tell("ann@council.example", hello, once_key="escalation 7 missed", name="Ann")

    assert first.pk == second.pk is not None
    assert Message.objects.count() == 1


def test_many_letters_are_written_at_once(hello, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        told = tell_many(
            Letter(address=f"p{n}@council.example", template=hello, context={"name": n}) for n in range(200)
        )

    assert len({message.pk for message in told}) == 200
    assert Message.objects.filter(subject="Hello 199").exists()


def test_the_bell_rings_once_and_only_after_the_commit(hello, monkeypatch, django_capture_on_commit_callbacks):
    from brokerage.notify import doorbell

    rung = []
    monkeypatch.setattr(doorbell, "_send", lambda: rung.append("once"))
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for n in range(5):
            tell(f"p{n}@council.example", hello, name=n)
        assert rung == []

    assert len(callbacks) == 1
    assert rung == ["once"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_writes_to_nobody_and_rings_no_bell(hello, monkeypatch):
    from brokerage.notify import doorbell

    rung = []
    monkeypatch.setattr(doorbell, "_send", lambda: rung.append("once"))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell("ann@council.example", hello, name="Ann")
        raise ZeroDivisionError

    assert rung == []
    assert not Message.objects.exists()
