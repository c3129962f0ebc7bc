"""The Word file has what an official needs to go on writing: headings, styles, captions, header rows."""

import io
import zipfile
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from spoiwo.reports.tests.exports.reading import plain


@pytest.fixture(scope="module")
def word(draft_files):
    return docx.Document(io.BytesIO(draft_files["docx"]))


def test_it_says_what_it_is_in_its_properties(word, draft):
    core = word.core_properties
    assert plain(core.title) == plain(draft["title"])
    assert core.language == "pl-PL"
    assert core.author == draft["region"]["office"].replace("w Z", "w\u00a0Z")
    assert draft["fingerprint"] in core.comments
    assert core.created.isoformat().startswith("2026-11-21T09:00:00")
    lang = word.styles.element.find(f".//{qn('w:docDefaults')}").find(f".//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "pl-PL"


def test_headings_are_real_and_skip_no_level(word):
    levels = [int(p.style.name.split()[-1]) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert sum(p.style.name == "Title" for p in word.paragraphs) == 1


def test_every_table_has_a_caption_above_and_a_header_row_that_repeats(word):
    captions = ["".join(t.text for t in p._p.iter(qn("w:t"))) for p in word.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(word.tables) == 16
    assert [caption.partition(".")[0] for caption in captions] == [f"Tabela {n}" for n in range(1, 17)]
    for table in word.tables:
        first = table.rows[0]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}


def test_the_matrix_holds_the_figures_of_2019_with_their_numbers(word):
    rows = [[plain(cell.text) for cell in row.cells] for row in word.tables[1].rows]
    assert rows[2][0] == "2. Integracja osób niepełnosprawnych"
    assert [cell.rpartition("] ")[2] for cell in rows[2][1:]] == [
        "828 400,00",
        "–",
        "3 450 312,81",
        "–",
        "4 278 712,81",
    ]
    assert rows[3][-1].endswith("brak kwoty")
    assert [cell.rpartition("] ")[2] for cell in rows[-1]] == [
        "Różnica",
        "83 194,60",
        "0,00",
        "0,00",
        "0,00",
        "83 194,60",
    ]
    assert all(cell.startswith("[") for cell in rows[-1][1:])


def test_numbers_of_figures_lead_to_their_row_of_the_annex(word):
    anchors = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= marks
    assert len(marks) == len(list(word.element.iter(qn("w:bookmarkStart"))))


def test_the_chart_has_words_for_those_who_do_not_see_it(word):
    (shape,) = word.inline_shapes
    assert "83\u00a0194,60" in shape._inline.docPr.get("descr")


def test_every_page_says_that_it_is_a_draft(word):
    section = word.sections[0]
    assert "PROJEKT" in section.header.paragraphs[0].text
    assert "strona" in section.footer.paragraphs[0].text
    codes = [field.get(qn("w:instr")).strip() for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert round(section.page_width.cm, 1) == 21.0


def test_files_inside_carry_no_time_of_making(draft_files):
    with zipfile.ZipFile(io.BytesIO(draft_files["docx"])) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
