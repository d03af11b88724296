import hashlib
import subprocess

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import transaction
from django.urls import reverse

from brokerage.errors import Refused
from brokerage.files import checking
from brokerage.files.models import Piece, Stored
from brokerage.files.tests import made
from brokerage.files.tests.factories import an_upload, keep_one
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(broker, team):
    return ReferralFactory(in_progress=True, broker=broker, team=team)


def test_what_is_kept_is_byte_for_byte_what_was_handed_in(case, broker):
    content = made.pdf(change=lambda writer: writer.add_metadata({"/Title": "x" * 1_200_000}))

    stored = keep_one(case, by=broker, content=content)

    assert b"".join(stored.chunks()) == content
    assert stored.pieces.count() == 3
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.kind, stored.size, stored.kept_by) == ("pdf", len(content), broker)


def test_a_file_is_kept_under_a_name_nobody_can_guess(case, broker):
    first, second = keep_one(case, by=broker), keep_one(case, by=broker)

    assert first.name != second.name
    assert len(first.name) == 24
    assert "Care" not in first.get_absolute_url()


def test_its_kind_comes_from_its_content_whatever_it_is_called(case, broker):
    stored = keep_one(case, by=broker, content=made.png(), name="plan.pdf")

    assert (stored.kind, stored.shown_as, stored.media_type) == ("png", "plan.png", "image/png")


def test_a_failure_halfway_keeps_nothing(case, broker, monkeypatch):
    """The row and the bytes are one deed: what fails, or is killed, between them leaves neither."""

    def the_database_goes_away(**piece):
        raise ConnectionError

    monkeypatch.setattr(Piece.objects, "create", the_database_goes_away)
    with pytest.raises(ConnectionError), transaction.atomic():
        keep_one(case, by=broker)

    assert not Stored.objects.exists()


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_the_limit_is_the_limit(settings, over):
    settings.LARGEST_FILE = len(made.pdf()) - over

    if over <= 0:
        assert checking.check(an_upload()).kind == "pdf"
    else:
        with pytest.raises(Refused, match="Upload a file smaller than"):
            checking.check(an_upload())


def test_an_empty_file_is_asked_for_again():
    with pytest.raises(Refused, match="This file is empty"):
        checking.check(an_upload(b""))


def test_what_is_over_the_limit_is_dropped_while_it_comes_in(settings, monkeypatch, client, coordinator):
    """It takes up no disk: no temporary file is ever written to beyond the limit."""
    settings.LARGEST_FILE = 3_000_000
    draft = ReferralFactory(referred_by=coordinator)
    client.force_login(coordinator)
    written = []
    to_disk = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda handler, data, start: written.append(len(data)) or to_disk(handler, data, start),
    )

    answer = client.post(
        reverse("referral_papers", args=[draft.reference]),
        {"kind": "other", "title": "Stairs", "dated_on_0": "3", "dated_on_1": "11", "dated_on_2": "2025"}
        | {"file": an_upload(b"%PDF-" + bytes(9_000_000))},
    )

    assert "Upload a file smaller than 2 MB" in answer.content.decode()
    assert 'value="Stairs"' in answer.content.decode()
    assert 0 < sum(written) <= 3_000_000
    assert not Stored.objects.exists()


def test_far_too_much_is_not_even_read_to_its_end(settings, client, coordinator):
    settings.LARGEST_FILE = 1_000
    draft = ReferralFactory(referred_by=coordinator)
    client.force_login(coordinator)

    answer = client.post(reverse("referral_papers", args=[draft.reference]), {"file": an_upload(bytes(100_000))})

    assert answer.status_code in {400, 413}


def test_what_hangs_ends_the_program_that_looks_and_nothing_else(monkeypatch):
    monkeypatch.setattr(checking, "WAIT", 0.01)

    with pytest.raises(Refused, match="could not be checked"):
        checking.check(an_upload())


def test_what_fills_the_memory_ends_the_program_that_looks_and_nothing_else(monkeypatch):
    run = subprocess.run

    def with_little(command, **more):
        script = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 25, 1 << 25)); "
        return run([command[0], "-IB", "-c", script + "x = bytes(1 << 26)", command[-1]], **more)

    monkeypatch.setattr(checking.subprocess, "run", with_little)
    with pytest.raises(Refused, match="could not be checked"):
        checking.check(an_upload())
