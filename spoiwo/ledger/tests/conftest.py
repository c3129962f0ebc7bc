"""Years that many tests of the ledger look at."""

import pytest

from spoiwo.ledger.services.years import find_year
from tests.imported import EXAMPLES, changed_copy, imported


@pytest.fixture(scope="module")
def _lubuskie_2019(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), imported(EXAMPLES / "lubuskie-2019"):
        yield


@pytest.fixture
def lubuskie(_lubuskie_2019, db):
    """The real year 2019, fresh for every test."""
    return find_year(2019)


@pytest.fixture
def copied(tmp_path):
    """A copy of the package of 2019 with edited tables."""
    return lambda **edits: changed_copy(EXAMPLES / "lubuskie-2019", tmp_path / "paczka", **edits)
