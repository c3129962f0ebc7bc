"""TERYT codes: level, parent, and what stays when a village becomes a town."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.teryt import Level, NotTeryt, check_code, identity, parent_code

REGISTER = Path(__file__).parents[2] / "places" / "data" / "teryt-2026-01-01.csv"


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("08", Level.VOIVODESHIP, None),
        ("0811", Level.POWIAT, "08"),
        ("0862", Level.POWIAT, "08"),
        ("0811033", Level.GMINA, "0811"),
        ("0862011", Level.GMINA, "0862"),
    ],
)
def test_a_code_tells_its_level_and_what_it_lies_in(code, level, parent):
    assert (check_code(code), parent_code(code)) == (level, parent)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("", "shape"), ("8", "shape"), ("080", "shape"), ("081103", "shape"), ("08110333", "shape"),
        ("08-1", "shape"), (" 08", "shape"), ("08\n", "shape"),
        ("０８", "shape"), (808, "shape"), (None, "shape"),
        ("00", "voivodeship"), ("07", "voivodeship"), ("34", "voivodeship"), ("9901011", "voivodeship"),
        ("0800", "powiat"), ("0800011", "powiat"), ("0811003", "gmina"),
        ("0811034", "kind"), ("0811035", "kind"), ("1465028", "kind"),
        ("0811030", "kind"), ("1261019", "kind"),
    ],
)  # fmt: skip
def test_what_names_no_unit_is_refused_with_its_reason(code, problem):
    with pytest.raises(NotTeryt) as refusal:
        check_code(code)
    assert refusal.value.problem == problem
    with pytest.raises(NotTeryt):
        parent_code(code)


def test_a_gmina_keeps_its_identity_when_its_kind_changes():
    assert identity("0811032") == identity("0811033") == "081103"
    assert (identity("0811"), identity("08")) == ("0811", "08")


@given(st.text(alphabet="0123456789", min_size=1, max_size=8))
def test_any_digits_are_a_unit_with_a_shorter_parent_or_refused(code):
    try:
        parent = parent_code(code)
    except NotTeryt:
        return
    assert parent is None or (code.startswith(parent) and check_code(parent) is not check_code(code))


def test_every_unit_of_poland_passes_and_lies_where_the_register_says():
    with REGISTER.open(encoding="utf-8", newline="") as source:
        units = list(csv.DictReader(source))
    assert len(units) == 16 + 380 + 2_479
    assert [u["code"] for u in units if check_code(u["code"]) != u["level"]] == []
    assert [u["code"] for u in units if (parent_code(u["code"]) or "") != u["parent_code"]] == []
    assert len({identity(u["code"]) for u in units}) == len(units)
