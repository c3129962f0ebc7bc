"""What every test stands on: its own data directory, fast passwords, and honesty about what was not checked.

Loaded by pytest before Django's settings (`-p tests.plugin`), so the environment is set here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.spreading import place_in_line

ROOT = Path(__file__).resolve().parent.parent
SHELF = ROOT.parent / "shared"
JUDGES = ROOT / "var" / "judges" / "bin" / "python"  # made by scripts/judges.sh
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

KEPT = {"SPOIWO_DATABASE_URL", "SPOIWO_NOTES", "SPOIWO_AXE_RESULTS"}  # what our own scripts tell the tests

for _name in [name for name in os.environ if name.startswith("SPOIWO_")]:
    if _name not in KEPT:
        del os.environ[_name]  # the settings of the person who runs the tests are not theirs
DATA_DIR = Path(tempfile.mkdtemp(prefix="spoiwo-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
(DATA_DIR / "static").mkdir()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
    "SPOIWO_DATA_DIR": str(DATA_DIR),
    "SPOIWO_PLAIN_HTTP": "1",
}


def chromium() -> str | None:
    """The path of the system's Chromium, or None when the machine has none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_configure(config: pytest.Config) -> None:
    """Change what would only slow tests down; the rules under test stay as they are."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PUBLIC_CACHE_BYTES = 0  # rows of tests are made without deeds; the cache has tests of its own
    # The manifest of production has its own test; others must not need collected files.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        database.setdefault("TEST", {})["NAME"] = DATA_DIR / "tests.sqlite3"  # a file, as in life: threads, locks, WAL


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database; skip, with a reason, what this machine cannot check."""
    without_browser = pytest.mark.skip(reason="testy w przeglądarce: brak programu chromium")
    without_shelf = pytest.mark.skip(reason="porównania z dokumentami źródłowymi: brak katalogu ../shared")
    without_judges = pytest.mark.skip(reason="eksport IATI u sędziego z zewnątrz (pyIATI): brak var/judges")
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if Path(item.location[0]).stem.endswith("_pages"):
            item.add_marker("once")  # on PostgreSQL the walk of tests/test_doors.py asks for each of these pages
        if item.get_closest_marker("browser") and chromium() is None:
            item.add_marker(without_browser)
        if item.get_closest_marker("shelf") and not SHELF.is_dir():
            item.add_marker(without_shelf)
        if item.get_closest_marker("judges") and not JUDGES.is_file():
            item.add_marker(without_judges)
    items.sort(key=lambda item: place_in_line(item.location[0]))  # otherwise the order of pytest-django stays


def pytest_xdist_make_scheduler(config: pytest.Config, log):
    """With `--dist loadscope` the scopes are those of tests/spreading.py."""
    if config.getvalue("dist") == "loadscope":
        from tests.spreading import Stretches  # only where there are several processes

        return Stretches(config, log)
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name at the very end what failed beside the tests and what nobody checked."""
    notes = _notes_of_the_run()
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    notes += [f"NIE SPRAWDZONO: {reason} ({count})" for reason, count in sorted(reasons.items())]
    if notes:
        terminalreporter.section("Uwaga", sep="!", red=True, bold=True)
        for note in notes:
            terminalreporter.line(note, red=True)


def _notes_of_the_run() -> list[str]:
    """What scripts/test.sh wrote down before: missing tools, checks that failed."""
    file = os.environ.get("SPOIWO_NOTES")
    if not file or not Path(file).is_file():
        return []
    return [line for line in Path(file).read_text(encoding="utf-8").splitlines() if line]
