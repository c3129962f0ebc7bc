"""What the tests of sign-in stand on."""

import pytest
from django.core.cache import cache

from spoiwo.access.models import Role
from spoiwo.access.tests import office_service
from tests.factories import PASSWORD, UserFactory


@pytest.fixture(autouse=True)
def no_attempts_counted():
    """Attempts of other tests are not held against this one."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def started_service():
    """A sign-in service on this computer, one for all tests of a file."""
    with office_service.running() as service:
        yield service


@pytest.fixture
def service(started_service, settings):
    """The same, known to the house and answering as it should."""
    started_service.answers.clear()
    settings.SOCIALACCOUNT_PROVIDERS = started_service.settings()
    return started_service


@pytest.fixture
def zofia():
    """An editor who can sign in with a password too, and whose e-mail the service knows."""
    return UserFactory(email=office_service.EMAIL, roles=[Role.EDITOR], password=PASSWORD)
