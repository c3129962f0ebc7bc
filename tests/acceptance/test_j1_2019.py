"""J1: the real year 2019 adds up to the grosz, and says openly what does not."""

import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from tests.acceptance.conftest import TREASURER
from tests.acceptance.editions import NO_AMOUNT, plain, zlote
from tests.acceptance.house import FORMATS, PACKAGE_2019, by_grosz, grosze, package, table

OWN, STATE, PFRON, EU = 105_376_335, 141_053_478, 345_031_281, 311_043_883
OWN_COMPUTED, DIFFERENCE = 97_056_875, 8_319_460
GRAND, COMPUTED, OF_PROGRAMMES = 902_504_977, 894_185_517, 583_141_634
NGO, NGO_TAGGED = 9_600_000, 7_100_000
PROGRAMMES = {
    "2014-P1": 9_036_335,
    "2014-P2": 427_871_281,
    "2014-P3": None,
    "2014-P4": 10_712_107,
    "2014-P5": 135_521_911,
    "2014-KIER": None,
}
FIGURES = {
    "total.declared": GRAND,
    "total.computed": COMPUTED,
    "total.difference": DIFFERENCE,
    "programmes.computed": OF_PROGRAMMES,
    "source.own.declared": OWN,
    "source.own.computed": OWN_COMPUTED,
    "source.own.difference": DIFFERENCE,
    "source.state.declared": STATE,
    "source.state.computed": STATE,
    "source.state.difference": 0,
    "source.pfron.declared": PFRON,
    "source.pfron.computed": PFRON,
    "source.pfron.difference": 0,
    "source.eu.declared": EU,
    "source.eu.computed": EU,
    "source.eu.difference": 0,
    "tag.ngo.declared": NGO,
    "tag.ngo.computed": NGO_TAGGED,
    "tag.ngo.difference": NGO - NGO_TAGGED,
    **{f"programme.{code.lower()}": gr for code, gr in PROGRAMMES.items()},
}
WITHOUT_AMOUNT = ("Lubuska Karta Dużej Rodziny", "Kierunki prorodzinnej polityki")  # programme 3, Kierunki
NAMES = {"own": "Środki własne", "ngo": "Organizacje pozarządowe"}


# --- the verdict -----------------------------------------------------------------------------------


def test_the_verdict_of_2019_has_every_figure_of_j1_and_exit_code_3_while_a_difference_is_open(verdict_2019):
    verdict = verdict_2019.json
    assert verdict_2019.code == 3
    assert verdict["year"] == 2019
    for source, declared, computed in (
        ("own", OWN, OWN_COMPUTED),
        ("state", STATE, STATE),
        ("pfron", PFRON, PFRON),
        ("eu", EU, EU),
    ):
        row = verdict["by_source"][source]
        held = (row["declared_gr"], row["computed_gr"], row["difference_gr"])
        assert held == (declared, computed, declared - computed)
    assert list(verdict["by_source"]) == ["own", "state", "pfron", "eu"]
    total = verdict["total"]
    assert (total["declared_gr"], total["computed_gr"], total["difference_gr"]) == (GRAND, COMPUTED, DIFFERENCE)
    (ngo,) = verdict["cross_cutting"]
    assert (ngo["declared_gr"], ngo["computed_gr"]) == (NGO, NGO_TAGGED)
    assert verdict["open_differences"] == 2, "own funds and the NGO cross-cut; the total only follows from own"


def test_programmes_2_4_and_5_have_their_sums_and_programme_3_and_kierunki_no_amount_not_0(verdict_2019):
    rows = {row["code"]: row for row in verdict_2019.json["by_programme"]}
    assert {code: rows[code]["computed_gr"] for code in PROGRAMMES} == PROGRAMMES
    assert sum(gr or 0 for gr in PROGRAMMES.values()) == OF_PROGRAMMES
    assert {rows[code]["declared_gr"] for code in PROGRAMMES} == {None}, "the note declares no programme's sum"


