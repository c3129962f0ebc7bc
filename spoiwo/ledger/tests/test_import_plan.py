"""The plan, commitments and what was paid of them come in with a year package and stay within the plan."""

from datetime import date

import pytest
from django.db import transaction

from spoiwo.access.models import Role
from spoiwo.ledger.errors import PackageRefused
from spoiwo.ledger.models import Entry, LineQuestion, PlanEntry, PlanKind
from spoiwo.ledger.services.closing import close_month
from spoiwo.ledger.services.corrections import reverse_entry
from spoiwo.ledger.services.import_year import import_year, plan_import
from spoiwo.ledger.services.plan import plan_summary
from spoiwo.ledger.services.planning import refund
from spoiwo.ledger.services.years import find_year
from tests.factories import UserFactory
from tests.imported import EXAMPLES, SECOND_REGION, changed_copy, imported, put, without_columns
from tests.visitors import person

YEAR_2026 = EXAMPLES / "lubuskie-2026"
TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def year_kept(django_db_setup, django_db_blocker):
    """The year in progress, read in once for the module."""
    with django_db_blocker.unblock(), imported(YEAR_2026):
        yield


@pytest.fixture
def year(year_kept, db):
    """The demonstration's year in progress, fresh for every test."""
    return find_year(2026)


@pytest.fixture
def edited(tmp_path):
    """Its package with changed tables."""
    return lambda **edits: changed_copy(YEAR_2026, tmp_path / "inny", **edits)


def refused(path) -> list[tuple]:
    """Why the books refuse a package."""
    with pytest.raises(PackageRefused) as refusal, transaction.atomic():
        import_year(path=path, by=None)
    return [(fault.code, fault.file, fault.row, fault.column) for fault in refusal.value.args[0].faults]


def test_plan_and_spending_by_source_are_those_of_the_package_to_the_grosz(year):
    assert year.keeps_plan
    summary = plan_summary(year, TODAY)
    found = {code: (row.plan_gr, row.spent_gr) for code, row in summary.by_source.items()}
    assert found == {
        "own": (1_240_000_00, 961_402_27),
        "state": (1_585_300_00, 1_322_870_31),
        "pfron": (4_650_000_00, 4_471_118_75),
        "eu": (3_420_000_00, 2_203_560_12),
    }


def test_a_release_stands_below_zero_and_names_its_commitment(year):
    released = year.plan_entries.filter(kind=PlanKind.RELEASE)
    assert sorted(row.amount_gr for row in released) == [-4_000_00, -2_600_00, -1_846_00, -450_00]
    assert {row.commitment.kind for row in released} == {PlanKind.COMMITMENT}
    lowered = year.plan_entries.get(kind=PlanKind.CHANGE, source__code="eu")
    assert lowered.amount_gr == -420_000_00


def test_a_payment_names_what_it_settles_and_a_refund_what_it_takes_back(year):
    taken_back = year.entries.get(kind="refund", source__code="pfron")
    assert (taken_back.amount_gr, taken_back.chapter, taken_back.paragraph) == (-2_600_00, "85311", "2360")
    assert taken_back.returns.commitment == taken_back.commitment
    assert taken_back.case_sign == taken_back.commitment.case_sign
    assert taken_back.batch == year.batches.get()


def test_a_changed_commitment_is_one_change_and_moves_its_version(year, edited):
    key = "2026-plan-033"
    row = year.plan_entries.get(key=key)
    import_year(path=edited(plan=put(key, due_on="2026-12-31")), by=None)
    row.refresh_from_db()
    assert (str(row.due_on), row.version) == ("2026-12-31", 2)


def test_a_package_without_the_column_leaves_the_year_keeping_its_plan(year, edited):
    path = edited()
    without_columns(path, "year", "keeps_plan")
    assert plan_import(path).empty


def of_october(rows):
    """The first line of October."""
    return next(row for row in rows if row["date"].startswith("2026-10"))


def close(year, *, to: int) -> None:
    for month in range(1, to + 1):
        close_month(year=year, month=month, today=TODAY, by=UserFactory())


def test_a_closed_month_takes_no_line_of_a_package_and_the_rest_is_read_in(year, edited):
    close(year, to=9)
    assert plan_import(YEAR_2026).empty, "what is as it was touches no closed month"
    path = edited(money=lambda rows: of_october(rows).update(description="Poprawiony opis"))
    assert [change.table for change in import_year(path=path, by=None).changed] == ["money"]


@pytest.mark.parametrize(
    ("cells", "month"),
    [
        ({"description": "Poprawiony opis"}, "03"),
        ({"date": "2026-10-09"}, "03"),  # out of a closed month
        ({"date": "2026-09-30"}, "10"),  # into one
    ],
)
def test_a_line_of_a_closed_month_is_not_changed_by_a_package(year, edited, cells, month):
    close(year, to=9)
    seen = {}

    def change(rows):
        row = next(row for row in rows if row["date"].startswith(f"2026-{month}"))
        seen["row"] = rows.index(row) + 2
        row.update(cells)

    assert refused(edited(money=change)) == [("closed_month", "money.csv", seen["row"], "date")]


