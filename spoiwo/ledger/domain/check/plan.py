"""Rules of the plan: every line does what its kind does, and nobody spends more than there is."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.check.figures import check_task
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.pockets import Line, Overdraft, Pocket, Rule, overdrawn

Sheets = dict[str, Sheet]
BINDING = {Rule.COMMITMENT, Rule.SETTLED, Rule.PAYMENT}
"""Rules of every year; those of the plan bind only a year that keeps one."""
SAME = ("programme", "task", "source", "chapter", "paragraph")


def check_plan(sheets: Sheets, year: int | None) -> None:
    """Every line of the plan by itself, and that money names commitments and payments that fit."""
    plan, money = sheets.get("plan"), sheets.get("money")
    commitments = {row["key"]: row for row in plan.rows if row["key"]} if plan else {}
    if plan:
        for row in plan.rows:
            _check_line(plan, row, year)
            _check_commitment(plan, row, plan, commitments)
        check_task(plan, sheets.get("tasks"), also_without_programme=True)
    if money:
        payments = {row["key"]: row for row in money.rows if row["key"]}
        for row in money.rows:
            _check_commitment(money, row, plan, commitments)
            _check_return(money, row, payments)


def _check_line(sheet: Sheet, row: Row, year: int | None) -> None:
    """Its day lies in the year; only a change falls below zero; only a commitment falls due."""
    kind = row["kind"]
    if row["date"] and year is not None and row["date"].year != year:
        sheet.fault("outside_year", row, "date", f"{row['date']}", f"dzień roku {year}")
    if kind and kind != "change" and (row["amount_gr"] or 0) < 0:
        expected = "kwota bez minusa; minus ma tylko „zmiana planu” (change), która plan zmniejsza"
        sheet.fault("minus_of_no_change", row, "amount", zl(row["amount_gr"]), expected)
    if kind and kind != "commitment" and row["due_on"]:
        expected = "pusta komórka, bo termin zapłaty ma tylko zaangażowanie"
        sheet.fault("due_of_no_commitment", row, "due_on", f"{row['due_on']}", expected)
    if kind == "release" and row["commitment"] is None and not sheet.refused(row, "commitment"):
        sheet.fault("release_of_nothing", row, "commitment", "pustą komórkę", "klucz zaangażowania, które się zwalnia")
    if kind and kind != "release" and row["commitment"]:
        expected = "pusta komórka, bo wiersz nie jest zwolnieniem"
        sheet.fault("commitment_of_no_release", row, "commitment", quoted(row["commitment"]), expected)


def _check_commitment(sheet: Sheet, row: Row, plan: Sheet | None, commitments: dict[str, Row]) -> None:
    """What a line names as its commitment is one, and both lie in one pocket."""
    named = commitments.get(row["commitment"]) if row["commitment"] else None
    if named is None or row["kind"] in {"plan", "change", "commitment"}:
        return
    if named["kind"] and named["kind"] != "commitment":
        found = f"{quoted(row['commitment'])}, wiersz innego rodzaju"
        sheet.fault("not_a_commitment", row, "commitment", found, "klucz wiersza z rodzajem „zaangażowanie”")
    else:
        _check_same(sheet, row, "commitment", plan, named)


def _check_return(sheet: Sheet, row: Row, payments: dict[str, Row]) -> None:
    """Only a refund brings a payment back, one of its own pocket and commitment."""
    named = payments.get(row["returns"]) if row["returns"] else None
    if named is None:
        return
    if row["kind"] == "payment":
        sheet.fault("payment_returns", row, "returns", quoted(row["returns"]), "pusta komórka, bo wiersz to wypłata")
    elif named["kind"] == "refund":
        sheet.fault("not_a_payment", row, "returns", f"{quoted(row['returns'])}, zwrot", "klucz wypłaty")
    elif row["commitment"] != named["commitment"] and not sheet.refused(row, "commitment"):
        found = quoted(row["commitment"]) if row["commitment"] else "pustą komórkę"
        expected = f"to samo co w zwracanej wypłacie: {named['commitment'] or 'pusta komórka'}"
        sheet.fault("not_commitment_of_payment", row, "commitment", found, expected)
    else:
        _check_same(sheet, row, "returns", sheet, named)


def _check_same(sheet: Sheet, row: Row, column: str, other: Sheet, named: Row) -> None:
    """Two lines that belong together have programme, task, source and classification in common."""
    if any(sheet.refused(row, name) or other.refused(named, name) for name in SAME):
        return
    different = [sheet.heading(name) for name in SAME if row[name] != named[name]]
    if different:
        found = f"{quoted(row[column])}, wiersz, który ma inne: {', '.join(different)}"
        expected = "wiersz z tym samym programem, zadaniem, źródłem, rozdziałem i paragrafem"
        sheet.fault("another_pocket", row, column, found, expected)


def check_pockets(sheets: Sheets) -> None:
    """Nothing is overdrawn. Silent while any line of the plan or of money has a fault: it would prove nothing."""
    plan, money = sheets.get("plan"), sheets.get("money")
    lined = [sheet for sheet in (plan, money) if sheet]
    if plan is None or any(sheet.raw.refused for sheet in lined):
        return
    rows = sheets["year"].rows if "year" in sheets else ()
    keeps_plan = any(row["keeps_plan"] for row in rows)
    for blame in blamed(plan.rows, money.rows if money else (), keeps_plan=keeps_plan):
        sheets[blame.table].fault(blame.code, blame.row, "amount", blame.found, blame.expected)


class Blame(NamedTuple):
    """The row to look at when too much was spent."""

    table: str
    row: Row
    code: str
    found: str
    expected: str


def blamed(plan: Iterable[Row], money: Iterable[Row], *, keeps_plan: bool) -> Iterator[Blame]:
    """The last line of every place that is overdrawn, with by how much."""
    rows = [("plan", row) for row in plan] + [("money", row) for row in money]
    for over in overdrawn(line_of(row) for _table, row in rows):
        if keeps_plan or over.rule in BINDING:
            yield blame_of(over, rows)


def blame_of(over: Overdraft, rows: list[tuple[str, Row]]) -> Blame:
    """The last row that takes from a place that is overdrawn; the last of all, when none of them does."""
    taking = [(table, row) for table, row in rows if _takes(line_of(row), over)]
    table, row = (taking or rows)[-1]
    return Blame(table, row, *_told(over, row))


def line_of(row: Row) -> Line:
    """A row of the plan or of money as a line of its pocket."""
    pocket = Pocket(row["programme"], row["task"], row["source"], row["chapter"] or "", row["paragraph"] or "")
    kind, gr = row["kind"], row["amount_gr"]
    match kind:
        case "commitment":
            return Line(kind, pocket, gr, commitment=row["key"])
        case "release":
            return Line(kind, pocket, -gr, commitment=row["commitment"])
        case "payment":
            return Line(kind, pocket, gr, commitment=row["commitment"], payment=row["key"])
        case "refund":
            return Line(kind, pocket, -gr, commitment=row["commitment"], payment=row["returns"])
    return Line(kind, pocket, gr)


def _takes(line: Line, over: Overdraft) -> bool:
    """Whether a line takes from the place that is overdrawn."""
    match over.rule:
        case Rule.PLAN:
            direct = line.kind in {"payment", "refund"} and line.commitment is None
            return line.pocket == over.where and (direct or line.kind not in {"payment", "refund"})
        case Rule.DIRECT:
            return line.pocket == over.where and line.kind == "refund" and line.commitment is None
        case Rule.COMMITMENT:
            return line.commitment == over.where and line.kind in {"release", "payment", "commitment"}
        case Rule.SETTLED:
            return line.commitment == over.where and line.kind == "refund"
    return line.payment == over.where and line.kind == "refund"


def _told(over: Overdraft, row: Row) -> tuple[str, str, str]:
    """Code, found and expected of an overdraft."""
    much = zl(over.over_gr)
    if over.rule is Rule.PLAN:
        where = ", ".join(str(part) for part in over.where if part)
        return (
            "above_plan",
            f"wydatki i zaangażowanie wyższe od planu o {much} ({where})",
            "suma, która mieści się w planie: rok ma zaznaczone, że pilnuje planu",
        )
    if over.rule is Rule.COMMITMENT:
        what = "zwolnienia i wypłaty" if row["kind"] == "release" else "wypłaty i zwolnienia"
        code = "release_above_commitment" if row["kind"] == "release" else "payment_above_commitment"
        return code, f"{what} wyższe od zaangażowania {over.where} o {much}", "suma nie wyższa od zaangażowania"
    return "refund_above_payment", f"zwroty wyższe od wypłat o {much}", "zwrot nie wyższy od tego, co wypłacono"
