"""How often a page asks the database."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> int:
    """The number of queries of one GET that succeeds, the session's own included."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def queries_in(deed: Callable[[], object]) -> int:
    """The number of queries of one deed."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)