def test_a_new_line_of_a_closed_month_is_refused_with_its_place(year, edited):
    close(year, to=1)
    more = {
        "key": "nowa",
        "kind": "plan",
        "source": "own",
        "amount": "1,00",
        "date": "2026-01-31",
        "description": "Spóźniony plan",
        "document": "plan-2026",
    }
    path = edited(plan=lambda rows: [*rows, more])
    assert refused(path) == [("closed_month", "plan.csv", year.plan_entries.count() + 2, "date")]
    assert not PlanEntry.objects.filter(key="nowa").exists()


def test_a_line_without_a_day_belongs_to_december(year, edited):
    path = edited(plan=put("2026-plan-001", date=""))
    close(year, to=1)
    assert refused(path) == [("closed_month", "plan.csv", 2, "date")], "it would leave January"


@pytest.mark.parametrize(("table", "file"), [("money", "money.csv"), ("plan", "plan.csv")])
def test_a_line_that_was_taken_back_is_not_changed_by_a_package(year, edited, table, file):
    """A reversing line and the reversed one are nought together; changing one of them would leave a rest."""
    unpaid = year.plan_entries.filter(kind=PlanKind.COMMITMENT, payments=None, releases=None)
    line = (year.entries.filter(kind="payment", refunds=None) if table == "money" else unpaid).order_by("key").last()
    by = person(Role.TREASURER)
    reversing = reverse_entry(line=line, seen_version=line.version, reason="Wpisano dwa razy.", by=by)
    assert plan_import(YEAR_2026).empty, "what is as it was, stays"
    higher = f"{(line.amount_gr + 1) // 100},{(line.amount_gr + 1) % 100:02d}"
    faults = refused(edited(**{table: put(line.key, amount=higher)}))
    assert [(code, place, column) for code, place, _row, column in faults] == [("line_was_corrected", file, "key")]
    line.refresh_from_db()
    assert line.amount_gr + reversing.amount_gr == 0


def test_lines_entered_by_hand_count_when_a_package_is_read_in_again(year, edited):
    """All of a payment came back; the package may not lower it by a grosz below that."""
    paid = year.entries.filter(commitment=None, source__code="own", task__code="2021-p1-kadry").order_by("key").first()
    refund(
        payment=paid,
        amount_gr=paid.amount_gr,
        date=date(2026, 11, 19),
        description="Zwrot całości",
        document="Nota zwrotu 1",
        by=UserFactory(),
    )
    lower = f"{(paid.amount_gr - 1) // 100},{(paid.amount_gr - 1) % 100:02d}"
    faults = refused(edited(money=put(paid.key, amount=lower)))
    assert [(code, file) for code, file, _row, _column in faults] == [("refund_above_payment", "money.csv")]
    assert Entry.objects.get(key=paid.key).amount_gr == paid.amount_gr


def test_a_plan_a_grosz_below_what_is_promised_is_refused(year, edited):
    path = edited(plan=put("2026-plan-002", amount="27999,99"))  # 28 000,00 is promised
    assert refused(path) == [("above_plan", "plan.csv", row_of("2026-plan", "2021-p1-mikolajki"), "amount")]


def row_of(prefix: str, task: str) -> int:
    """The row of the last line of a task in the plan's file."""
    lines = (YEAR_2026 / "plan.csv").read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, start=1) if line.startswith(prefix) and f",{task}," in line)


def test_a_forgotten_fourth_digit_becomes_a_question_and_is_not_mended(db):
    import_year(path=EXAMPLES / "lubuskie-demo", by=None)
    (question,) = LineQuestion.objects.filter(entry__year__year=2025)
    assert (question.rule, question.entry.task.code) == ("eu-source-without-digit", "ue-blisko-domu")
    assert question.entry.paragraph in {"4010", "4210", "4300"}


def test_the_second_region_keeps_a_plan_by_data_alone(db):
    import_year(path=SECOND_REGION, by=None)
    year = find_year(2024)
    assert year.keeps_plan
    assert plan_summary(year, date(2024, 12, 31)).total.plan_gr == 2_630_341_33
    commitment = year.plan_entries.get(key="z-staze")
    assert [row.key for row in commitment.payments.all()] == ["m06"]
    assert [row.amount_gr for row in commitment.releases.all()] == [-15_000_00]


# --- what a package may not do for a person ---------------------------------------------------------


def told(path, by) -> set[tuple]:
    """Which faults a package has in the hands of a person."""
    return {(fault.code, fault.file, fault.column) for fault in plan_import(path, by=by).faults}


def test_an_officer_does_not_raise_the_plan_by_a_package_and_the_treasurer_may(year, edited):
    path = edited(plan=put(next(year.plan_entries.filter(kind="plan").values_list("key", flat=True).iterator()),
                           amount="99999999,00"))  # fmt: skip
    assert told(path, person(Role.ROPS_OFFICER)) == {("plan_is_not_yours", "plan.csv", "kind")}
    assert told(path, person(Role.TREASURER)) == set()


def test_an_officer_does_not_free_a_year_of_its_plan_by_a_package(year, edited):
    def freed(rows):
        rows[0]["keeps_plan"] = "nie"

    path = edited(year=freed)
    assert told(path, person(Role.ROPS_OFFICER)) == {("plan_is_not_yours", "year.csv", "keeps_plan")}
    assert told(path, person(Role.DIRECTOR)) == set()


def test_a_package_of_another_region_is_refused_to_people_and_not_to_the_command_line(year):
    assert ("foreign_region", "year.csv", "region") in told(SECOND_REGION, person(Role.DIRECTOR))
    assert told(SECOND_REGION, None) == set()
