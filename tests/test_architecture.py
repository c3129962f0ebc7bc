"""The house as it was agreed: its rooms, what each may hold, and what stands in no file."""

import ast
import re
import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from tests import scan
from tests.tree import ROOT, files, modules, relative, templates, text_of

# From the roof to the ground; grants ... directory stand side by side.
FLOORS = [
    "config",
    "upkeep",
    "portal",
    "reports",
    "observatory",
    "grants|events|projects|foster|cards|directory",
    "collection",
    "ledger",
    "strategy",
    "persons",
    "organisations",
    "places",
    "access",
    "ui",
    "doors",
    "vault",
    "audit",
    "kernel",
]
ALLOWED_ROOMS = {room for floor in FLOORS for room in floor.split("|")}
ROOMS = sorted(path.name for path in (ROOT / "spoiwo").iterdir() if (path / "__init__.py").exists())
OWN_MODELS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("spoiwo.")]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# The only places where a text of our own making enters a page unescaped, each with its reason.
READY_MARKUP = {
    "spoiwo/reports/exports/stored.py": "the chart: SVG that our renderer made from data, its words escaped there",
}
BARE_HTML = re.compile(
    r"""\|\s*safe\b | \bautoescape\s+off | \sstyle\s*= | <style\b | \son[a-z]+\s*= | javascript:
    | <script(?![^>]*\ssrc=)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def python_files():
    """Every Python file that a person wrote."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]


def level(app_label):
    """How high the room stands: 0 is the roof."""
    return next(number for number, floor in enumerate(FLOORS) if app_label in floor.split("|"))


def body_lines(function):
    """Lines of a function from `def` to the end, the docstring not counted."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines


def long_functions(source):
    """The functions of a source that are longer than allowed, as (name, lines)."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return [(node.name, body_lines(node)) for node in functions if body_lines(node) > LONGEST_FUNCTION]


def writes(source):
    """Calls that save, create or delete, as (line, method)."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        (call.lineno, call.func.attr)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
    ]


def test_the_house_has_only_the_rooms_that_were_agreed():
    assert set(ROOMS) <= ALLOWED_ROOMS


def test_every_folder_of_the_package_is_a_room():
    folders = {relative(path).split("/")[1] for path in modules() if relative(path).count("/") > 1}
    assert folders == set(ROOMS)


def test_the_import_contract_lists_the_rooms_in_the_order_of_the_house():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    expected = [floor for floor in FLOORS if set(floor.split("|")) & set(ROOMS)]
    assert contracts[0]["layers"] == expected
    assert contracts[1]["containers"] == [f"spoiwo.{room}" for room in expected]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_its_readme_what_it_is_for(room):
    readme = ROOT / "spoiwo" / room / "README.md"
    assert readme.exists()
    assert re.match(r"# \S.+\n\n\S", readme.read_text(encoding="utf-8"))


def test_no_module_is_called_by_a_name_that_says_nothing():
    nameless = {"core", "common", "utils", "util", "helpers", "misc"}
    assert [relative(path) for path in modules() if nameless & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_keys_between_tables_point_down_to_the_same_room_or_to_the_user():
    user = settings.AUTH_USER_MODEL.lower()
    seen, upwards = 0, []
    for model in OWN_MODELS:
        for field in model._meta.get_fields():
            if not (field.is_relation and not field.auto_created and field.related_model):
                continue
            target = field.related_model._meta
            seen += 1
            foreign = target.app_label != model._meta.app_label and target.label_lower != user
            if foreign and target.app_label in ROOMS and level(target.app_label) <= level(model._meta.app_label):
                upwards.append(f"{model._meta.label}.{field.name} -> {target.label}")
    assert upwards == []
    assert seen > 10


def test_amounts_are_whole_grosze_and_nothing_is_a_float():
    fields = [
        field for model in OWN_MODELS for field in model._meta.get_fields() if hasattr(field, "get_internal_type")
    ]
    money = [field for field in fields if field.name.endswith("_gr")]
    assert [str(field) for field in money if not isinstance(field, models.BigIntegerField)] == []
    assert [str(field) for field in fields if isinstance(field, models.FloatField)] == []
    assert [
        str(field) for field in fields if re.search(r"amount|limit$|kwota|zloty", field.name) and field not in money
    ] == []
    assert len(money) > 1


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_a_module_is_short_has_a_docstring_and_short_functions(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_MODULE
    assert long_functions(source) == []
    assert not source.strip() or ast.get_docstring(ast.parse(source))


def test_the_measure_of_functions_counts_code_and_not_the_docstring():
    def function(lines, docstring=""):
        return f"def f():\n{docstring}" + "    x = 1\n" * (lines - 1)

    assert long_functions(function(40)) == []
    assert long_functions(function(41)) == [("f", 41)]
    assert long_functions(function(40, docstring='    """One\n    two."""\n')) == []


def test_views_forms_and_commands_leave_every_change_to_a_service():
    doors = [
        path
        for path in modules(tests=False)
        if {"views", "forms"} & {path.stem, path.parent.name} or path.parent.name == "commands"
    ]
    assert [(relative(path), found) for path in doors for found in writes(path.read_text())] == []
    assert writes("row.save()\nRow.objects.create(a=1)\nrows.filter()") == [(1, "save"), (2, "create")]
    assert len(doors) > 5


def test_no_code_marks_text_as_safe_or_caches_whole_pages():
    words = re.compile(r"\b(mark_safe|SafeString|SafeText|cache_page|csrf_exempt)\b")
    found = {relative(path) for path in modules(tests=False) if words.search(path.read_text())}
    assert found == set(READY_MARKUP)


@pytest.mark.parametrize(
    "bare",
    [
        "{{ x|safe }}",
        '<p style="a">',
        "<style>",
        "<script>x</script>",
        '<a onclick="x">',
        '<a href="javascript:x">',
    ],
)
def test_the_search_for_bare_html_finds(bare):
    assert BARE_HTML.search(bare)


def test_templates_hold_no_style_and_no_script_of_their_own():
    found = [
        (relative(path), match.group().strip())
        for path in templates()
        for match in BARE_HTML.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert len(templates()) > 10


def test_no_file_holds_a_secret_a_pesel_a_path_of_one_machine_or_a_typo():
    found = []
    for path in files():
        text = text_of(path)
        if text is not None and not path.name.startswith("LICENSE"):
            found += [(relative(path), *fault) for fault in scan.faults(text, prose=path.suffix in scan.PROSE)]
    assert found == []


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN RSA PRIV", "ATE KEY-----"),
        ("secret_key = '", "0123456789abcdef0123'"),
        ("numer 4405140", "1359"),
        ("/ro", "ot/spoiwo"),
        ("/home/", "jan/spoiwo"),
        ("https://py", "pi.org/simple"),
        ("czekaliśmy conaj", "mniej rok"),
        ("it is ", "is"),
    ],
)
def test_the_scan_finds_what_it_looks_for(parts):
    assert len(scan.faults("".join(parts))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "numer 44051401358",
        "44051501359",
        "suma 12345678901",
        "https://example.org/work/",
        "/srv/spoiwo",
        "Fakt nie niesie",
    ],
)
def test_the_scan_leaves_alone_what_only_resembles_it(text):
    assert scan.faults(text) == []


def test_decisions_are_numbered_without_gaps_and_carry_their_number():
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if not path.read_text().startswith(f"# {path.name[:4]} ")] == []
    assert decisions


def test_the_house_has_a_changelog_a_licence_and_a_word_for_newcomers():
    for name, words in {
        "CHANGELOG.md": "# ",
        "README.md": "# ",
        "LICENSE": "EUROPEAN UNION PUBLIC LICENCE v. 1.2",
        "CONTRIBUTING.md": "# ",
        "SECURITY.md": "# ",
    }.items():
        assert (ROOT / name).read_text(encoding="utf-8").startswith(words)


def test_every_setting_is_described_for_the_person_who_runs_a_server():
    names = set(re.findall(r"SPOIWO_[A-Z_]+[A-Z]", (ROOT / "spoiwo" / "config" / "settings.py").read_text()))
    described = set(re.findall(r"^\| `(SPOIWO_[A-Z_]+)`", (ROOT / "docs" / "operacje.md").read_text(), re.MULTILINE))
    assert described == names
    assert len(names) > 5
