"""How ready the yearly report is, told to the legal year."""

import pytest
from django.utils import translation

from spoiwo.reports.readiness import yearly_report
from spoiwo.strategy.readiness import readiness_of
from tests.factories import DeclaredFactory, EntryFactory, ReportFactory, YearFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def polish():
    """The words of the screen."""
    with translation.override("pl"):
        yield


def told(year):
    """The words with plain spaces."""
    return yearly_report(year).replace("\u00a0", " ")


def test_a_duty_of_a_year_asks_about_the_report_of_the_year_before():
    YearFactory(year=2019)
    assert told(2020) == "sprawozdanie za 2019: projekt bez otwartych różnic"
    assert told(2019) == "roku 2018 nie ma w rejestrze"


def test_open_differences_are_counted():
    row = YearFactory(year=2019)
    EntryFactory(year=row)
    DeclaredFactory(year=row, amount_gr=7)
    assert told(2020) == "sprawozdanie za 2019: projekt, 1 otwarta różnica"


def test_a_final_report_names_its_latest_version():
    row = YearFactory(year=2019)
    ReportFactory(year=row, version=1)
    ReportFactory(year=row, version=2)
    assert told(2020) == "sprawozdanie za 2019: wersja 2 jest ostateczna"


def test_the_duty_of_the_yearly_report_finds_it_under_its_name():
    YearFactory(year=2019)
    assert readiness_of("sejmik-report", 2020) == yearly_report(2020)
