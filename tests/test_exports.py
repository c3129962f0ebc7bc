"""The doors are the only ones: no view takes a file or hands one out by itself, and no table is written by hand."""

import ast
from functools import cache

import pytest
from django.urls import get_resolver

from spoiwo.access.audience import all_views, audience_of
from spoiwo.doors.exports import DECLARED
from tests.tree import modules, relative

DOORS = "spoiwo/doors/"
# Answers that are no files, each with its reason.
OWN_ANSWERS = {
    "spoiwo/access/api.py": "answers of the interface for programmes: JSON",
    "spoiwo/access/public_cache.py": "hands on, header by header, what a view answered before",
    "spoiwo/reports/views/public.py": "one sentence while another file is being made",
    "spoiwo/upkeep/views.py": "health and figures, for machines",
}
# Files that hold no table of ours, or are read out under a record of their own.
WHOLE_FILES = {
    ("spoiwo/ledger/views/packages.py", "template_workbook"): "an empty form",
    ("spoiwo/ledger/views/papers.py", "paper_download"): "a paper as it was kept; its reading is recorded",
    ("spoiwo/persons/views/papers.py", "paper_open"): "a scan; its opening is recorded with its purpose",
    ("spoiwo/persons/views/rights.py", "person_export"): "all that is held of one person, for that person; recorded",
    ("spoiwo/reports/views/public.py", "report_file"): "a report that is public, or its draft",
}
TAKES = {"FileField", "ImageField", "MultiPartParser"}
ANSWERS = {"FileResponse", "StreamingHttpResponse"}


@cache
def sources():
    """Every module of the house outside the doors, without tests, with its tree."""
    paths = [path for path in modules(tests=False) if not relative(path).startswith(DOORS)]
    return [(relative(path), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def called(node):
    """The last name of what is called."""
    return named(node.func)


def taking(tree):
    """Lines where a file is taken past the doors."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)]
    return [node.lineno for node in names if named(node) in TAKES or _is_uploaded(node)]


def named(node):
    """The last word of a name, of something else nothing."""
    return getattr(node, "attr", getattr(node, "id", ""))


def _is_uploaded(node):
    return named(node) == "FILES" and isinstance(node, ast.Attribute) and named(node.value) == "request"


def answering(tree):
    """Lines where a file is handed out past the doors."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            own_type = called(node).endswith("HttpResponse") and (
                len(node.args) > 1 or {"content_type", "headers"} & {keyword.arg for keyword in node.keywords}
            )
            if own_type or called(node) in ANSWERS:
                found.append(node.lineno)
        stored = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
        if stored and getattr(node.slice, "value", "") in {"Content-Disposition", "Content-Type"}:
            found.append(node.lineno)
    return found


def writing(tree):
    """Lines where a table is written without the writers that make cells safe."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = getattr(node.func.value, "id", "")
            bare_csv = owner == "csv" and node.func.attr in {"writer", "DictWriter"}
            options = node.args[1] if len(node.args) > 1 else None
            bare_book = node.func.attr == "Workbook" and getattr(options, "id", "") != "WORKBOOK"
            if bare_csv or bare_book:
                found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    ("search", "bare", "lines"),
    [
        (taking, "form = F(request.POST, request.FILES)", [1]),
        (taking, "form = F(self.request.FILES)", [1]),
        (taking, "path = databases.FILES[vendor]", []),
        (taking, "class F:\n    x = forms.FileField()", [2]),
        (taking, "form = F(request.POST, files_of(request))", []),
        (answering, "r = HttpResponse(x, content_type='a/b')", [1]),
        (answering, "r = HttpResponse(x, 'a/b')", [1]),
        (answering, "r = FileResponse(x)", [1]),
        (answering, "r.headers['Content-Disposition'] = 'attachment'", [1]),
        (answering, "r['Content-Disposition'] = 'attachment'", [1]),
        (answering, "r = HttpResponse(x, status=404)", []),
        (writing, "csv.writer(x)", [1]),
        (writing, "xlsxwriter.Workbook(x)", [1]),
        (writing, "xlsxwriter.Workbook(x, {})", [1]),
        (writing, "xlsxwriter.Workbook(x, WORKBOOK)", []),
    ],
)
def test_the_searches_find_what_they_look_for(search, bare, lines):
    assert search(ast.parse(bare)) == lines


def test_no_file_is_taken_past_the_doors():
    assert {path: lines for path, tree in sources() if (lines := taking(tree))} == {}


def test_no_file_is_handed_out_past_the_doors():
    found = {path: lines for path, tree in sources() if (lines := answering(tree)) and path not in OWN_ANSWERS}
    assert found == {}


def test_every_exception_is_still_needed():
    assert {path for path, tree in sources() if answering(tree)} == set(OWN_ANSWERS)


def test_a_table_is_written_only_by_the_writers_that_make_cells_safe():
    # the kernel holds the one writer of CSV; the template of a year package holds constants only, and formulas
    allowed = {"spoiwo/kernel/cells.py", "spoiwo/ledger/exports/template.py"}
    assert {path for path, tree in sources() if writing(tree)} <= allowed


def test_a_file_without_a_declared_export_is_one_of_these():
    handed = {
        (path, function.name)
        for path, tree in sources()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and called(node) == "file_response"
    }
    assert handed == set(WHOLE_FILES)


def test_the_media_type_of_a_workbook_stands_once():
    words = "openxmlformats-officedocument.spreadsheetml.sheet"
    assert [path for path, tree in sources() if words in ast.unparse(tree)] == []


def test_an_export_of_personal_data_is_declared_as_its_view_is():
    get_resolver().url_patterns  # noqa: B018 - every view, and so every declaration, is loaded
    views = {name: audience_of(view, name) for _route, name, view in all_views()}
    assert set(DECLARED) <= set(views)
    assert len(DECLARED) >= 5
    wrong = [
        name
        for name, export in DECLARED.items()
        if (export.told and (views[name].permission != export.permission or views[name].step_up < export.step_up))
        or (views[name].kind == "public") != export.public
    ]
    assert wrong == []