def test_the_verdict_for_people_marks_the_difference_and_says_no_amount(with_2019):
    done = with_2019("reconcile", 2019)
    assert done.code == 3
    lines = done.out.splitlines()
    (own,) = (line for line in lines if NAMES["own"] in line)
    assert re.findall(r"\d[\d ]*,\d\d", own) == ["970 568,75", "1 053 763,35", "83 194,60"]
    for name in WITHOUT_AMOUNT:
        (line,) = (line for line in lines if name in line)
        assert NO_AMOUNT in line
        assert not re.search(r"\d,\d\d", line)


# --- one grosz -------------------------------------------------------------------------------------

LINES = [row["key"] for row in table(PACKAGE_2019, "money")]
STEPS = {key: (-1) ** position for position, key in enumerate(LINES)}  # alternately a grosz more, a grosz less


@pytest.fixture(scope="module")
def verdicts_by_a_grosz(settled, copy_of, tmp_path_factory) -> dict[str, tuple]:
    """For every money line: the verdict after a year with nothing open got that one line changed."""
    folder = tmp_path_factory.mktemp("by-a-grosz")

    def judge(key: str):
        house = copy_of(settled)
        house.does("import-year", package(PACKAGE_2019, folder / key, money=by_grosz(key, STEPS[key])))
        return house("reconcile", 2019, "--json")

    with ThreadPoolExecutor(2) as pool:
        return {"before": settled("reconcile", 2019, "--json")} | dict(zip(LINES, pool.map(judge, LINES), strict=True))


def test_the_ten_lines_of_2019_are_all_tried():
    assert len(LINES) == len(set(LINES)) == 10


@pytest.mark.slow
@pytest.mark.parametrize("key", LINES)
def test_changing_any_line_by_one_grosz_changes_the_verdict(verdicts_by_a_grosz, key):
    before, after = verdicts_by_a_grosz["before"], verdicts_by_a_grosz[key]
    assert (before.code, before.json["open_differences"]) == (0, 0), "settled: the year could become final"
    (line,) = (row for row in table(PACKAGE_2019, "money") if row["key"] == key)
    step = STEPS[key]
    assert after.code == 3
    for source, row in before.json["by_source"].items():
        now = after.json["by_source"][source]
        moved = step if source == line["source"] else 0
        assert now["computed_gr"] == row["computed_gr"] + moved
        assert now["difference_gr"] == row["difference_gr"] - moved
        assert (now["status"] == "open") is bool(moved), (source, now)
    assert after.json["total"]["computed_gr"] == COMPUTED + step
    assert after.json["total"]["difference_gr"] == DIFFERENCE - step
    (ngo,) = after.json["cross_cutting"]
    tagged = step if line["tags"] == "ngo" else 0
    assert (ngo["computed_gr"], ngo["status"] == "open") == (NGO_TAGGED + tagged, bool(tagged))
    programmes = {row["code"]: row["computed_gr"] for row in after.json["by_programme"]}
    if line["programme"]:
        assert programmes[line["programme"]] == PROGRAMMES[line["programme"]] + step
    assert after.json["open_differences"] == 1 + bool(tagged)


# --- the report, in every format -------------------------------------------------------------------


def test_the_report_as_data_has_every_figure_of_j1(draft_2019):
    report = draft_2019.json
    assert (report["state"], report["version"], report["year"]) == ("draft", None, 2019)
    held = {name: report["figures"][name]["value"] for name in FIGURES}
    assert held == FIGURES
    assert {report["figures"][name]["kind"] for name in FIGURES} == {"money"}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_figure_of_j1_can_be_read_in_every_format(draft_2019, kind):
    missing = {name: zlote(gr) for name, gr in FIGURES.items() if gr and not draft_2019.has_money(kind, gr)}
    assert missing == {}


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_the_difference_of_83_194_60_and_96_000_against_71_000_stand_each_in_one_row(draft_2019, kind):
    rows = [" | ".join(row) for row in draft_2019.rows(kind)]
    for amounts in (
        (zlote(OWN_COMPUTED), zlote(OWN), zlote(DIFFERENCE)),
        (zlote(NGO_TAGGED), zlote(NGO), zlote(NGO - NGO_TAGGED)),
    ):
        assert any(all(amount in row for amount in amounts) for row in rows), (amounts, rows)


