"""Real servers for the tests, from an early plugin (see pytest.ini): settings read their addresses before any conftest.

The first process starts throw-away servers; the workers of a parallel run inherit their addresses, and each takes a
Redis database of its own. Where DATABASE_URL and REDIS_URL are given, those are used and nothing is started.
"""

import atexit
import os
import tempfile
from pathlib import Path

from brokerage.embedded.servers import Servers
from brokerage.tests import ready_made

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def _start():
    folder = tempfile.TemporaryDirectory(prefix="brokerage-test-", ignore_cleanup_errors=True)
    os.chmod(folder.name, 0o755)
    var = Path(folder.name)
    (var / "static").mkdir()
    is_ready = not os.environ.get("DATABASE_URL") and ready_made.put_in(var)
    servers = Servers(var, os.environ, throwaway=True).start()
    os.environ.update(servers.environment())
    _sign_in_as_the_owner()
    os.environ.update(
        VAR_DIR=str(var),
        SEAL_KEY=str(var / "seal.key.pem"),
        SEAL_CERTIFICATE=str(var / "seal.cert.pem"),
        SECRET_KEY="a key for tests and for nothing else, long enough to be one",
        LINK_KEY="another key for tests and for nothing else, long enough too",
        EMAIL_URL="smtp://127.0.0.1:9",
        SITE_URL="http://testserver",
        SECOND_FACTOR_REQUIRED="false",
        ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
        BROKERAGE_TEST_SERVERS="started",
        PYTHONHASHSEED="0",  # the workers must agree on the order of tests made from a set
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # the browser's own loop runs in the thread that asks the database
    )
    if is_ready or ready_made.make(var, servers, os.environ):
        os.environ["TEST_DATABASE_TEMPLATE"] = ready_made.NAME

    started_by = os.getpid()

    def end():
        if os.getpid() == started_by:
            servers.stop()
            folder.cleanup()

    atexit.register(end)


def _sign_in_as_the_owner():
    """Django makes and migrates the test database, so it acts as the owner; the application's role is kept aside."""
    if owner := os.environ.pop("MIGRATE_DATABASE_URL", None):
        os.environ["TEST_APP_DATABASE_URL"] = _of_the_test_database(os.environ["DATABASE_URL"])
        os.environ["DATABASE_URL"] = owner


def _of_the_test_database(url):
    address, slash, database = url.rpartition("/")
    return f"{address}{slash}test_{database}"


def _keep_to_ourselves():
    """This worker's own Redis database, and the name pytest-django gives its test database."""
    number = int(WORKER.removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
    if application := os.environ.get("TEST_APP_DATABASE_URL"):
        os.environ["TEST_APP_DATABASE_URL"] = f"{application}_{WORKER}"


if not os.environ.get("BROKERAGE_TEST_SERVERS"):
    _start()
if WORKER:
    _keep_to_ourselves()
