"""The schema agrees with everything that is made from it."""

from collections import Counter
from pathlib import Path

import pytest

from spoiwo.ledger.domain.schema import DEFAULT_SOURCES, TABLES, Kind, table, table_called
from spoiwo.ledger.domain.schema.descriptor import datapackage_schema, table_schema_json
from spoiwo.ledger.domain.schema.guide import guide
from spoiwo.ledger.intake import limits

ROOT = Path(__file__).resolve().parents[4]


def test_the_guide_in_the_documentation_is_current():
    written = (ROOT / "docs" / "pakiet-roku.md").read_text(encoding="utf-8")
    assert written == guide(), "run: python -m spoiwo.ledger.domain.schema.guide > docs/pakiet-roku.md"


def test_the_guide_names_the_limits_that_hold():
    written = guide()
    for limit, words in [
        (limits.FILE_BYTES // limits.MB, "Plik ma najwyżej 50 MB"),
        (limits.UNPACKED_BYTES // limits.MB, "po rozpakowaniu 200 MB"),
        (limits.ENTRIES, "2000 plików"),
        (limits.ROWS, "200 000 wierszy"),
        (limits.COLUMNS, "200 kolumn"),
        (limits.CELLS, "1 500 000 wypełnionych komórek"),
    ]:
        assert words in written
        assert str(limit) in words.replace(" ", "")


@pytest.mark.parametrize("described", TABLES, ids=lambda described: described.name)
def test_names_and_headings_of_a_table_differ_from_each_other(described):
    calls = Counter(call.casefold() for column in described.columns for call in {column.name, column.label})
    assert [call for call, times in calls.items() if times > 1] == []
    assert all(column.help.endswith(".") for column in described.columns)


@pytest.mark.parametrize("described", TABLES, ids=lambda described: described.name)
def test_a_reference_names_a_table_whose_first_column_is_its_key(described):
    for column in described.columns:
        if column.kind is Kind.REFERENCE:
            named = table(column.refers_to)
            assert named.columns[0].name == named.key


@pytest.mark.parametrize("described", TABLES, ids=lambda described: described.name)
def test_labels_of_a_list_are_not_mistaken_for_other_codes(described):
    for column in described.columns:
        calls = [call.casefold() for code, label in column.choices.items() for call in {code, label.casefold()}]
        assert len(calls) == len(set(calls))


@pytest.mark.parametrize(
    ("called", "name"),
    [("money", "money"), ("Kwoty", "money"), (" kwoty ", "money"), ("SUMY  PODANE", "declared"), ("Kwotty", None)],
)
def test_a_table_is_known_by_both_names(called, name):
    found = table_called(called)
    assert (found.name if found else None) == name


def test_the_default_sources_have_all_columns():
    names = [column.name for column in table("sources").columns]
    assert all(list(source) == names for source in DEFAULT_SOURCES)


def test_the_description_lists_the_tables_asked_for():
    described = datapackage_schema(["money", "documents"], name="rok-2019", title="Rok 2019")
    assert (described["name"], described["title"]) == ("rok-2019", "Rok 2019")
    assert [resource["name"] for resource in described["resources"]] == ["documents", "money"]
    assert described["resources"][1]["schema"]["foreignKeys"] == [
        {"fields": ["document"], "reference": {"resource": "documents", "fields": ["code"]}},
        {"fields": ["returns"], "reference": {"resource": "", "fields": ["key"]}},
    ]


def test_a_table_schema_says_what_a_value_must_satisfy():
    fields = {field["name"]: field for field in table_schema_json(table("money"))["fields"]}
    assert fields["amount"]["type"] == "number"
    assert fields["amount"]["constraints"] == {"required": True, "minimum": 0}
    assert fields["kind"]["constraints"] == {"required": True, "enum": ["payment", "refund"]}
    assert fields["key"]["constraints"]["unique"] is True
    assert "constraints" not in fields["date"]
