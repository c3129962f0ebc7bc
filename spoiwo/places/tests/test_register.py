"""The shipped register of places, as `spoiwo migrate` reads it into an empty house."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from spoiwo.audit.models import Record
from spoiwo.audit.services import verify_chain
from spoiwo.places.models import Level, Place
from spoiwo.places.services import SHIPPED_DAY, SHIPPED_REGISTER, import_known_changes, import_register
from spoiwo.places.tests.registers import shipped, unit, written

pytestmark = pytest.mark.django_db
NOW = Place.objects.filter(valid_to=None)


def test_all_of_poland_is_there():
    assert Counter(NOW.all().values_list("level", flat=True)) == {
        Level.VOIVODESHIP: 16,
        Level.POWIAT: 380,
        Level.GMINA: 2479,
    }


def test_lubuskie_has_fourteen_powiats_and_eighty_two_gminas():
    inside = NOW.all().of_region("08")
    assert inside.level(Level.POWIAT).count() == 14
    assert inside.level(Level.GMINA).count() == 82
    assert inside.level(Level.VOIVODESHIP).get().name == "lubuskie"
    cities = {place.name for place in inside.level(Level.POWIAT) if place.code >= "0861"}
    assert cities == {"Gorzów Wielkopolski", "Zielona Góra"}


def test_every_unit_lies_in_the_unit_that_its_code_names():
    lost = [
        place.code
        for place in NOW.all().select_related("parent")
        if (place.parent.code if place.parent else "") != {2: "", 4: place.code[:2], 7: place.code[:4]}[len(place.code)]
    ]
    assert lost == []
    assert NOW.all().filter(parent=None).count() == 16


def test_names_that_occur_twice_are_two_units():
    assert sorted(NOW.all().of_region("08").filter(name="Żary", level=Level.GMINA).values_list("code", flat=True)) == [
        "0811021",
        "0811102",
    ]


def test_reading_the_same_register_again_changes_nothing():
    rows, records = Place.objects.count(), Record.objects.count()
    change = import_register(file=SHIPPED_REGISTER, on=date(2026, 7, 1))
    assert (change.read, change.new, change.renamed, change.ended) == (2875, 0, 0, [])
    assert import_known_changes() == 0
    assert (Place.objects.count(), Record.objects.count()) == (rows, records)


def test_reading_the_register_is_recorded():
    facts = Record.objects.get(deed="places.register_read").facts
    assert facts == {"units": 2875, "on": "2026-01-01"}
    assert Record.objects.get(deed="places.former_code").facts == {"code": "0811032", "now": "0811033"}


@pytest.mark.parametrize(
    ("day", "code", "kind"),
    [
        (date(1999, 1, 1), "0811032", "gmina wiejska"),
        (date(2025, 12, 31), "0811032", "gmina wiejska"),
        (date(2026, 1, 1), "0811033", "gmina miejsko-wiejska"),
        (date(2030, 1, 1), "0811033", "gmina miejsko-wiejska"),
    ],
)
def test_brody_has_on_each_day_the_code_of_that_day(day, code, kind):
    place = Place.objects.valid_on(day).get(identity="081103")
    assert (place.code, place.name, place.kind) == (code, "Brody", kind)


@pytest.mark.parametrize(("year", "code"), [(2019, "0811032"), (2025, "0811032"), (2026, "0811033")])
def test_brody_has_in_each_year_one_code(year, code):
    assert Place.objects.valid_in(year).get(identity="081103").code == code


def test_lubuskie_had_eighty_two_gminas_in_every_year():
    counts = {
        year: Place.objects.of_region("08").level(Level.GMINA).valid_in(year).count() for year in (2017, 2025, 2026)
    }
    assert set(counts.values()) == {82}


def test_one_code_is_valid_once_at_a_time():
    held = Place.objects.get(code="0861")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code="0861", identity="0861", level=Level.POWIAT, kind="x", name="x")
    held.valid_to = date(2030, 1, 1)
    held.save()
    Place.objects.create(
        code="0861", identity="0861", level=Level.POWIAT, kind="x", name="x", valid_from=date(2030, 1, 2)
    )


def test_a_unit_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(code="0811033").update(valid_to=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"level": "sołectwo"}, "sołectwo"),
        ({"code": "08x1011"}, "08x1011"),
        ({"code": ""}, "''"),
        ({"code": "08610"}, "08610"),  # five digits are no unit
        ({"code": "0961011"}, "0961011"),  # there is no voivodeship 09
        ({"code": "0861014"}, "0861014"),  # the town part of a mixed gmina is not a gmina
        ({"code": "0861", "level": "gmina"}, "0861"),  # four digits are a powiat
    ],
)
def test_a_row_that_is_no_unit_is_refused_with_its_place_and_nothing_is_read(tmp_path, facts, found):
    file = written(tmp_path / "rejestr.csv", [unit("08", "lubuskie"), unit("0861011", "Miasto") | facts])
    before = Place.objects.count()
    with pytest.raises(CommandError) as refusal:
        call_command("import_places", file, "--as-of", "2027-01-01", stdout=StringIO())
    assert "rejestr.csv" in str(refusal.value)
    assert "3" in str(refusal.value)
    assert found in str(refusal.value)
    assert Place.objects.count() == before


def test_a_file_without_the_columns_is_refused_with_their_names(tmp_path):
    file = tmp_path / "rejestr.csv"
    file.write_text("code,name\n08,lubuskie\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"level.*parent_code"):
        call_command("import_places", file, stdout=StringIO())


def test_a_unit_whose_powiat_is_not_in_the_register_is_refused(tmp_path):
    rows = shipped()
    del rows["0862"]
    with pytest.raises(CommandError, match="0862"):
        call_command("import_places", written(tmp_path / "r.csv", rows), "--as-of", "2027-01-01", stdout=StringIO())


def test_a_file_that_is_not_there_or_not_text_is_one_sentence(tmp_path):
    for content in (None, b"\xff\xfe\x00b\x00a"):
        file = tmp_path / "brak.csv"
        if content:
            file.write_bytes(content)
        with pytest.raises(CommandError):
            call_command("import_places", file, stdout=StringIO())


def test_the_command_says_what_it_did():
    out = StringIO()
    call_command("import_places", "--as-of", SHIPPED_DAY.isoformat(), stdout=out)
    assert "2875" in out.getvalue()
    assert list(verify_chain()) == []
