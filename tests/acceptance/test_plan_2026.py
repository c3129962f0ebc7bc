"""The year in progress beside an independent ledger in plain Python: screen, files, the limit, closed months."""

import csv
import io
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from datetime import date
from hashlib import sha256
from types import SimpleNamespace
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.acceptance.editions import plain, zlote
from tests.acceptance.house import EXAMPLES, House, Row, table
from tests.acceptance.reading import Page, Reader

PACKAGE = EXAMPLES / "lubuskie-2026"
SOURCES = {row["code"]: row["name"] for row in table(PACKAGE, "sources")}
NOT_KEPT = re.compile(r"django_session|^INSERT INTO \"sqlite_sequence\"")  # who is signed in; the next free numbers
MINUS = {"release", "refund"}  # entered as a positive amount, counted against the rest
OFFICE = "/biuro/rok/2026/"
POCKET = {"task": "2021-p2-kadry", "source": "state", "chapter": "85508", "paragraph": "4300"}


def grosze(amount: str) -> int:
    """Whole grosze of `-9025049,77`, by its digits alone."""
    assert re.fullmatch(r"-?\d+,\d\d", amount), amount
    return int(amount.replace(",", ""))


def read(text: str) -> int:
    """Whole grosze of `-9 025 049,77 zł`, as people write them."""
    return grosze(re.sub(r" |zł", "", text))


def lines() -> list[tuple[str, int, Row]]:
    """Every line of the year: what it adds to, how much, and the line itself."""
    columns = {"plan": "plan", "change": "plan", "commitment": "committed", "release": "committed"}
    rows = table(PACKAGE, "plan") + table(PACKAGE, "money")
    signs = ((row, -1 if row["kind"] in MINUS else 1) for row in rows)
    return [(columns.get(row["kind"], "spent"), sign * grosze(row["amount"]), row) for row, sign in signs]


def counted(*columns: str) -> dict[tuple[str, ...], Counter]:
    """Plan, committed, spent, direct and left for every combination of these columns."""
    sums: dict[tuple[str, ...], Counter] = {}
    for what, gr, row in lines():
        one = sums.setdefault(tuple(row[column] for column in columns), Counter())
        one[what] += gr
        if what == "spent" and not row["commitment"]:
            one["direct"] += gr
    for one in sums.values():
        one["left"] = one["plan"] - one["committed"] - one["direct"]
    return sums


BY_SOURCE = {source: one for (source,), one in counted("source").items()}
FIGURES = [(source, what) for source in SOURCES for what in ("plan", "committed", "spent", "left")]
LISTS = {
    "plan": "plan/linie/?zrodlo={}",
    "committed": "plan/linie/?zrodlo={}&rodzaj=commitment",
    "spent": "?zrodlo={}",
}


@pytest.fixture(scope="module")
def untouched(served, tmp_path_factory) -> SimpleNamespace:
    """The morning page, the lists behind it and the four files, before anything here changes a line."""
    director = Reader(served.url, "ewa@pokaz.example")
    out = tmp_path_factory.mktemp("export-2026")
    House(served.data).does("export", 2026, "--format", "all", "--out", out)
    behind = {(source, what): OFFICE + LISTS[what].format(source) for source in SOURCES for what in LISTS}
    return SimpleNamespace(
        desk=director.page("/biuro/"),
        plan=director.page(OFFICE + "plan/"),
        doors=behind,
        behind={name: director.page(path) for name, path in behind.items()},
        files={file.name.removeprefix("fakty-2026."): file for file in out.iterdir()},
    )


# --- the morning page --------------------------------------------------------------------------------


@pytest.mark.parametrize("source, what", FIGURES)
def test_plan_committed_spent_and_left_of_a_source_stand_on_the_morning_page(untouched, source, what):
    assert _on_the_desk(untouched, source, what) == BY_SOURCE[source][what]


def _on_the_desk(untouched, source: str, what: str) -> int:
    if what != "left":
        return read(untouched.desk.link(untouched.doors[source, what]))
    tile = "ancestor::div[contains(@class, 'sp-tile')]"
    (source_tile,) = untouched.desk.main.xpath(f".//a[@href=$path]/{tile}", path=untouched.doors[source, "committed"])
    return read(re.search(r"zostało ([\d ]+,\d\d)", plain(source_tile.text_content()))[1])


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("what", LISTS)
def test_each_amount_of_the_morning_page_opens_the_lines_it_is_made_of(untouched, source, what):
    page = untouched.behind[source, what]
    assert page.status == 200
    said = {"plan": "plan", "committed": "zaangażowano", "spent": "suma"}[what]
    assert read(re.search(rf"{said} ([\d ]+,\d\d) zł", page.text)[1]) == BY_SOURCE[source][what]


