"""Codes are the region's own: upper case, or words the program uses itself, make no report wrong."""

import pytest

from spoiwo.ledger.services.import_year import import_year, plan_import
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.services.versions import draft
from tests.factories import EntryFactory, ProgrammeFactory, StrategyFactory, YearFactory
from tests.imported import EXAMPLES, SECOND_REGION, changed_copy
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
LUBUSKIE = EXAMPLES / "lubuskie-2019"


def renamed(old, new, *columns):
    """An edit that gives a code another name in some columns."""
    return lambda rows: [row | {column: new for column in columns if row.get(column) == old} for row in rows]


def test_the_report_of_a_second_region_holds(now):
    import_year(path=SECOND_REGION, by=None)
    content = draft(find_year(2024), now=now)
    assert verify(content) == []
    assert content["matrix"]["columns"] == ["own", "state", "fp", "pfron", "efs"]
    assert [row["programme"] for row in content["matrix"]["rows"]] == ["M-SENIOR", "M-PRACA", "M-DOM", None]


def test_a_source_written_in_capitals_is_as_good_as_any(now, tmp_path):
    path = changed_copy(
        LUBUSKIE,
        tmp_path / "paczka",
        sources=renamed("eu", "EFS", "code"),
        money=renamed("eu", "EFS", "source"),
        declared=renamed("eu", "EFS", "source"),
    )
    import_year(path=path, by=None)
    content = draft(find_year(2019), now=now)
    assert [id_ for id_ in content["figures"] if id_ != id_.lower()] == []
    assert content["figures"]["source.efs.computed"]["value"] == 3_110_438_83
    assert verify(content) == []


def test_a_cross_cut_written_in_capitals_is_as_good_as_any(now, tmp_path):
    path = changed_copy(
        LUBUSKIE,
        tmp_path / "paczka",
        tags=renamed("ngo", "NGO", "code"),
        money=renamed("ngo", "NGO", "tags"),
        declared=renamed("ngo", "NGO", "tag"),
    )
    import_year(path=path, by=None)
    content = draft(find_year(2019), now=now)
    assert content["figures"]["tag.ngo.computed"]["value"] == 71_000_00
    assert verify(content) == []
    year = find_year(2019)
    show_before_final(year=year, shown=True, by=None)
    assert visitor().get("/sprawozdania/2019/liczby/tag.ngo.computed/").status_code == 200


def test_a_programme_may_be_called_total(now):
    """`earlier.2013.total` must not be both the whole of 2013 and one programme of it."""
    strategy = StrategyFactory(from_year=2007, to_year=2020)
    programme = ProgrammeFactory(strategy=strategy, code="total")
    before = YearFactory(year=2013, strategy=strategy, shown_before_final=True)
    EntryFactory(year=before, programme=programme, amount_gr=100)
    EntryFactory(year=before, amount_gr=23)
    year = YearFactory(year=2014, strategy=strategy)
    EntryFactory(year=year, programme=programme, amount_gr=7)
    content = draft(year, now=now)
    shown = {row["programme"]: content["figures"][row["years"][0]["figure"]]["value"] for row in content["comparison"]}
    assert shown == {"total": 100, None: 123}
    assert verify(content) == []


@pytest.mark.parametrize("code", ["outside", "OUTSIDE"])
def test_a_programme_is_not_called_as_the_money_outside_programmes(tmp_path, code):
    path = changed_copy(LUBUSKIE, tmp_path / "paczka", programmes=renamed("2014-KIER", code, "code"))
    assert [fault.file for fault in plan_import(path).faults] == ["programmes.csv"]
