"""The public face: two doors, the years that may be seen, and an honest figure."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.years import show_before_final
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.versions import finalise
from tests.factories import (
    DeclaredFactory,
    EntryFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    YearFactory,
)
from tests.queries import queries_of
from tests.visitors import says, text_of, visitor

pytestmark = pytest.mark.django_db
NAMES = ("portal:home", "portal:help", "portal:accessibility", "portal:declaration", "portal:privacy", "portal:sitemap")


def year(number, *, shown=True, invented=False, gr=100_00) -> FiscalYear:
    """A year with one line of money, by default one that the public may see."""
    row = YearFactory(year=number, invented=invented, strategy=StrategyFactory(from_year=2000, to_year=2100))
    SourceFactory()
    EntryFactory(year=row, amount_gr=gr)
    show_before_final(year=row, shown=shown, by=None)
    return row


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_the_portal_opens_in_an_empty_house(name):
    assert visitor().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_sent_to_a_page_of_the_portal(name, method):
    assert getattr(visitor(), method)(reverse(name)).status_code == 405


def test_the_two_doors_lead_to_help_and_to_the_latest_real_year():
    year(2018)
    year(2019)
    year(2025, invented=True)
    response = visitor().get("/")
    assert response.context["reading"].year.year == 2019
    assert reverse("portal:help") in text_of(response)
    assert reverse("reports:report", args=[2019]) in text_of(response)


def test_an_invented_year_stands_in_front_only_when_there_is_no_other():
    year(2025, invented=True)
    assert visitor().get("/").context["reading"].year.year == 2025


def test_a_hidden_year_is_nowhere_on_the_portal():
    year(2018, gr=18_00)
    year(2019, shown=False, gr=77_777_77)
    client = visitor()
    for name in NAMES:
        text = text_of(client.get(reverse(name)))
        assert reverse("reports:report", args=[2019]) not in text
        assert "77 777,77" not in text
    assert client.get("/").context["reading"].year.year == 2018


def test_the_figure_in_front_is_the_declared_total_when_there_is_one():
    row = year(2019, gr=90_00)
    assert "90,00 zł" in text_of(visitor().get("/"))
    DeclaredFactory(year=row, amount_gr=100_00)
    response = visitor().get("/")
    assert response.context["total"]["value"] == 100_00
    assert "100,00 zł" in text_of(response)


def test_an_open_difference_is_said_on_the_first_page():
    DeclaredFactory(year=year(2019, gr=99_99), amount_gr=100_00)
    text = text_of(visitor().get("/"))
    assert "0,01 zł" in text
    assert reverse("reports:figure", args=[2019, "total.difference"]) in text


def test_a_rounded_total_without_lines_is_not_said_to_be_exact():
    row = YearFactory(year=2017)
    SourceFactory()
    DeclaredFactory(year=row, amount_gr=6_600_000_00, precision="rounded", rounded_to_gr=100_000_00)
    show_before_final(year=row, shown=True, by=None)
    response = visitor().get("/")
    assert "6 600 000,00 zł" in text_of(response)
    assert response.context["total"]["precision"] == "rounded"
    assert says(response, "spent on the region's social policy; a published, rounded total without lines")


def test_a_final_year_is_seen_though_its_draft_is_hidden():
    row = year(2019, shown=False)
    assert visitor().get("/").context["reading"] is None
    finalise(year=row, by=None, now=timezone.localtime())
    assert visitor().get("/").context["reading"].report.version == 1


def test_the_site_map_leads_to_every_year_strategy_and_programme():
    year(2018)
    programme = ProgrammeFactory()
    text = text_of(visitor().get(reverse("portal:sitemap")))
    for name, value in (
        ("reports:report", 2018),
        ("strategy:strategy", programme.strategy.code),
        ("strategy:programme", programme.code),
    ):
        assert reverse(name, args=[value]) in text


def test_the_head_of_every_page_names_the_office_of_the_region():
    OrganisationFactory(kind="rops", name="Ośrodek Zmyślony", address="ul. Zmyślona 1")
    for name in NAMES:
        assert "Ośrodek Zmyślony" in text_of(visitor().get(reverse(name)))


@pytest.mark.parametrize("name", ["portal:home", "portal:sitemap"])
def test_a_page_asks_as_often_for_three_years_as_for_one(name):
    year(2019)
    one = queries_of(visitor(), reverse(name))
    for number in (2020, 2021):
        row = year(number)
        ProgrammeFactory(strategy=row.strategy)
    # The report in front compares with two earlier years now: some queries for each of them, none per row.
    extra = queries_of(visitor(), reverse(name)) - one
    assert extra <= 2 * cost_of_an_earlier_year()


def cost_of_an_earlier_year():
    """How many queries the comparison with one earlier year adds to a report."""
    counts = []
    for number in (2019, 2020):
        with CaptureQueriesContext(connection) as captured:
            content_of(FiscalYear.objects.get(year=number), now=timezone.localtime())
        counts.append(len(captured))
    return counts[1] - counts[0]


@pytest.mark.parametrize(
    ("contact", "words"),
    [("iod@urzad.example", "iod@urzad.example"), ("", "The office has not yet entered here how to reach")],
)
def test_privacy_names_who_keeps_the_data_and_how_to_reach_the_officer_for_it(client, settings, contact, words):
    OrganisationFactory(kind="rops", name="ROPS zmyślony")
    settings.DPO_CONTACT = contact
    page = client.get("/en/prywatnosc/")
    assert says(page, words)
    assert says(page, "The controller of the data of accounts and of the record of changes is ROPS zmyślony;")
