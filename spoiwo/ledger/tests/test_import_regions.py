"""Two regions in one database: each has its own strategy, programmes and sources, by data alone."""

import pytest

from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.import_year import import_year, plan_import
from spoiwo.ledger.services.years import find_year, reconcile_year
from spoiwo.ledger.tests.importing import LUBUSKIE
from spoiwo.strategy.models import Programme
from tests.factories import StrategyFactory
from tests.imported import SECOND_REGION, changed_copy

pytestmark = pytest.mark.django_db


def test_a_second_region_stands_beside_the_first_in_one_database(lubuskie):
    before = reconcile_year(lubuskie)
    import_year(path=SECOND_REGION, by=None)
    other = find_year(2024)
    assert other.region == "24"
    assert other.entries.total_gr() == 2_505_376_93
    assert reconcile_year(lubuskie) == before
    assert Programme.objects.filter(region="08").count() == 6
    assert Programme.objects.filter(region="24").count() == 3
    assert plan_import(LUBUSKIE).empty
    assert plan_import(SECOND_REGION).empty


def test_the_sums_of_the_second_region_agree_with_what_it_declares():
    import_year(path=SECOND_REGION, by=None)
    found = reconcile_year(find_year(2024))
    assert len(found.comparisons) == 12
    assert [row.declared.key for row in found.open] == []
    assert found.of("grand").declared.amount_gr == found.total().amount_gr == 2_505_376_93


def test_the_same_codes_in_two_regions_are_two_things(lubuskie, tmp_path):
    rename = {"programmes": lambda rows: [row | {"code": row["code"].replace("M-SENIOR", "2014-P1")} for row in rows]}
    for table in ("plan", "money", "declared", "results", "events", "tasks"):
        rename[table] = lambda rows: [
            row | {"programme": row["programme"].replace("M-SENIOR", "2014-P1")} for row in rows
        ]
    import_year(path=changed_copy(SECOND_REGION, tmp_path / "druga", **rename), by=None)
    assert Programme.objects.filter(code="2014-P1").count() == 2
    own = lubuskie.entries.filter(programme__code="2014-P1")
    assert {row.programme.region for row in own} == {"08"}


def test_a_package_may_not_lean_on_the_strategy_of_another_region(lubuskie, tmp_path):
    path = changed_copy(
        SECOND_REGION,
        tmp_path / "druga",
        year=lambda rows: rows[0].update(strategy="2014-2020"),
    )
    plan = plan_import(path)
    assert [(fault.file, fault.column) for fault in plan.faults] == [("year.csv", "strategy")]


def test_the_same_year_of_two_regions_is_found_by_region_and_then_by_the_house(lubuskie, settings):
    other = FiscalYear.objects.create(region="24", year=2019, title="x", strategy=StrategyFactory(region="24"))
    assert find_year(2019, "24") == other
    assert find_year(2019) == lubuskie
    settings.REGION = "24"
    assert find_year(2019) == other
