"""All six formats say the same: the figures of 2019 to the grosz, what does not add up, from which records."""

import io
import json
import re

import pytest
from pypdf import PdfReader

from spoiwo.kernel.canonical import canonical_json
from spoiwo.reports.domain.verify import verify_file
from spoiwo.reports.exports import FORMATS, file_name, render_all
from spoiwo.reports.tests.content import large_report, report_2019
from spoiwo.reports.tests.exports.conftest import CONTROL, HOSTILE
from spoiwo.reports.tests.exports.reading import csv_tables, html_parsed, plain, text_of

HUMAN = ("html", "pdf", "docx", "xlsx")
AMOUNTS = (
    "9 025 049,77", "8 941 855,17", "5 831 416,34", "83 194,60", "1 053 763,35", "970 568,75", "1 410 534,78",
    "3 450 312,81", "3 110 438,83", "4 278 712,81", "107 121,07", "1 355 219,11", "90 363,35", "96 000,00",
    "71 000,00", "25 000,00",
)  # fmt: skip


@pytest.fixture(scope="module")
def texts(draft_files) -> dict[str, str]:
    return {name: text_of(name, data) for name, data in draft_files.items()}


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("name", HUMAN)
def test_the_figures_of_2019_stand_in_every_format_people_read(texts, name, amount):
    assert re.search(rf"(?<!\d )(?<!\d){re.escape(amount)}(?!\d)", texts[name]), (name, amount)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_the_figures_of_2019_stand_in_the_data_files(draft_files, amount):
    gr = int(amount.replace(" ", "").replace(",", ""))
    figures = csv_tables(draft_files["csv"])["figures"]
    assert any(row["value_gr"] == str(gr) and row["value_zl"] == amount.replace(" ", "") for row in figures)
    assert any(figure["value"] == gr for figure in json.loads(draft_files["json"])["figures"].values())


@pytest.mark.parametrize("name", HUMAN)
def test_every_format_people_read_says_what_it_is(texts, draft, name):
    for words in (
        plain(draft["title"]), draft["region"]["office"], "PROJEKT", draft["fingerprint"], "brak kwoty",
        "niewyjaśniona",
        "Organizacje pozarządowe", "Projekty unijne", "Strategia Polityki Społecznej", "tag.ngo.difference",
        "result.eu-help.people", "wlacznik" if name == "json" else "Lubuski Włącznik, IV edycja",
        "2 zakładów aktywności zawodowej", "Wypracowano model współpracy", "own-1", "nota-2019", "11,68",
    ):  # fmt: skip
        assert plain(words) in texts[name] or (name == "xlsx" and words == "11,68"), (name, words)


@pytest.mark.parametrize("name", HUMAN)
def test_a_final_report_tells_how_its_differences_were_settled(final_files, name):
    text = text_of(name, final_files[name])
    assert "PROJEKT" not in text
    for words in (
        "wersja 1",
        "przyjęta",
        "Dokument nie podaje, z jakich zadań",
        "E. Pokazowa, dyrektor",
        "24 września",
    ):
        assert plain(words) in text, (name, words)


@pytest.mark.parametrize("name", HUMAN)
def test_lines_of_an_explanation_are_listed(name):
    answer = {
        "kind": "explained", "reason": "Wkład własny do projektów.", "by": "Kto", "at": "2026-09-24T11:02:00+02:00",
        "lines": [{"description": "Wkład własny", "amount_gr": 8_319_460, "document": "Zestawienie 7/2019"}],
    }  # fmt: skip
    text = text_of(name, FORMATS[name][0](report_2019(settled={"sum-own": answer})))
    assert "Zestawienie 7/2019" in text
    assert "wyjaśniona" in text


@pytest.mark.parametrize("name", HUMAN)
def test_invented_data_and_the_notice_are_named(name):
    text = text_of(name, FORMATS[name][0](report_2019(invented=True, notice="Kwoty służą tylko pokazowi.")))
    assert "DANE WYMYŚLONE" in text
    assert "Kwoty służą tylko pokazowi." in text


