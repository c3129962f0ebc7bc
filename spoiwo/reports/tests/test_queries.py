"""How often the pages of the report ask the database: as rarely for twenty thousand lines as for twenty."""

import pytest
from django.db import transaction
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.ledger.models import Entry
from spoiwo.reports.services.versions import finalise
from tests.factories import (
    ActivityFactory,
    DeclaredFactory,
    DocumentFactory,
    EntryFactory,
    MeasureFactory,
    ProgrammeFactory,
    ReportFactory,
    ResultFactory,
    SourceFactory,
    TagFactory,
    TaskFactory,
    YearFactory,
)
from tests.queries import queries_of
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
MANY, FEW = 20_000, 20
MOST_QUERIES = 60
DRAFT = "/biuro/rok/2019/sprawozdanie/"


@pytest.fixture
def filled(now):
    """Make a year of so many lines of 1,23 zł over five programmes and four sources, a tenth of them tagged."""

    def make(count):
        row = YearFactory(year=2019, shown_before_final=True)
        programmes = [ProgrammeFactory(strategy=row.strategy) for _n in range(5)]
        sources = [SourceFactory(code=code) for code in ("own", "state", "pfron", "eu")]
        document, tag = DocumentFactory(year=row), TagFactory(code="ngo")
        lines = Entry.objects.bulk_create(
            Entry(
                year=row, key=f"n{n}", programme=programmes[n % 5], source=sources[n % 4], amount_gr=1_23,
                description=f"Wydatek {n}", document=document,
            )
            for n in range(count)
        )  # fmt: skip
        through = Entry.tags.through
        through.objects.bulk_create([through(entry_id=line.pk, tag_id=tag.pk) for line in lines[::10]], batch_size=500)
        return row

    return make


def counts(address_of_page, who=None):
    """Queries of a page of the report, and of one of its figures."""
    client = visitor(who)
    return [queries_of(client, address) for address in address_of_page]


PUBLIC = ["/sprawozdania/2019/", "/sprawozdania/2019/liczby/total.computed/", "/"]
OFFICE = ["/biuro/rok/2019/", "/biuro/rok/2019/uzgodnienie/", "/biuro/rok/2019/sprawozdanie/"]


@pytest.fixture
def asked_for_few(filled):
    """How often the pages ask for a year of twenty lines, which is then gone."""
    with transaction.atomic():
        filled(FEW)
        found = counts(PUBLIC), counts(OFFICE, Role.DIRECTOR)
        transaction.set_rollback(True)
    return found


@pytest.mark.once
def test_a_page_asks_as_often_for_twenty_thousand_lines_as_for_twenty(asked_for_few, filled):
    row = filled(MANY)
    assert row.entries.total_gr() == MANY * 1_23
    found = counts(PUBLIC), counts(OFFICE, Role.DIRECTOR)
    assert found == asked_for_few
    assert max(*found[0], *found[1]) <= MOST_QUERIES


def test_a_final_report_of_twenty_thousand_lines_is_read_without_its_lines(filled, now):
    row = filled(MANY)
    report = finalise(year=row, by=None, now=now)
    assert len(report.content) + len(report.records) < 100_000 < len(report.lines)
    found = counts(PUBLIC)
    assert max(found) <= MOST_QUERIES
    response = visitor().get("/sprawozdania/2019/liczby/total.computed/")
    assert response.context["count"] == MANY
    assert len(response.context["rows"]) == 100


def test_the_list_of_years_asks_as_often_for_three_years_as_for_one():
    def add(number):
        row = YearFactory(year=number, shown_before_final=True)
        ProgrammeFactory(strategy=row.strategy)
        ReportFactory(year=row, version=1)
        ReportFactory(year=row, version=2)

    add(2017)
    one = queries_of(visitor(), "/sprawozdania/")
    add(2018)
    add(2020)
    assert queries_of(visitor(), "/sprawozdania/") == one


def test_the_list_of_reports_asks_as_often_for_three_years_as_for_one():
    def add(number):
        row = YearFactory(year=number)
        ReportFactory(year=row, version=1)
        ReportFactory(year=row, version=2)

    add(2017)
    client = visitor(Role.DIRECTOR)
    one = queries_of(client, "/biuro/sprawozdania/")
    add(2018)
    add(2020)
    assert queries_of(client, "/biuro/sprawozdania/") == one
    rows = client.get("/biuro/sprawozdania/").context["rows"]
    assert [(row.year, row.version) for row in rows] == [(2020, 2), (2018, 2), (2017, 2)]


def test_the_draft_asks_as_often_for_three_lines_and_results_as_for_one():
    row = YearFactory(year=2019)

    def add(number):
        programme = ProgrammeFactory(strategy=row.strategy)
        task = TaskFactory(programme=programme)
        source = SourceFactory(code=f"z{number}")
        EntryFactory(year=row, programme=programme, task=task, source=source, tags=[TagFactory()])
        DeclaredFactory(year=row, scope="source", source=source, amount_gr=1)
        ResultFactory(programme=programme, task=task, measure=MeasureFactory())
        ActivityFactory(programme=programme, task=task)

    add(1)
    client = visitor(Role.DIRECTOR)
    figure = reverse("report-office:figure", args=[2019, "total.computed"])
    one = queries_of(client, DRAFT), queries_of(client, figure)
    add(2)
    add(3)
    assert (queries_of(client, DRAFT), queries_of(client, figure)) == one
