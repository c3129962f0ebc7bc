"""The API asked rightly and wrongly by Schemathesis: no error of the server, nothing that is not described."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from checks.attack.api import fuzz
from checks.attack.visitors import visit_of
from spoiwo.access.models import Role
from spoiwo.ledger.services.years import find_year, show_before_final
from tests.imported import EXAMPLES, imported


@pytest.fixture(scope="module")
def _house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), imported(EXAMPLES / "lubuskie-2019"):
        show_before_final(year=find_year(2019), shown=True, by=None)
        yield


@pytest.fixture
def _one_connection():
    """Requests of the fuzzer stay in the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("_house", "_one_connection")
@pytest.mark.parametrize("role", [None, Role.ROPS_OFFICER, Role.COUNCILLOR])
def test_the_api_answers_as_it_is_described(role, settings):
    settings.ALLOWED_HOSTS = ["*"]
    found = fuzz(visit_of(role), examples=3)
    assert found.faults == {}
    assert found.asked > 60
    assert {200, 422} <= set(found.statuses)
