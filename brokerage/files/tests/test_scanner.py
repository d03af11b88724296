"""Against a server of the test's own that speaks as clamd does."""

import time

import pytest

from brokerage.errors import Refused
from brokerage.files import checking, scanner
from brokerage.files.tests import made
from brokerage.files.tests.clamd import Clamd
from brokerage.files.tests.factories import an_upload


def test_the_scanner_reads_every_byte_and_its_verdict_is_kept(clamd):
    checked = checking.check(an_upload(made.png()))

    assert clamd.read == [made.png()]
    assert (checked.verdict, checked.scanned_by) == ("clean", "clamd")
    assert checked.scanned_at


def test_a_virus_that_only_the_scanner_knows_is_turned_away(clamd, monkeypatch):
    monkeypatch.setattr(checking, "_look", lambda upload: ("pdf", upload.size))  # as if we had seen nothing

    with pytest.raises(Refused, match="found a virus"):
        checking.check(an_upload(made.EICAR))


@pytest.mark.parametrize("manner", ["silent", "rude", "hangs_up", "full"])
def test_without_a_verdict_the_file_is_refused_in_words(clamd, monkeypatch, manner):
    monkeypatch.setattr(scanner, "WHOLE", 0.5)
    clamd.manner = manner

    began = time.monotonic()
    with pytest.raises(Refused, match="Try again in a few minutes, or record the paper without its file"):
        checking.check(an_upload(made.pdf()))

    assert time.monotonic() - began < 4


def test_with_the_scanner_down_the_file_is_refused_in_words(clamd):
    clamd.stop()

    with pytest.raises(Refused, match="does not answer"):
        checking.check(an_upload(made.pdf()))


def test_the_scanner_may_listen_on_a_socket_of_this_machine(settings, tmp_path):
    server = Clamd(path=tmp_path / "clamd.ctl")
    settings.SCANNER_URL = server.url

    assert checking.check(an_upload(made.jpeg())).verdict == "clean"

    server.stop()


def test_without_a_scanner_the_file_is_taken_and_says_that_it_was_not_scanned(settings):
    settings.SCANNER_URL = ""

    checked = checking.check(an_upload(made.pdf()))

    assert (checked.verdict, checked.scanned_by, checked.scanned_at) == ("not_scanned", "", None)
