import socket
import time

import pytest
from django.conf import settings

from brokerage.cache import FailOpenRedisCache


@pytest.fixture
def frozen():
    """A port that takes connections and never answers, as a stopped Redis does."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    yield FailOpenRedisCache(f"redis://127.0.0.1:{listener.getsockname()[1]}/0", {})
    listener.close()


@pytest.fixture
def dead():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return FailOpenRedisCache(f"redis://127.0.0.1:{port}/0", {})


def test_a_working_cache_keeps_things():
    working = FailOpenRedisCache(settings.REDIS_URL, {})
    working.delete("kept")

    assert working.add("kept", 1)
    assert not working.add("kept", 2)
    assert working.incr("kept") == 2
    assert working.get("kept") == 2


@pytest.mark.parametrize("state", ["dead", "frozen"])
def test_a_lost_cache_finds_nothing_and_refuses_nobody(request, state):
    lost = request.getfixturevalue(state)

    assert lost.get("key", "nothing") == "nothing"
    assert lost.add("key", 1)
    assert lost.incr("key") == 1
    assert lost.get_many(["key"]) == {}
    assert lost.delete("key") is False
    lost.set("key", 1)


def test_a_frozen_cache_costs_one_short_wait_and_not_one_for_each_question(frozen):
    began = time.monotonic()

    for number in range(20):
        frozen.get(f"key-{number}")

    assert time.monotonic() - began < 1


def test_a_cache_that_comes_back_is_used_again(frozen):
    frozen.get("key")
    frozen._cache._pools.clear()
    frozen._servers[:] = frozen._cache._servers[:] = [settings.REDIS_URL]
    frozen.left_alone_until = 0

    frozen.set("back", "again")

    assert frozen.get("back") == "again"
