"""Polish numerals: which form of the noun, where the space may break, what "około" does."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.polish import MissingForm, Noun, counted, number, plural_category
from spoiwo.kernel.precision import Precision

NGO = Noun(
    "organizacja pozarządowa",
    "organizacje pozarządowe",
    "organizacji pozarządowych",
    one_acc="organizację pozarządową",
    loc_one="organizacji pozarządowej",
    loc_many="organizacjach pozarządowych",
)
GMINA = Noun("gmina", "gminy", "gmin", "gminę", "gminie", "gminach", gen_one="gminy")
EVENT = Noun("impreza", "imprezy", "imprez", one_acc="imprezę")
MEETING = Noun("posiedzenie", "posiedzenia", "posiedzeń")
PEOPLE = Noun("osoba", "osoby", "osób", one_acc="osobę", gen_one="osoby")


@pytest.mark.parametrize(
    ("n", "category"),
    [
        (0, "many"), (1, "one"), (2, "few"), (4, "few"), (5, "many"), (11, "many"), (12, "many"),
        (14, "many"), (15, "many"), (21, "many"), (22, "few"), (24, "few"), (25, "many"),
        (101, "many"), (102, "few"), (112, "many"), (122, "few"), (1_000, "many"), (1_002, "few"),
        (-3, "few"),
        (Decimal("2"), "few"), (Decimal("2.0"), "few"), (Decimal("2.5"), "many"), (Decimal("0.5"), "many"),
    ],
)  # fmt: skip
def test_the_category_of_a_number(n, category):
    assert plural_category(n) == category


@given(st.integers(min_value=0, max_value=10**12))
def test_the_category_follows_the_school_rule(n):
    few = n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)
    assert plural_category(n) == ("one" if n == 1 else "few" if few else "many")


@pytest.mark.parametrize(
    ("n", "noun", "case", "shown"),
    [
        (9, NGO, "nom", "9 organizacji pozarządowych"),
        (31, NGO, "nom", "31 organizacji pozarządowych"),
        (3, MEETING, "nom", "3 posiedzenia"),
        (1, NGO, "nom", "1 organizacja pozarządowa"),
        (1, NGO, "acc", "1 organizację pozarządową"),
        (1, MEETING, "acc", "1 posiedzenie"),  # neuter: no form of its own
        (2, NGO, "acc", "2 organizacje pozarządowe"),
        (52, GMINA, "loc", "52 gminach"),
        (21, GMINA, "loc", "21 gminach"),
        (1, GMINA, "loc", "1 gminie"),
        (1, GMINA, "gen", "1 gminy"),
        (3, GMINA, "gen", "3 gmin"),
        (17, NGO, "gen", "17 organizacji pozarządowych"),
        (429, PEOPLE, "nom", "429 osób"),
        (1_234, PEOPLE, "nom", "1\u00a0234 osoby"),
        (Decimal("2.50"), PEOPLE, "nom", "2,5 osoby"),
        (Decimal("7.00"), PEOPLE, "nom", "7 osób"),
    ],
)
def test_a_number_and_its_noun_agree_and_stay_on_one_line(n, noun, case, shown):
    digits, _, words = shown.partition(" ")
    assert counted(n, noun, case=case) == f"{digits}\u00a0{words}"


@pytest.mark.parametrize(
    ("n", "noun", "case", "precision", "shown"),
    [
        (240, EVENT, "nom", Precision.ABOUT, "około 240\u00a0imprez"),
        (2, EVENT, "nom", Precision.ABOUT, "około 2\u00a0imprez"),
        (242, EVENT, "acc", Precision.ABOUT, "około 242\u00a0imprez"),
        (50, GMINA, "loc", Precision.ABOUT, "około 50\u00a0gminach"),
        (240, EVENT, "nom", "about", "około 240\u00a0imprez"),
        (240, EVENT, "nom", Precision.ROUNDED, "240\u00a0imprez (w zaokrągleniu)"),
    ],
)
def test_precision_is_said_in_the_sentence(n, noun, case, precision, shown):
    assert counted(n, noun, case=case, precision=precision) == shown


def test_the_sentence_of_the_senior_week_comes_out_as_published():
    said = f"{counted(240, EVENT, precision=Precision.ABOUT)} w {counted(52, GMINA, case='loc')}"
    assert said.replace("\u00a0", " ") == "około 240 imprez w 52 gminach"


@pytest.mark.parametrize(
    ("n", "precision", "shown"),
    [
        (240, Precision.EXACT, "240"),
        (240, Precision.ABOUT, "około 240"),
        (6_600_000, Precision.ROUNDED, "6\u00a0600\u00a0000 (w zaokrągleniu)"),
        (Decimal("1234.50"), Precision.EXACT, "1\u00a0234,5"),
        (Decimal("1E+3"), Precision.EXACT, "1\u00a0000"),
        (-7, Precision.EXACT, "\u22127"),
    ],
)
def test_a_number_alone_carries_its_precision_too(n, precision, shown):
    assert number(n, precision) == shown


@pytest.mark.parametrize(
    ("n", "noun", "case", "missing"),
    [
        (3, EVENT, "loc", "loc_many"),
        (1, EVENT, "loc", "loc_one"),
        (1, EVENT, "gen", "gen_one"),
        (Decimal("2.5"), EVENT, "nom", "gen_one"),
    ],
)
def test_a_missing_form_is_named_rather_than_guessed(n, noun, case, missing):
    with pytest.raises(MissingForm) as refusal:
        counted(n, noun, case=case)
    assert (refusal.value.noun, refusal.value.form) == (noun, missing)


def test_a_noun_that_never_changes_needs_no_further_form_after_a_fraction():
    assert counted(Decimal("2.5"), Noun("km", "km", "km")) == "2,5\u00a0km"


@pytest.mark.parametrize("not_a_count", [2.0, True, "2"])
def test_only_whole_and_decimal_numbers_are_counted(not_a_count):
    with pytest.raises(TypeError):
        counted(not_a_count, EVENT)
    with pytest.raises(TypeError):
        plural_category(not_a_count)


def test_an_unknown_case_is_refused():
    with pytest.raises(ValueError, match="dative"):
        counted(2, EVENT, case="dative")


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(Precision))
def test_the_digits_of_the_number_always_stand_in_the_sentence(n, precision):
    said = counted(n, NGO, precision=precision)
    assert "".join(char for char in said if char.isdigit()) == str(n)
    assert " organizac" not in said  # the space before the noun never breaks
