"""A later register: what changed ends the day before and begins anew, so that closed years keep their places."""

from datetime import date, timedelta

import pytest

from spoiwo.audit.models import Record
from spoiwo.places.models import Place
from spoiwo.places.services import import_register
from spoiwo.places.tests.registers import shipped, unit, written

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
EVE = date(2026, 12, 31)
RENAMED, ENDED, FOUNDED = "0801011", "0801022", "0801092"


@pytest.fixture
def rows():
    """The shipped register, to be changed."""
    return shipped()


@pytest.fixture
def read(tmp_path):
    """Read changed rows in as the register of a day."""

    def reading(rows, on=NEW_YEAR):
        return import_register(file=written(tmp_path / "rejestr.csv", rows), on=on)

    return reading


def on(day, code):
    """The unit that has this code on a day, or None."""
    return Place.objects.valid_on(day).filter(code=code).first()


def test_a_renamed_unit_keeps_its_old_name_in_the_years_before(rows, read):
    old_name = rows[RENAMED]["name"]
    rows[RENAMED]["name"] = "Nowa Nazwa"
    change = read(rows)
    assert (change.new, change.renamed, change.ended) == (0, 1, [])
    assert on(EVE, RENAMED).name == old_name
    assert on(NEW_YEAR, RENAMED).name == "Nowa Nazwa"
    assert Place.objects.valid_in(2026).get(code=RENAMED).name == old_name
    assert Place.objects.valid_in(2027).get(code=RENAMED).name == "Nowa Nazwa"


def test_a_unit_that_is_missing_ended_the_day_before(rows, read):
    del rows[ENDED]
    change = read(rows)
    assert (change.new, change.renamed, change.ended) == (0, 0, [ENDED])
    assert on(EVE, ENDED).valid_to == EVE
    assert on(NEW_YEAR, ENDED) is None


def test_a_unit_that_is_new_begins_on_the_day_of_the_register(rows, read):
    rows[FOUNDED] = unit(FOUNDED, "Nowa Gmina")
    change = read(rows)
    assert (change.new, change.renamed, change.ended) == (1, 0, [])
    assert on(EVE, FOUNDED) is None
    assert (on(NEW_YEAR, FOUNDED).valid_from, on(NEW_YEAR, FOUNDED).parent.code) == (NEW_YEAR, "0801")


def test_a_gmina_that_became_a_town_keeps_its_identity_under_its_new_code(rows, read):
    village = rows.pop("0801022")
    rows["0801023"] = village | {"code": "0801023", "kind": "gmina miejsko-wiejska"}
    change = read(rows)
    assert (change.new, change.ended) == (1, ["0801022"])
    codes = [Place.objects.valid_in(year).get(identity="080102").code for year in (2026, 2027)]
    assert codes == ["0801022", "0801023"]


def test_the_same_later_register_again_changes_nothing(rows, read):
    rows[RENAMED]["name"] = "Nowa Nazwa"
    rows[FOUNDED] = unit(FOUNDED, "Nowa Gmina")
    del rows[ENDED]
    read(rows)
    count, records = Place.objects.count(), Record.objects.count()
    change = read(rows, on=NEW_YEAR + timedelta(days=30))
    assert (change.new, change.renamed, change.ended) == (0, 0, [])
    assert (Place.objects.count(), Record.objects.count()) == (count, records)


def test_a_unit_that_comes_back_begins_a_second_time(rows, read):
    back = rows.pop(ENDED)
    read(rows)
    read(rows | {ENDED: back}, on=date(2028, 1, 1))
    assert [on(day, ENDED) is not None for day in (EVE, date(2027, 6, 1), date(2028, 1, 1))] == [True, False, True]


def test_everything_a_later_register_changes_is_recorded(rows, read):
    before = Record.objects.count()
    rows[RENAMED]["name"] = "Nowa Nazwa"
    rows[FOUNDED] = unit(FOUNDED, "Nowa Gmina")
    del rows[ENDED]
    read(rows)
    told = str(list(Record.objects.filter(sequence__gt=before).values_list("deed", "facts")))
    assert [code for code in (RENAMED, FOUNDED, ENDED) if code not in told] == []


def test_a_register_with_one_new_unit_leaves_a_record(rows, read):
    before = Record.objects.count()
    rows[FOUNDED] = unit(FOUNDED, "Nowa Gmina")
    assert read(rows).new == 1
    assert Record.objects.count() > before


def test_the_gminas_of_a_renamed_powiat_lie_in_the_powiat_of_their_day(rows, read):
    rows["0801"]["name"] = "nowa nazwa"
    read(rows)
    assert on(NEW_YEAR, RENAMED).parent == on(NEW_YEAR, "0801")


def test_a_better_point_on_the_map_is_no_new_unit(rows, read):
    rows[RENAMED]["lat"] = "52.0001"
    count = Place.objects.count()
    read(rows)
    assert Place.objects.count() == count
    assert on(NEW_YEAR, RENAMED).lat == "52.0001"


def test_a_register_of_the_same_day_read_again_with_a_correction_corrects_it(rows, read):
    rows[FOUNDED] = unit(FOUNDED, "Nowa Gmina")
    read(rows)
    rows[FOUNDED]["name"] = "Nowa Gmina nad Odrą"
    read(rows)
    assert on(NEW_YEAR, FOUNDED).name == "Nowa Gmina nad Odrą"
    assert Place.objects.filter(code=FOUNDED).count() == 1


def test_a_register_older_than_the_one_read_last_is_refused(rows, read):
    from spoiwo.places.errors import NotARegister

    changed = rows | {RENAMED: rows[RENAMED] | {"name": "Nowa Nazwa"}}
    read(changed)
    with pytest.raises(NotARegister):
        read(rows, on=date(2026, 6, 1))
