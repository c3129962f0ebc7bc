"""CSV that its own description fits, JSON that is the document, HTML that leads from figure to record."""

import io
import json
import zipfile
from itertools import pairwise

import frictionless
import pytest

from spoiwo.kernel.cells import safe_cell
from spoiwo.reports.domain.verify import verify_file
from spoiwo.reports.exports import csv_files, render_html, render_json
from spoiwo.reports.tests.exports.reading import csv_tables, html_parsed


def test_the_data_package_is_valid_for_a_program_that_is_not_ours(draft_files, tmp_path):
    with zipfile.ZipFile(io.BytesIO(draft_files["csv"])) as archive:
        archive.extractall(tmp_path)
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["note", "message"])


def test_tables_have_a_byte_order_mark_and_grosze_beside_zlote(draft):
    files = csv_files(draft)
    assert list(files) == ["datapackage.json", "figures.csv", "entries.csv"]
    assert files["figures.csv"].startswith(b"\xef\xbb\xbfid,label,value,unit,value_gr,value_zl,")
    line = next(
        line for line in files["figures.csv"].decode("utf-8-sig").splitlines() if line.startswith("total.declared")
    )
    assert ',902504977,gr,902504977,"9025049,77",exact,' in line


def test_no_amount_is_empty_and_zero_is_zero(draft_files):
    figures = {row["id"]: row for row in csv_tables(draft_files["csv"])["figures"]}
    assert figures["programme.2014-p3"]["value_gr"] == figures["programme.2014-p3"]["value_zl"] == ""
    assert (figures["source.eu.difference"]["value_gr"], figures["source.eu.difference"]["value_zl"]) == ("0", "0,00")
    assert json.loads(figures["total.difference"]["rule"]) == {
        "op": "minus",
        "figures": ["total.declared", "total.computed"],
    }
    assert figures["total.difference"]["status"] == "open"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("=1", "'=1"), ("-1", "'-1"), ("+1", "'+1"), ("@a", "'@a"), ("\tx", "'\tx"), ("a=1", "a=1"), (None, "")],
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(words, expected):
    assert safe_cell(words) == expected


def test_json_is_the_document_itself_one_record_to_a_line(draft, draft_files):
    assert json.loads(draft_files["json"]) == draft
    assert verify_file(draft_files["json"]) == []
    lines = draft_files["json"].decode().splitlines()
    assert sum('"amount_gr"' in line and '"entered_by"' in line for line in lines) == 10
    assert render_json({}) == b"{\n}\n"


@pytest.fixture(scope="module")
def page(draft_files):
    return html_parsed(draft_files["html"])


def test_every_link_leads_to_a_place_of_the_same_page(page):
    _text, tags = page
    places = [attributes["id"] for _tag, attributes in tags if "id" in attributes]
    links = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert len(places) == len(set(places))
    assert links
    assert {link.removeprefix("#") for link in links} <= set(places)


def test_every_figure_of_money_leads_to_its_row_and_the_row_to_its_lines(page, draft):
    _text, tags = page
    links = {attributes["href"] for tag, attributes in tags if tag == "a"}
    rows = {attributes["id"] for tag, attributes in tags if tag == "span" and "id" in attributes}
    assert {f"#{row}" for row in rows if row.startswith("f")} <= links
    assert {f"#p{number}" for number in (1, 2, 5, 6, 7, 8, 9, 10)} <= links


def test_the_page_needs_nothing_from_elsewhere(draft_files, page):
    _text, tags = page
    assert not {tag for tag, _attributes in tags} & {"script", "link", "img", "iframe"}
    data = draft_files["html"].decode()
    assert "url(" not in data
    assert data.count("http") == data.count("http://www.w3.org/2000/svg")
    assert ("html", {"lang": "pl"}) in tags


def test_tables_have_captions_and_header_cells_with_a_scope(page):
    _text, tags = page
    tables = sum(tag == "table" for tag, _attributes in tags)
    assert tables == sum(tag == "caption" for tag, _attributes in tags) == 16
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in tags if tag == "th")


def test_headings_skip_no_level(page):
    levels = [int(tag[1]) for tag, _attributes in page[1] if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_notice_cannot_leave_its_place_in_the_style(draft):
    notice = '"; } body { display: none } /* </style><script>'
    data = render_html(draft | {"notice": notice}).decode()
    style = data[data.index("<style>") : data.index("</style>")]
    assert "display: none }" not in style.replace(".chart svg.narrow { display: none", "").replace(
        ".watermark { display: none", ""
    ).replace(".chart svg.wide { display: none", "")
    assert "<script>" not in data
