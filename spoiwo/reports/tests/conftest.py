"""Years that many tests of the report read: real ones, and the invented latest year."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from spoiwo.ledger.services.years import find_year
from tests.imported import EXAMPLES, imported

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture(scope="module")
def _three_years(django_db_setup, django_db_blocker):
    packages = [EXAMPLES / name for name in ("lubuskie-2017", "lubuskie-2019", "lubuskie-demo")]
    with django_db_blocker.unblock(), imported(*packages):
        yield


@pytest.fixture
def year(_three_years, db):
    """A year by its number, fresh for every test: 2017, 2019, 2025."""
    return find_year


@pytest.fixture
def now():
    """The moment at which tests look."""
    return NOW


@pytest.fixture(autouse=True)
def rendered_elsewhere(settings, tmp_path):
    """Files and pictures made by a test stay in its own folder."""
    settings.RENDERED_DIR = tmp_path / "rendered"
