"""Fixtures for tests that write letters: templates of their own, and a mail server to post them to."""

import pytest

from brokerage.notify import doorbell, smtp, writing

from .faults.servers import MailServer


@pytest.fixture
def letters(settings, tmp_path):
    """`letters("hello", "Subject", "Body")` makes a template."""
    folder = tmp_path / "templates"

    def make(name, subject, body):
        (folder / "notify").mkdir(parents=True, exist_ok=True)
        (folder / "notify" / f"{name}.txt").write_text(f"{subject}\n\n{body}\n")
        return name

    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder, *settings.TEMPLATES[0]["DIRS"]]}]
    _forget()
    yield make
    _forget()


@pytest.fixture(scope="session")
def one_mail_server(tmp_path_factory):
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


@pytest.fixture
def mail(settings, one_mail_server):
    """A real mail server, empty and polite, that this process posts to."""
    one_mail_server.behaves()
    for file in [*one_mail_server.folder.glob("*.eml"), *one_mail_server.folder.glob("connections")]:
        file.unlink()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", one_mail_server.port, 5
    yield one_mail_server
    smtp.here().hang_up()


@pytest.fixture
def quiet_bell(monkeypatch):
    """Nobody is woken: the test posts by itself."""
    monkeypatch.setattr(doorbell, "_send", lambda: None)
    monkeypatch.setattr(doorbell, "_listen", lambda: None)


def _forget():
    writing._engine.cache_clear()
    writing._template.cache_clear()
