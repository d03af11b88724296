"""The development letter box: read by whoever sits at the machine, and by nobody else."""

import mailbox
from email.message import EmailMessage

import pytest
from django.http import Http404

from brokerage.devmail import letters, views


@pytest.fixture
def box(tmp_path, settings):
    settings.DEV_MAILBOX = str(tmp_path / "mail")
    return mailbox.Maildir(settings.DEV_MAILBOX)


def a_letter():
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Enquiry E000012", "us@council.example", "you@home.example"
    letter["Date"] = "Mon, 02 Nov 2026 09:00:00 +0000"
    letter.set_content("Read it at http://127.0.0.1:8000/r/abc.1.def/ by Wednesday.\n")
    letter.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="agreement.pdf")
    return letter


def test_a_letter_is_read_with_what_came_with_it(box):
    box.add(a_letter())

    (letter,) = letters.newest(box._path)

    assert (letter.subject, letter.to, letter.sent_at.hour) == ("Enquiry E000012", "you@home.example", 9)
    assert "by Wednesday" in letter.body
    assert [(part.name, part.content) for part in letter.attachments] == [("agreement.pdf", b"%PDF-")]


def test_the_newest_letter_comes_first(box):
    for subject in ("First", "Second"):
        letter = EmailMessage()
        letter["Subject"] = subject
        box.add(letter)

    assert [letter.subject for letter in letters.newest(box._path)] == ["Second", "First"]


@pytest.mark.parametrize("key", ["../../etc/passwd", "none"])
def test_nothing_but_letters_can_be_asked_for(box, key):
    assert letters.find(box._path, key) is None


@pytest.mark.parametrize(
    "elsewhere",
    [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_FORWARDED": "for=192.0.2.7"}],
)
def test_it_is_not_there_for_anybody_elsewhere(box, rf, elsewhere):
    with pytest.raises(Http404):
        views.letter_list(rf.get("/dev/mail/", **elsewhere))


def test_it_is_not_there_unless_it_was_asked_for(settings, rf):
    settings.DEV_MAILBOX = ""

    with pytest.raises(Http404):
        views.letter_list(rf.get("/dev/mail/"))
