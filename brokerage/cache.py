"""A cache whose loss is never felt: when Redis is dead or frozen, nothing is cached and nobody waits for it.

After one failure Redis is left alone for a few seconds, so a frozen one costs a page one short wait and not one for
each thing it looked up. What is asked meanwhile is answered as by an empty cache: nothing is found, and every `add`
succeeds.
"""

import logging
from functools import wraps
from time import monotonic

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

LEFT_ALONE_FOR = 5  # seconds
AT_ONCE = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3, "retry": Retry(NoBackoff(), 0)}

logger = logging.getLogger(__name__)


def _or_else(fallback):
    """What the method answers while Redis cannot be used: a value, or a function of the method's arguments."""

    def decorate(method):
        @wraps(method)
        def careful(self, *args, **kwargs):
            if monotonic() < self.left_alone_until:
                return fallback(*args, **kwargs)
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError) as trouble:
                self.left_alone_until = monotonic() + LEFT_ALONE_FOR
                logger.warning("Nothing is cached for %s seconds: %s", LEFT_ALONE_FOR, type(trouble).__name__)
                return fallback(*args, **kwargs)

        return careful

    return decorate


class FailOpenRedisCache(RedisCache):
    left_alone_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, {**params, "OPTIONS": AT_ONCE | params.get("OPTIONS", {})})

    get = _or_else(lambda key, default=None, version=None: default)(RedisCache.get)
    add = _or_else(lambda *args, **kwargs: True)(RedisCache.add)
    set = _or_else(lambda *args, **kwargs: None)(RedisCache.set)
    touch = _or_else(lambda *args, **kwargs: False)(RedisCache.touch)
    delete = _or_else(lambda *args, **kwargs: False)(RedisCache.delete)
    incr = _or_else(lambda key, delta=1, version=None: delta)(RedisCache.incr)
    has_key = _or_else(lambda *args, **kwargs: False)(RedisCache.has_key)
    get_many = _or_else(lambda *args, **kwargs: {})(RedisCache.get_many)
    set_many = _or_else(lambda data, *args, **kwargs: list(data))(RedisCache.set_many)
    delete_many = _or_else(lambda *args, **kwargs: None)(RedisCache.delete_many)
    clear = _or_else(lambda: False)(RedisCache.clear)
