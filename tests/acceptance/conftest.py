"""Houses the acceptance tests share; each is prepared once and never changed, who changes one takes a copy.

The order of a year: empty → with 2019 → settled → final.
"""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.acceptance.editions import Editions
from tests.acceptance.house import PACKAGE_2017, PACKAGE_2019, SECOND_REGION, Done, House, package
from tests.browser.house import House as ServedHouse
from tests.browser.house import open_house
from tests.prepared import demonstration, migrated

OWN_REASON = "Notatka nie przypisuje tej kwoty do żadnego programu; pytanie wysłano do skarbnika."
NGO_REASON = "Brakująca część mieści się w kwocie programu pomocy społecznej."
TREASURER, TREASURER_NAME = "skarbnik@example.pl", "Skarbnik Zmyślony"
NGO_LINE = "25000,00|Dotacje dla organizacji w programie pomocy społecznej|sejmik-note-2019"


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> Path:
    """The folder under which every house of this run stands."""
    return tmp_path_factory.mktemp("acceptance")


@pytest.fixture(scope="session")
def copy_of(place) -> Callable[[House], House]:
    """Copy a house: the copy may be changed."""
    numbers = count(1)
    return lambda house: house.moved(place / f"copy-{next(numbers)}")


@pytest.fixture(scope="session")
def empty(place, tmp_path_factory) -> House:
    """After `spoiwo migrate`, with the account of one treasurer, and nothing more."""
    house = House(migrated(tmp_path_factory)).moved(place / "empty")
    password = "dlugie haslo do prob\n" * 2
    house.does("open-account", TREASURER, "--name", TREASURER_NAME, "--role", "treasurer", typed=password)
    return house


@pytest.fixture(scope="session")
def first_import(empty, copy_of) -> tuple[House, Done]:
    """The real year 2019 in a house of its own, and what the import said."""
    house = copy_of(empty)
    return house, house.does("import-year", PACKAGE_2019)


@pytest.fixture(scope="session")
def with_2019(first_import) -> House:
    """The real year 2019, its two differences open."""
    return first_import[0]


@pytest.fixture(scope="session")
def verdict_2019(with_2019) -> Done:
    """`spoiwo reconcile 2019 --json` while both differences are open."""
    return with_2019("reconcile", 2019, "--json")


@pytest.fixture(scope="session")
def draft_2019(with_2019, copy_of, place) -> Editions:
    """Six files of the draft, while both differences are open."""
    out = place / "draft-2019"
    copy_of(with_2019).does("report", 2019, "--format", "all", "--out", out)
    return Editions(out)


@pytest.fixture(scope="session")
def settled(with_2019, copy_of) -> House:
    """2019 with one difference accepted with a reason and the other explained by a line."""
    house = copy_of(with_2019)
    house.does("settle-difference", 2019, "2019-own", "--reason", OWN_REASON, "--by", TREASURER)
    explained = ("--reason", NGO_REASON, "--line", NGO_LINE)
    house.does("settle-difference", 2019, "2019-ngo", *explained, "--by", TREASURER)
    return house


@pytest.fixture(scope="session")
def final(settled, copy_of, place) -> House:
    """2019 with version 1 of its report final; its files are those of `final_2019`."""
    house = copy_of(settled)
    house.does("report", 2019, "--format", "all", "--out", place / "final-2019", "--final")
    return house


@pytest.fixture(scope="session")
def final_2019(final, place) -> Editions:
    """Six files of version 1 as they were written when it became final."""
    return Editions(place / "final-2019")


@pytest.fixture(scope="session")
def with_2017(empty, copy_of) -> House:
    """The real year 2017: counts, and one rounded sum without lines."""
    house = copy_of(empty)
    house.does("import-year", PACKAGE_2017)
    return house


@pytest.fixture(scope="session")
def draft_2017(with_2017, copy_of, place) -> Editions:
    """Six files of the report of 2017."""
    out = place / "draft-2017"
    copy_of(with_2017).does("report", 2017, "--format", "all", "--out", out)
    return Editions(out)


@pytest.fixture(scope="session")
def second_region(empty, copy_of) -> House:
    """The invented year of another voivodeship: three programmes, five sources."""
    house = copy_of(empty)
    house.does("import-year", SECOND_REGION)
    return house


@pytest.fixture(scope="session")
def served(place, tmp_path_factory) -> Iterator[ServedHouse]:
    """The demonstration region behind a running server; who changes something names it, so that nobody minds."""
    house = open_house(shutil.copytree(demonstration(tmp_path_factory), place / "served"))
    yield house
    house.close()


@pytest.fixture
def changed(tmp_path) -> Callable[..., Path]:
    """Make a changed copy of a package: `changed(PACKAGE_2019, money=f)`."""
    numbers = count(1)
    return lambda of, **changes: package(of, tmp_path / f"package-{next(numbers)}", **changes)
