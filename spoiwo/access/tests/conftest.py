"""What the tests of sign-in stand on."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_attempts_counted():
    """Attempts of other tests are not held against this one."""
    cache.clear()
    yield
    cache.clear()
