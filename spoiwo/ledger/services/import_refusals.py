"""What only the books can say against a package: closed months, what was corrected, one thing under two keys."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from spoiwo.ledger.domain.check import CheckedPackage
from spoiwo.ledger.domain.check.plan import BINDING, blame_of
from spoiwo.ledger.domain.check.plan import line_of as line_of_package
from spoiwo.ledger.domain.faults import Fault, quoted
from spoiwo.ledger.domain.pockets import Line, Pocket, Rule, refusal
from spoiwo.ledger.models import FiscalYear, PlanEntry
from spoiwo.ledger.services.pockets import line_of
from spoiwo.ledger.services.tables import BY_NAME, stored
from spoiwo.strategy.models import Strategy
from spoiwo.strategy.services import current_region

if TYPE_CHECKING:
    from spoiwo.ledger.services.import_plan import ImportPlan, RowChange

LINES = ("plan", "money")
DECEMBER = 12
PLANNED = ("plan", "change")
HANDS = "pakiet bez tej zmiany albo wczytany przez skarbnika lub dyrektora"
ONE_OF_ITS_KIND = {  # what may stand under one key only
    "definitions": ("indicator", "number"),
    "targets": ("indicator", "year"),
    "indicator_values": ("indicator", "part", "place"),
}


def refusals(plan: "ImportPlan", checked: CheckedPackage, year: FiscalYear | None) -> list[Fault]:
    """Everything that keeps a package without faults of its own from these books."""
    faults = [*_of_values(plan, checked), *_of_second_keys(plan, checked, year)]
    if year is None:
        return faults
    of_lines = (_of_closed_months, _of_corrected_lines, _of_pockets)
    return [*faults, *(fault for ask in of_lines for fault in ask(plan, checked, year))]


def beyond_rights(plan: "ImportPlan", checked: CheckedPackage, year: FiscalYear | None, by) -> Iterator[Fault]:
    """What this person may not do by hand, a package does not do for them; `by` None is the command line.

    The plan is the treasurer's and the director's, and the web serves one region.
    """
    if by is None:
        return
    if Strategy.objects.exists() and plan.region != current_region():
        found, expected = f"województwo {quoted(plan.region)}", f"województwo tego urzędu: {quoted(current_region())}"
        yield _fault_of_year("foreign_region", checked, "region", found, expected)
    if by.has_perm("ledger.plan"):
        return
    if year is not None and year.keeps_plan and not plan.year_row["keeps_plan"]:
        yield _fault_of_year("plan_is_not_yours", checked, "keeps_plan", "wyłączenie pilnowania planu", HANDS)
    for change in _changes_of_lines(plan):
        if change.table == "plan" and change.values["kind"] in PLANNED:
            yield _fault("plan_is_not_yours", checked, change, "kind", "wiersz planu albo jego zmiany", HANDS)


def _of_values(plan: "ImportPlan", checked: CheckedPackage) -> Iterator[Fault]:
    """What was corrected since is not changed any more, and a correction keeps to what it corrects."""
    superseded = BY_NAME["indicator_values"].model.objects.filter(region=plan.region, year=plan.year)
    holding = set(superseded.filter(superseded_at=None).values_list("key", flat=True))
    for change in plan.changed:
        if change.table == "indicator_values" and change.key not in holding:
            found = f"{quoted(change.key)}, wartość, którą już poprawiono"
            expected = "liczby takie jak wczytane wcześniej; poprawkę wpisz w nowym wierszu"
            yield _fault("value_was_corrected", checked, change, "key", found, expected)
        elif change.table == "indicator_values" and "corrects" in change.changed:
            found = f"poprawkę pod kluczem {quoted(change.key)}, który już jest w danych"
            yield _fault("correction_under_old_key", checked, change, "corrects", found, "poprawka pod nowym kluczem")


def _of_second_keys(plan: "ImportPlan", checked: CheckedPackage, year: FiscalYear | None) -> Iterator[Fault]:
    """A definition, a target or a value that is there under one key is not brought under another."""
    for name, columns in ONE_OF_ITS_KIND.items():
        changes = [change for change in (*plan.new, *plan.changed) if change.table == name]
        if not changes:
            continue
        table = BY_NAME[name]
        rows = table.scoped(plan.region, year, plan.year)
        rows = rows.filter(indicator__code__in={change.values["indicator"] for change in changes})
        if name == "indicator_values":
            rows = rows.filter(superseded_at=None)
        brought = {row["key"] for row in checked.tables[name]}
        corrected = {row.get("corrects") for row in checked.tables[name]}
        there = {
            tuple(values[column] for column in columns): key
            for key, _row, values in stored(table, rows)
            if key not in brought
        }
        for change in changes:
            key = there.get(tuple(change.values[column] for column in columns))
            if key and change.key not in corrected:
                found = f"{quoted(change.key)}, a to samo jest już w danych pod kluczem {quoted(key)}"
                yield _fault("held_under_another_key", checked, change, "key", found, f"klucz {quoted(key)}")


def _of_closed_months(plan: "ImportPlan", checked: CheckedPackage, year: FiscalYear) -> Iterator[Fault]:
    """A closed month takes only lines that correct or reverse, and those are entered by hand, with a reason."""
    closed = set(year.closings.values_list("month", flat=True))
    for change in _changes_of_lines(plan) if closed else ():
        before, _after = change.changed.get("date", (change.values["date"], None))
        touched = {_month(change.values["date"]), _month(before)} & closed
        if touched:
            found = f"wiersz, który zmienia zamknięty miesiąc {min(touched):02d}.{plan.year}"
            expected = "wiersz miesiąca otwartego; zamknięty poprawia się tylko wpisem korygującym, z powodem"
            yield _fault("closed_month", checked, change, "date", found, expected)


def _of_corrected_lines(plan: "ImportPlan", checked: CheckedPackage, year: FiscalYear) -> Iterator[Fault]:
    """A line that was taken back, and the line that takes it back, stay as they are: together they are nought."""
    changed = [change for change in plan.changed if change.table in LINES]
    kept = {
        name: set(rows.exclude(reverses=None).values_list("key", flat=True))
        | set(rows.exclude(reversed_by=None).values_list("key", flat=True))
        for name, rows in (("plan", year.plan_entries), ("money", year.entries))
        if changed
    }
    for change in changed:
        if change.key in kept[change.table]:
            found = f"zmianę wiersza {quoted(change.key)}, który jest częścią korekty"
            expected = "wiersz taki jak w danych; błąd poprawia się następnym wpisem korygującym, z powodem"
            yield _fault("line_was_corrected", checked, change, "key", found, expected)


def _month(day: date | None) -> int:
    """The month to which a line belongs; a line without a day belongs to December."""
    return day.month if day else DECEMBER


def _of_pockets(plan: "ImportPlan", checked: CheckedPackage, year: FiscalYear) -> Iterator[Fault]:
    """Lines of the package, together with those entered by hand, do not overdraw what was not overdrawn before."""
    if not any(_changes_of_lines(plan)):
        return
    held = dict(_held_lines(year))
    rows = [(name, row) for name in LINES for row in checked.tables[name]]
    brought = {(name, row["key"]) for name, row in rows}
    after = [line_of_package(row) for _name, row in rows] + [held[key] for key in held if key not in brought]
    binding = frozenset(Rule) if plan.year_row["keeps_plan"] else frozenset(BINDING)
    if over := refusal(held.values(), after, binding=binding):
        blame = blame_of(over, rows)
        heading = checked.headings[blame.table]["amount_gr"]
        row = blame.row
        yield Fault(blame.code, row["_file"], row["_sheet"], row["_row"], heading, blame.found, blame.expected)


def _held_lines(year: FiscalYear) -> Iterator[tuple[tuple[str, str], Line]]:
    """The lines of the books as the package would name them: (table, key) -> line."""
    plan = year.plan_entries.select_related("programme", "task", "source")
    money = year.entries.select_related("programme", "task", "source")
    commitments, payments = dict(plan.values_list("pk", "key")), dict(money.values_list("pk", "key"))
    for row in (*plan, *money):
        line = line_of(row)
        pocket = Pocket(_code(row.programme), _code(row.task), _code(row.source), row.chapter, row.paragraph)
        named = replace(
            line,
            pocket=pocket,
            commitment=commitments.get(line.commitment),
            payment=payments.get(line.payment),
        )
        yield ("plan" if isinstance(row, PlanEntry) else "money", row.key), named


def _code(named) -> str | None:
    return named.code if named else None


def _changes_of_lines(plan: "ImportPlan") -> Iterator["RowChange"]:
    return (change for change in (*plan.new, *plan.changed) if change.table in LINES)


def _fault_of_year(code: str, checked: CheckedPackage, column: str, found: str, expected: str) -> Fault:
    """A fault in the one row that says which year it is."""
    (row,) = checked.tables["year"]
    heading = checked.headings["year"].get(column, "")
    return Fault(code, row["_file"], row["_sheet"], row["_row"], heading, found, expected)


def _fault(code: str, checked: CheckedPackage, change: "RowChange", column: str, found: str, expected: str) -> Fault:
    """A fault in the cell of a row of the package."""
    key = BY_NAME[change.table].key
    row = next(row for row in checked.tables[change.table] if row[key] == change.key)
    heading = checked.headings[change.table].get(column, "")
    return Fault(code, row["_file"], row["_sheet"], row["_row"], heading, found, expected)
