import pytest

from brokerage.files.tests.clamd import Clamd


@pytest.fixture
def clamd(settings):
    server = Clamd()
    settings.SCANNER_URL = server.url
    yield server
    if server.thread.is_alive():
        server.stop()