def test_the_csv_has_a_row_for_every_figure_with_its_amount_and_whether_it_is_open(draft_2019):
    rows = draft_2019.csv_figures
    assert {name: rows[name]["value_gr"] for name in FIGURES} == {
        name: "" if gr is None else str(gr) for name, gr in FIGURES.items()
    }
    assert {rows[name]["status"] for name in ("source.own.difference", "tag.ngo.difference")} == {"open"}
    assert rows["source.own.difference"]["value_zl"] == "83194,60"
    assert rows.keys() == draft_2019.json["figures"].keys()


def test_the_list_of_differences_names_both_as_open(draft_2019):
    rows = [row for row in draft_2019.json["differences"] if not row["follows"]]
    assert {row["key"]: (row["value_gr"], row["status"]) for row in rows} == {
        "2019-own": (DIFFERENCE, "open"),
        "2019-ngo": (NGO - NGO_TAGGED, "open"),
    }


@pytest.mark.parametrize("name", WITHOUT_AMOUNT)
@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_programme_3_and_kierunki_print_no_amount_and_never_0(draft_2019, kind, name):
    if kind == "pdf":  # a row of its tables may be several lines
        said = re.findall(f"{name}.{{60}}", draft_2019.text(kind))
    else:
        said = [" | ".join(row) for row in draft_2019.rows(kind) if any(name in cell for cell in row)]
    assert any(NO_AMOUNT in words for words in said), said
    assert [words for words in said if re.search(r"(?<![\d,])0(,00)? zł|(?<![\d ])0,00", words)] == []


def test_programme_3_and_kierunki_are_null_in_the_data_in_every_cell(draft_2019):
    report = draft_2019.json
    rows = {row["programme"]: row for row in report["matrix"]["rows"]}
    for code in ("2014-P3", "2014-KIER"):
        assert rows[code]["no_amount"] is True
        figures = [*rows[code]["cells"].values(), rows[code]["total"]]
        assert {report["figures"][figure]["value"] for figure in figures} == {None}
    assert report["figures"][rows["2014-P1"]["cells"]["pfron"]]["value"] is None, "nor is an empty cell 0"
    assert not any(rows[code]["no_amount"] for code, gr in PROGRAMMES.items() if gr)


def test_the_cross_cut_is_never_added_twice(draft_2019):
    figures = draft_2019.json["figures"]
    by_source = [figures[f"source.{source}.computed"]["value"] for source in ("own", "state", "pfron", "eu")]
    assert sum(by_source) == figures["total.computed"]["value"] == COMPUTED
    (cut,) = draft_2019.json["cross_cuts"]
    assert cut["tag"] == "ngo"


# --- what each format is for -----------------------------------------------------------------------


def test_the_web_page_links_every_figure_and_asks_nothing_of_other_hosts(draft_2019):
    tree = draft_2019.tree
    assert tree.get("lang") == "pl"
    assert tree.xpath("//svg|//*[local-name()='svg']|//img[starts-with(@src, 'data:')]"), "a chart"
    loaded = tree.xpath("//script/@src|//link[@rel='stylesheet']/@href|//img/@src|//iframe/@src")
    assert [address for address in loaded if not address.startswith("data:")] == [], "a file must stand alone"
    identifiers = {*tree.xpath("//@id"), *tree.xpath("//@data-figure")}
    text = draft_2019.text("html")
    unnamed = [name for name in FIGURES if not any(name in known for known in identifiers) and name not in text]
    assert unnamed == []


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx", "csv"])
def test_every_figure_carries_its_identifier_and_an_annex_lists_its_records(draft_2019, kind):
    # where a line of the PDF breaks at a hyphen, its text layer may leave the hyphen out
    gaps = r"[\s-]" if kind == "pdf" else r"\s"
    squeezed = re.sub(gaps, "", draft_2019.text(kind))
    named = {*FIGURES, *(name for name, row in draft_2019.json["figures"].items() if row["records"])}
    assert [name for name in sorted(named) if re.sub(gaps, "", name) not in squeezed] == []
    lines = table(PACKAGE_2019, "money")
    words = [re.sub(gaps, "", row[name]) for row in lines for name in ("key", "description")]
    assert [word for word in words if word not in squeezed] == []


