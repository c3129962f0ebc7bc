"""Files on their way out: their headers, their cells, and what an export may hold."""

import csv
import io

import openpyxl
import pytest

from spoiwo.access.models import RoleAssignment, User
from spoiwo.audit.errors import PurposeMissing
from spoiwo.audit.models import Record
from spoiwo.doors import exports
from spoiwo.doors.answers import ALONE, file_response
from spoiwo.doors.errors import ExportRefused
from spoiwo.doors.exports import Export, table_csv, table_xlsx
from spoiwo.doors.models import KeptFile, Letter
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    """Declarations of these tests stay in them."""
    monkeypatch.setattr(exports, "DECLARED", {})


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("rejestr-2019.csv", 'attachment; filename="rejestr-2019.csv"'),
        ("zażółć.csv", "attachment; filename*=utf-8''za%C5%BC%C3%B3%C5%82%C4%87.csv"),
        ('a"; filename="b.html', 'attachment; filename="a\\"; filename=\\"b.html"'),
        ("a.csv\r\nSet-Cookie: x=1", 'attachment; filename="a.csvSet-Cookie: x=1"'),
        ("../../a.csv", 'attachment; filename="a.csv"'),
        ("", 'attachment; filename="plik"'),
    ],
)
def test_a_file_is_taken_away_under_a_safe_name(name, header):
    response = file_response(name=name, content=b"x", media_type="text/csv")
    assert response.headers["Content-Disposition"] == header


@pytest.mark.parametrize(("public", "kept"), [(False, "private, no-store"), (True, "public, no-cache")])
def test_a_file_runs_nothing_and_is_stored_by_nobody_unless_it_is_public(public, kept):
    response = file_response(name="a.pdf", content=b"abc", media_type="application/pdf", public=public)
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="a.pdf"',
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Length": "3",
        "Cache-Control": kept,
    }


def test_the_header_table_of_the_house_says_the_same_of_files():
    from spoiwo.access import headers

    assert sorted(ALONE.split("; ")) == sorted(headers.OFFICE_FILE.policy.split("; "))


FORMULAS = ["=1+1", "+cmd|'/c calc'!A1", "-2+3", "@SUM(A1)", "\t=1", "a;=1+1", " =1"]


def test_no_text_of_a_table_is_a_formula_in_any_form():
    rows = [[text, 5, None] for text in FORMULAS]
    read = list(csv.reader(io.StringIO(table_csv(["=a", "b", "c"], rows).decode("utf-8-sig")), delimiter=";"))
    assert [row[0][0] for row in read[:7]] == ["'"] * 6 + ["a"]
    assert read[1][1:] == ["5", ""]
    book = openpyxl.load_workbook(io.BytesIO(table_xlsx(["=a", "b", "c"], rows, title="Zażółć")))
    cells = [row[0] for row in book.active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[1:]] == FORMULAS
    assert [cell.value for cell in next(book.active.iter_rows(min_row=2))][1:] == [5, None]


# --- what an export may hold -----------------------------------------------------------------------


def test_public_and_internal_fields_leave_without_a_word():
    export = Export("a:b", {KeptFile: "size kept_at"})
    assert export.told == ()
    assert [*exports.DECLARED.values()] == [export]


@pytest.mark.parametrize(
    ("fields", "facts", "words"),
    [
        ({KeptFile: "name"}, {}, "personal: an export of it needs a reason and a permission"),
        ({KeptFile: "name"}, {"personal": "lista", "permission": ""}, "needs a reason and a permission"),
        ({KeptFile: "name"}, {"personal": " ", "permission": "a.b"}, "needs a reason and a permission"),
        ({KeptFile: "size"}, {"public": True}, "internal: a public export holds public fields only"),
        ({KeptFile: "name"}, {"public": True, "personal": "x", "permission": "a.b"}, "public fields only"),
        ({Letter: "content"}, {"personal": "lista", "permission": "a.b"}, "special: an export of it needs a step-up"),
        ({User: "password"}, {"personal": "lista", "permission": "a.b"}, "secret: an export of it needs a step-up"),
        ({RoleAssignment: "id"}, {}, "has no class"),
    ],
)
def test_a_declaration_that_would_let_something_out_stops_the_start(fields, facts, words):
    with pytest.raises(ExportRefused) as refusal:
        Export("a:b", fields, **facts)
    assert words in str(refusal.value)
    assert exports.DECLARED == {}


def test_a_protected_field_leaves_only_with_everything_said():
    export = Export("a:b", {Letter: "content"}, personal="lista", permission="a.b", step_up=True)
    assert export.told == ("doors.letter.content",)


@pytest.mark.django_db
def test_data_of_people_leave_after_it_is_recorded_who_took_how_many_and_why():
    by, about = UserFactory(), UserFactory()
    export = Export("a:b", {KeptFile: "name size"}, personal="lista", permission="a.b")
    facts = {"name": "lista.csv", "content": b"x", "media_type": "text/csv", "by": by, "rows": 3}
    with pytest.raises(PurposeMissing):
        export.response(**facts, about=about)
    with pytest.raises(ExportRefused):
        export.response(**facts, purpose="kontrola")
    assert not Record.objects.filter(deed="doors.export_made").exists()
    assert export.response(**facts, about=about, purpose="kontrola").content == b"x"
    record = Record.objects.get(deed="doors.export_made")
    assert (record.by, record.about_id, record.reason) == (by, str(about.pk), "kontrola")
    assert record.facts == {"export": "a:b", "rows": 3, "file": "lista.csv", "fields": ["doors.keptfile.name"]}


@pytest.mark.django_db
def test_what_tells_of_nobody_leaves_without_a_record():
    export = Export("a:b", {KeptFile: "size"}, public=False)
    assert export.response(name="a.csv", content=b"x", media_type="text/csv").status_code == 200
    assert not Record.objects.filter(deed="doors.export_made").exists()