def test_the_plan_page_says_the_same_of_every_task(untouched):
    rows = {}
    for row in untouched.plan.main.xpath(".//table[caption[contains(., 'zada')]]//tr[td]"):
        doors = [href for href in row.xpath(".//a/@href") if "zadanie=" in href]
        if doors:
            code = re.search(r"zadanie=([\w-]+)", doors[0])[1]
            cells = {cell.get("data-label"): plain(cell.text_content()) for cell in row.iter("td")}
            rows[code] = {name: _cell(cells[name]) for name in ("Zaangażowano", "Wydano", "Zostało")}
    expected = {
        task: {"Zaangażowano": one["committed"], "Wydano": one["spent"], "Zostało": one["left"]}
        for (task,), one in counted("task").items()
    }
    assert rows == expected


def _cell(text: str) -> int:
    return 0 if "brak kwoty" in text else read(text.replace("\u2212", "-"))


# --- the four files ----------------------------------------------------------------------------------


def _summed(rows: list[tuple[str, str, int]]) -> dict[str, Counter]:
    """By source: what the lines of a file add up to; a line is its source, its kind and its signed grosze."""
    names = {"plan": "plan", "change": "plan", "commitment": "committed", "release": "committed"}
    sums: dict[str, Counter] = {}
    for source, kind, gr in rows:
        sums.setdefault(source, Counter())[names.get(kind, "spent")] += gr
    return sums


def _expected(*figures: str) -> dict[str, dict[str, int]]:
    return {source: {figure: one[figure] for figure in figures} for source, one in BY_SOURCE.items()}


def test_the_export_has_one_file_of_each_format(untouched):
    assert set(untouched.files) == {"datapackage.zip", "iati.xml", "rb28s.csv", "xlsx"}


def test_the_data_package_holds_the_same_sums(untouched):
    rows = []
    with zipfile.ZipFile(untouched.files["datapackage.zip"]) as archive:
        for name in ("plan.csv", "entries.csv"):
            text = io.StringIO(archive.read(name).decode("utf-8"))
            rows += [(row["source"], row["kind"], int(row["amount_gr"])) for row in csv.DictReader(text)]
    assert _summed(rows) == _expected("plan", "committed", "spent")


def test_the_workbook_holds_the_same_sums(untouched):
    book = openpyxl.load_workbook(untouched.files["xlsx"], data_only=True, read_only=True)
    rows = []
    for sheet in ("Plan i zobowiązania", "Wykonanie"):
        head, *body = book[sheet].iter_rows(values_only=True)
        source, kind, amount = (head.index(name) for name in ("Źródło", "Rodzaj", "Kwota, zł"))
        rows += [(row[source], row[kind], round(row[amount] * 100)) for row in body]
    book.close()
    totals = [gr for source, _kind, gr in rows if source is None]
    assert totals == [sum(one["spent"] for one in BY_SOURCE.values())]
    assert _summed([row for row in rows if row[0]]) == _expected("plan", "committed", "spent")


def test_the_iati_file_holds_the_same_sums(untouched):
    kinds = {"2": "commitment", "3": "payment", "4": "payment"}
    codes = {name: code for code, name in SOURCES.items()}
    root = ElementTree.parse(untouched.files["iati.xml"]).getroot()
    rows = [
        (
            codes[one.findtext("provider-org/narrative")],
            kinds[one.find("transaction-type").get("code")],
            int(one.findtext("value").replace(".", "")),
        )
        for one in root.iter("transaction")
    ]
    assert _summed(rows) == _expected("committed", "spent")
    budgets = {
        activity.findtext("iati-identifier").rsplit("-", 1)[1]: activity.findall("budget")[-1].findtext("value")
        for activity in root.iter("iati-activity")
        if activity.findall("budget")
    }
    planned = {(code.rsplit("-", 1)[-1] or "outside"): one["plan"] for (code,), one in counted("programme").items()}
    assert {code: int(amount.replace(".", "")) for code, amount in budgets.items()} == planned


def test_the_rb28s_file_holds_the_same_sums_by_classification(untouched):
    text = io.StringIO(untouched.files["rb28s.csv"].read_text(encoding="utf-8-sig"))
    rows = {(row["Rozdział"], row["Paragraf"]): row for row in csv.DictReader(text, delimiter=";")}
    total = rows.pop(("", ""))
    columns = {"Plan po zmianach": ("plan",), "Zaangażowanie": ("committed", "direct"), "Wydatki wykonane": ("spent",)}
    for column, figures in columns.items():
        expected = {
            name: sum(one[figure] for figure in figures) for name, one in counted("chapter", "paragraph").items()
        }
        assert {name: grosze(row[column] or "0,00") for name, row in rows.items()} == expected, column
        assert grosze(total[column]) == sum(expected.values()), column
    assert {row["Dział"] for row in rows.values()} == {chapter[:3] for chapter, _ in rows}


