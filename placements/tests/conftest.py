from datetime import UTC, datetime

import pytest

from brokerage.paper.certificates import make_pair


@pytest.fixture(scope="session")
def seal_pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seal")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make_pair(key, certificate, council="Exampleshire Council", at=datetime(2026, 1, 1, tzinfo=UTC))
    return key, certificate


@pytest.fixture(autouse=True)
def a_seal(settings, seal_pair):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = map(str, seal_pair)