@pytest.mark.parametrize("kind", FORMATS)
def test_no_placeholder_of_a_statement_is_left_for_the_reader(draft_2019, kind):
    text = draft_2019.text(kind)
    if kind == "json":  # the records keep the statements as they were entered; what is shown does not
        shown = {name: part for name, part in draft_2019.json.items() if name != "records"}
        text = json.dumps(shown, ensure_ascii=False)
    assert re.findall(r".{20}\bn:(?:acc|gen|loc)\b|.{20}\{n|.{20}\bn\?", text) == []


def test_the_pdf_says_it_is_pdf_ua_1_and_pdf_a_2a_and_is_tagged_and_in_polish(draft_2019):
    reader = PdfReader(draft_2019.file("pdf"))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode("utf-8")
    for name, value in (("pdfuaid:part", "1"), ("pdfaid:part", "2"), ("pdfaid:conformance", "A")):
        assert re.search(rf"{name}(>|=[\"']){value}\b", metadata), name
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("pl")
    assert reader.metadata.title
    assert all(draft_2019.pages), "no page without text"


def test_the_docx_has_real_headings_and_tables_with_heading_rows_an_official_can_edit(draft_2019):
    document = docx.Document(str(draft_2019.file("docx")))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Nagłówek", "Title"))]
    names = [row["name"] for row in table(PACKAGE_2019, "programmes")]
    assert [name for name in names if not any(name in plain(heading) for heading in headings)] == []
    assert document.tables
    repeated = [part for part in document.tables if part.rows[0]._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(repeated) == len(document.tables)


def test_the_totals_of_the_workbook_are_live_formulas_whose_stored_values_are_right(draft_2019):
    stored = {}
    for sheet in draft_2019.formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    stored[sheet.title, cell.coordinate] = draft_2019.workbook[sheet.title][cell.coordinate].value
    values = {round(value * 100) for value in stored.values() if isinstance(value, int | float)}
    assert {COMPUTED, OWN_COMPUTED, STATE, PFRON, EU, DIFFERENCE, NGO_TAGGED} <= values
    assert {gr for gr in PROGRAMMES.values() if gr} <= values


@pytest.mark.skipif(not shutil.which("soffice"), reason="przeliczenie arkusza: brak programu LibreOffice")
def test_a_grosz_added_to_a_line_of_the_workbook_moves_its_totals_in_a_spreadsheet_program(draft_2019, tmp_path):
    changed, folder = tmp_path / "grosz.xlsx", tmp_path / "out"
    book = openpyxl.load_workbook(draft_2019.file("xlsx"))
    (cell,) = (cell for row in book["Pozycje"].iter_rows() for cell in row if cell.value == 16805.4)
    cell.value = 16805.41
    book.save(changed)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(changed)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    after = openpyxl.load_workbook(folder / "grosz.xlsx", data_only=True)
    values = {
        round(cell.value * 100)
        for sheet in after
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert {COMPUTED + 1, OWN_COMPUTED + 1, DIFFERENCE - 1, PROGRAMMES["2014-P4"] + 1, OF_PROGRAMMES + 1} <= values
    assert values.isdisjoint({COMPUTED, OWN_COMPUTED, DIFFERENCE, PROGRAMMES["2014-P4"], OF_PROGRAMMES})


# --- final -----------------------------------------------------------------------------------------


def test_final_is_refused_until_every_difference_is_explained_or_accepted(with_2019, copy_of, tmp_path, final_2019):
    house = copy_of(with_2019)
    rows = house.rows()
    refused = house("report", 2019, "--format", "json", "--out", tmp_path / "1", "--final")
    assert refused.code == 3
    assert "Traceback" not in refused.all
    assert "2019-own" in refused.err or "83 194,60" in refused.err
    assert house.rows() == rows
    assert not list(tmp_path.rglob("*.json")), "a refused final leaves no file behind"
    house.does("settle-difference", 2019, "2019-own", "--reason", "Notatka tej kwoty nie rozdziela.", "--by", TREASURER)
    still = house("report", 2019, "--format", "json", "--out", tmp_path / "2", "--final")
    assert still.code == 3
    assert "2019-ngo" in still.err or "25 000,00" in still.err
    assert final_2019.json["state"] == "final", "and with both settled it is possible"


def test_the_check_of_lines_is_in_grosze_of_the_package():
    assert sum(grosze(row["amount"]) for row in table(PACKAGE_2019, "money")) == COMPUTED
