"""The PDF is what its labels claim: PDF/UA-1 and PDF/A-2a, tagged tables, a language, bookmarks, one font of ours."""

import io

import pikepdf
import pytest
from pypdf import PdfReader

from spoiwo.reports.exports import render_pdf
from spoiwo.reports.tests.exports.reading import plain


@pytest.fixture(scope="module")
def pdf(draft_files):
    with pikepdf.open(io.BytesIO(draft_files["pdf"])) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """All structure elements of one kind."""
    found, todo, seen = [], [pdf.Root.StructTreeRoot], set()
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Array):
            todo += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if node.objgen in seen and node.objgen != (0, 0):
                continue
            seen.add(node.objgen)
            if node.get("/S") == f"/{kind}":
                found.append(node)
            if "/K" in node:
                todo.append(node.K)
    return found


def test_it_declares_both_standards_and_its_language_and_title(pdf, draft):
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert plain(meta["dc:title"]) == plain(draft["title"])
    assert str(pdf.Root.Lang) == "pl-PL"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert plain(str(pdf.docinfo["/Title"])) == plain(draft["title"])


def test_tables_have_header_cells_with_a_scope_and_stay_whole(pdf):
    tables = elements(pdf, "Table")
    heads = elements(pdf, "TH")
    assert len(tables) == 8 + 8  # the report's own, and one for each cell with lines
    assert len(heads) >= len(tables) * 3
    scopes = {str(attribute.Scope) for head in heads for attribute in _attributes(head) if "/Scope" in attribute}
    assert scopes == {"/Column"}
    assert all(any("/Scope" in attribute for attribute in _attributes(head)) for head in heads)
    assert len(elements(pdf, "Caption")) == 8


def _attributes(element: pikepdf.Dictionary) -> list:
    attributes = element.get("/A", pikepdf.Array())
    return list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]


def test_the_chart_has_words_for_those_who_do_not_see_it(pdf):
    (figure,) = elements(pdf, "Figure")
    assert "Bez przypisania do programu: 83" in str(figure.Alt)
    assert "Integracja osób niepełnosprawnych: 4" in str(figure.Alt)


def test_headings_skip_no_level(pdf):
    assert len(elements(pdf, "H1")) == 1
    assert len(elements(pdf, "H2")) >= 9
    assert len(elements(pdf, "H3")) >= 8
    assert not elements(pdf, "H4")


def test_bookmarks_lead_to_every_part(draft_files):
    outline = PdfReader(io.BytesIO(draft_files["pdf"])).outline
    names = " ".join(_names(outline))
    for name in ("Ile wydano", "Program i źródło, w złotych", "Różnice", "Co z tego wynikło", "Załącznik 2. Pozycje"):
        assert plain(name) in plain(names)


def _names(outline: list) -> list[str]:
    names = []
    for item in outline:
        names += _names(item) if isinstance(item, list) else [str(item["/Title"])]
    return names


def test_every_page_says_that_it_is_a_draft_and_which_page_it_is(draft_files):
    pages = PdfReader(io.BytesIO(draft_files["pdf"])).pages
    for number, page in enumerate(pages, 1):
        text = plain(page.extract_text())
        assert "PROJEKT" in text
        assert f"strona {number} z {len(pages)}" in text


def test_only_fonts_of_the_house_are_used_and_they_are_embedded(pdf):
    fonts = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            descendant = font.DescendantFonts[0]
            fonts[str(descendant.BaseFont)] = descendant.FontDescriptor
    assert fonts
    assert all("FiraSans" in name for name in fonts), fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts.values())


def test_figures_lead_to_their_rows_and_those_to_their_lines(pdf):
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.get("/Subtype") == "/Link"]
    assert len(links) > 80
    assert all("/URI" not in note.get("/A", {}) for note in links)
    assert all("/Contents" in note for note in links)  # PDF/UA-1, 7.18.5


def test_the_files_time_is_that_of_the_report(pdf):
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261121090000")


def test_fingerprint_and_identifiers_can_be_copied_as_they_are(draft, draft_files):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(draft_files["pdf"])).pages)
    assert draft["fingerprint"] in text
    assert "source.pfron.difference" in text
    assert "\u200b" not in text


def test_nothing_of_this_machine_gets_into_the_file(draft, draft_files, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TYPST_FONT_PATHS", "/usr/share/fonts")
    assert render_pdf(draft) == draft_files["pdf"]