@pytest.mark.parametrize("name", HUMAN)
def test_a_correction_says_what_changed_and_why(name):
    label = "Razem, policzone"
    change = {"figure": "total.computed", "label": label, "unit": "gr", "before": 894_185_500, "after": 894_185_517}
    reason = "Przestawione cyfry w jednej pozycji."
    content = report_2019(final=True, version=2, reason=reason, changes=[change], previous_fingerprint="a" * 64)
    text = text_of(name, FORMATS[name][0](content))
    assert reason in text
    assert label in text
    assert "a" * 64 in text


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_content_gives_the_same_bytes_in_whatever_order_it_was_stored(draft, draft_files, name):
    again = json.loads(canonical_json(draft))
    assert list(again) != list(draft)
    assert FORMATS[name][0](again) == draft_files[name]


def test_a_report_without_any_money_or_words_is_still_a_report():
    content = report_2019()
    for table in ("entries", "declared", "results", "events", "tags", "measures", "documents"):
        content["records"][table] = []
    figures = {id_: figure | {"value": None, "records": 0} for id_, figure in content["figures"].items()
               if id_.startswith(("cell.", "programme", "total.computed")) or id_.endswith(".computed")}  # fmt: skip
    blank = dict.fromkeys(content["matrix"]["columns"]) | {"total": None}
    content |= {"figures": figures, "cross_cuts": [], "differences": [], "comparison": [], "summary": []}
    content["matrix"] |= {"declared": blank, "difference": blank}
    content["sections"] = [section | {"sentences": [], "events": []} for section in content["sections"]]
    files = render_all(content)
    for name in HUMAN:
        assert "brak kwoty" in text_of(name, files[name])


def test_names_of_files_tell_year_version_and_format(draft, final):
    assert file_name(draft, "pdf") == "sprawozdanie-2019-projekt.pdf"
    assert file_name(final, "csv") == "sprawozdanie-2019-wersja-1.csv.zip"
    assert {file_name(final, name) for name in FORMATS} == {
        f"sprawozdanie-2019-wersja-1.{extension}" for _render, _mime, extension in FORMATS.values()
    }


# --- words that look like commands ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile_texts(hostile_files) -> dict[str, str]:
    """Without spaces, which line breaks add."""
    return {name: text_of(name, hostile_files[name]).replace(" ", "") for name in HUMAN}


@pytest.mark.parametrize("name", HUMAN)
@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_a_command_stays_text(hostile_texts, name, words):
    assert plain(words).replace(" ", "") in hostile_texts[name]


def test_a_page_with_hostile_words_has_no_script_and_only_our_own_links(hostile_files):
    _text, tags = html_parsed(hostile_files["html"])
    names = {tag for tag, _attributes in tags}
    assert not names & {"script", "iframe", "object", "img", "link", "base", "form", "b>"}
    assert {name for _tag, attributes in tags for name in attributes if name.startswith("on")} == set()
    assert all(attributes["href"].startswith("#") for tag, attributes in tags if tag == "a")


def test_json_keeps_even_what_no_page_can_show(hostile, hostile_files):
    assert json.loads(hostile_files["json"]) == hostile
    assert json.loads(hostile_files["json"])["records"]["entries"][0]["checked_by"] == CONTROL


def test_csv_starts_no_formula(hostile_files):
    for rows in csv_tables(hostile_files["csv"]).values():
        for row in rows:
            for name, value in row.items():
                assert not value.startswith(("=", "@", "+", "\t", "\r")), (name, value)
                assert not value.startswith("-") or re.fullmatch(r"-[0-9]+(,[0-9]{2})?", value), (name, value)
    entries = csv_tables(hostile_files["csv"])["entries"]
    assert "'=cmd()" in {row["key"] for row in entries}


# --- a whole year -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_year_of_twenty_thousand_lines_renders_in_all_formats_with_every_line_in_it():
    content = large_report(final=True)
    files = render_all(content)
    assert list(files) == list(FORMATS)
    assert verify_file(files["json"]) == []
    rows = csv_tables(files["csv"])["entries"]
    assert len(rows) == 20_000
    assert sum(int(row["amount_gr"]) for row in rows) == content["figures"]["total.computed"]["value"]
    for name in ("html", "xlsx"):
        text = files[name].decode() if name == "html" else text_of(name, files[name])
        assert text.count("e-0") >= 20_000
    pages = PdfReader(io.BytesIO(files["pdf"])).pages
    assert len(pages) > 200
    assert "20000. " in plain(" ".join(page.extract_text() for page in pages[-10:]))
    assert len(files["docx"]) > 100_000