# --- the limit of the plan ---------------------------------------------------------------------------


def _saved(served) -> str:
    """A digest of everything that is kept, signing in aside."""
    digest = sha256()
    with closing(sqlite3.connect(f"file:{served.data / 'spoiwo.sqlite3'}?mode=ro", uri=True)) as connection:
        for statement in connection.iterdump():
            if not NOT_KEPT.search(statement):
                digest.update(statement.encode())
    return digest.hexdigest()


@pytest.mark.usefixtures("untouched")
def test_a_commitment_one_grosz_above_the_plan_is_refused_by_how_much_and_nothing_is_saved(served):
    officer = Reader(served.url, "anna@pokaz.example")
    left = counted(*POCKET)[tuple(POCKET.values())]["left"]
    assert left > 0
    before = _saved(served)
    refused = _commit(officer, left + 1)
    assert refused.status == 422
    assert "0,01 zł" in refused.complaint
    assert refused.main.forms[0].fields["description"] == "Umowa próbna (zmyślona)"
    assert _saved(served) == before
    accepted = _commit(officer, left)
    assert accepted.status == 200, accepted.complaint
    assert _saved(served) != before
    again = _commit(officer, 1)
    assert (again.status, "0,01 zł" in again.complaint) == (422, True)


def _commit(officer: Reader, gr: int) -> Page:
    today = date.today()
    day = min(max(today, date(2026, 11, 1)), date(2026, 12, 31))
    return officer.fill(
        OFFICE + "plan/zobowiazanie/",
        description="Umowa próbna (zmyślona)",
        amount_gr=zlote(gr),
        date=f"{day:%d.%m.%Y}",
        due_on="31.12.2026",
        source=SOURCES[POCKET["source"]],
        programme="Rodzina i piecza zastępcza",
        task="Szkolenia kadr pieczy zastępczej",
        chapter=POCKET["chapter"],
        paragraph=POCKET["paragraph"],
        document="Umowa próbna 1/2026 (zmyślona)",
    )


# --- closed months -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def closed_line(untouched, served) -> str:
    """The first line of February, a closed month."""
    page = Reader(served.url, "anna@pokaz.example").page(OFFICE + "?miesiac=2&zrodlo=eu")
    return page.links(OFFICE + r"wpisy/\d+/")[0]


def test_the_officer_cannot_change_a_line_of_a_closed_month_in_any_way(served, closed_line):
    officer = Reader(served.url, "anna@pokaz.example")
    page = officer.page(closed_line)
    assert "zamknięty" in page.text
    assert page.links(closed_line + ".+") == []
    before = _saved(served)
    changed = officer.fill(closed_line + "zmien/", description="Inny opis", reason="Literówka w opisie (zmyślone).")
    assert changed.status in {403, 409, 422}
    assert "amknięt" in changed.text
    reversed_ = officer.fill(closed_line + "popraw/", reason="Literówka w opisie (zmyślone).")
    assert reversed_.status in {403, 409, 422}
    assert "skarbnik" in reversed_.text
    assert _saved(served) == before


def test_no_new_line_enters_a_closed_month(served, closed_line):
    officer = Reader(served.url, "anna@pokaz.example")
    before = _saved(served)
    refused = officer.fill(
        OFFICE + "wpisy/nowy/",
        description="Spóźniona faktura (zmyślona)",
        amount_gr="1,00",
        date="27.02.2026",
        source=SOURCES["own"],
        document="Faktura próbna (zmyślona)",
    )
    assert refused.status == 422
    assert "amknięt" in refused.complaint
    assert _saved(served) == before


def test_the_treasurer_corrects_a_closed_line_only_with_a_reason_and_the_old_line_stays(served, closed_line):
    treasurer = Reader(served.url, "jan@pokaz.example")
    old = treasurer.page(closed_line).terms()["Kwota"]
    one_less = zlote(read(re.search(r"[\d ]+,\d\d", old)[0]) - 1)
    before = _saved(served)
    silent = treasurer.fill(closed_line + "popraw/", amount_gr=one_less, reason=" ")
    assert silent.status == 422
    assert "Uzasadnienie" in silent.complaint
    assert _saved(served) == before
    corrected = treasurer.fill(closed_line + "popraw/", amount_gr=one_less, reason="Zła kwota na fakturze (zmyślone).")
    assert corrected.status == 200
    assert corrected.terms()["Kwota"].startswith(one_less)
    assert "Zła kwota na fakturze (zmyślone)." in corrected.text
    assert treasurer.page(closed_line).terms()["Kwota"] == old
    after_closing = treasurer.page(OFFICE + "zamkniecie/").text.replace("\u2212", "-")
    old_amount = re.search(r"[\d ]+,\d\d", old)[0]
    for entered in (f"-{old_amount}", one_less):
        assert entered in after_closing, "what was entered after the closing is told apart"
