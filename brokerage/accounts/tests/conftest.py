import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_attempts_counted():
    """Failed attempts are counted in the cache, which a test's end does not roll back."""
    cache.clear()
