"""PESEL, ages, case numbers, purposes and the time of keeping."""

from datetime import date

import pytest

from spoiwo.persons.domain.ages import Band, age_on, band_on
from spoiwo.persons.domain.grounds import Basis, Purpose, read, written
from spoiwo.persons.domain.numbers import as_stored, new_case_number
from spoiwo.persons.domain.pesel import Fault, NotPesel, day_of_birth, digits_of
from spoiwo.persons.domain.retention import is_over, proposed_end
from tests.registered import pesel_of


@pytest.mark.parametrize(
    "born_on", [date(1801, 1, 1), date(1999, 12, 31), date(2000, 2, 29), date(2117, 6, 1), date(2299, 1, 2)]
)
def test_a_pesel_carries_the_day_of_birth_in_five_centuries(born_on):
    number = pesel_of(born_on)
    assert digits_of(number) == number
    assert day_of_birth(number) == born_on


def test_a_pesel_is_read_as_people_write_it():
    number = pesel_of()
    assert digits_of(f" {number[:6]} {number[6:]} ") == number
    assert digits_of(f"{number[:6]}-{number[6:]}") == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("123", Fault.LENGTH),
        ("1234567890a", Fault.LENGTH),
        ("0²345678901", Fault.LENGTH),
        ("01933112345", Fault.DAY),
        ("01823012345", Fault.DAY),
        ("00000000000", Fault.DAY),
        (pesel_of()[:10] + str((int(pesel_of()[10]) + 1) % 10), Fault.CHECK),
    ],
)
def test_what_is_no_pesel_says_why_and_does_not_repeat_it(text, fault):
    with pytest.raises(NotPesel) as refusal:
        digits_of(text)
    assert refusal.value.fault is fault
    assert text not in str(refusal.value)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2024, 4, 30), 9),
        (date(2024, 5, 1), 9),
        (date(2024, 5, 31), 9),
        (date(2024, 6, 1), 10),
        (date(2013, 1, 1), 0),
    ],
)
def test_in_the_month_of_a_birthday_the_younger_age_counts(day, age):
    assert age_on(day, year=2014, month=5) == age


@pytest.mark.parametrize(
    ("day", "band"),
    [(date(2024, 5, 31), Band(7, 9)), (date(2024, 6, 1), Band(10, 13)), (date(2100, 1, 1), Band(60, None))],
)
def test_ages_are_told_as_bands(day, band):
    assert band_on(day, year=2014, month=5) == band


def test_no_month_of_birth_has_no_band():
    assert band_on(date(2024, 1, 1), year=None, month=None) is None
    assert [str(Band(7, 9)), str(Band(60, None))] == ["7–9", "60+"]


def test_a_case_number_names_the_unit_and_the_year_and_nothing_else():
    numbers = {new_case_number("pcpr-zmyślony-nad-rzeką", 2026) for _one in range(200)}
    assert {number.rpartition("-")[0] for number in numbers} == {"PCPR-ZMY-LONY-NA-2026"}
    assert len(numbers) == 200
    assert all(len(number) <= 40 and not set("01IO") & set(number[-8:]) for number in numbers)


def test_a_case_number_is_found_as_people_type_it():
    assert as_stored(" pcpr-2026-abcd 2345\n") == "PCPR-2026-ABCD2345"


def test_a_purpose_is_written_and_read_back():
    assert written(Purpose.CASE) == "sprawa"
    assert read("sprawa") == ("sprawa", "")
    assert read(written(Purpose.OTHER, " spis  akt: 2026\n")) == ("inny", "spis akt: 2026")
    assert read("Wniosek z 3 marca") == ("", "Wniosek z 3 marca")


def test_the_time_of_keeping_ends_with_a_year_and_is_over_the_day_after():
    end = proposed_end(date(2026, 3, 16), Basis.OTHER)
    assert end == date(2031, 12, 31)
    assert [is_over(end, day) for day in (date(2031, 12, 30), end, date(2032, 1, 1))] == [False, False, True]
    assert is_over(None, date(2100, 1, 1)) is False
