"""No protected word stands outside the table of what is allowed, and planted ones are found: proof 2 in small."""

import pytest

from checks.attack.allowed import Visit, is_allowed
from checks.attack.canaries import ENCODINGS, SPELLINGS, Canary, Hit, Searcher, canaries_of, written_of
from checks.attack.register import EVERYBODY, LEAST, House
from checks.canary import sweep_house
from spoiwo.access.models import Role
from spoiwo.places.models import Place
from spoiwo.places.services import SHIPPED_DAY, SHIPPED_REGISTER, import_known_changes, import_register
from tests.matrix.personas import OTHER, OWN, OWN_CASE, SHIELDED

FEW = {"nobody in particular", Role.POWIAT_CARE_OFFICER, Role.DIRECTOR, Role.DATA_PROTECTION_OFFICER}
STEP = 60  # of so many doors each persona tries one, besides the whole register


@pytest.mark.once  # `python -m checks.canary` walks the whole house on both databases
@pytest.mark.django_db(transaction=True)
def test_no_protected_word_stands_where_it_must_not_and_planted_ones_are_found(settings, tmp_path):
    settings.DATA_DIR, settings.PUBLIC_CACHE_BYTES = tmp_path, 1_000_000
    settings.PAPERS_DIR, settings.UPLOADS_DIR, settings.RENDERED_DIR = (
        tmp_path / name for name in ("papers", "uploads", "rendered")
    )
    if not Place.objects.exists():  # another test has emptied the database
        import_register(file=SHIPPED_REGISTER, on=SHIPPED_DAY)
        import_known_changes()
    personas = [one for one in EVERYBODY if one.name in FEW]
    figures = sweep_house(LEAST, personas, step=STEP, snapshot=False)
    assert figures.sweep.leaks == []
    assert figures.planted == dict.fromkeys(figures.planted, True)
    assert len(figures.planted) == 5
    assert figures.forgotten == set()
    assert {"persons:open", "persons:address", "persons:paper", "persons:export"} <= set(figures.sweep.seen)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_word_is_found_in_every_form(encoding, spelling):
    searcher = Searcher(canaries_of(3))
    for one in canaries_of(3):
        form = ENCODINGS[encoding](SPELLINGS[spelling](one.text))
        assert {(hit.person, hit.field) for hit in searcher.found_in(b"<" + form + b">")} == {(3, one.field)}


def test_a_text_without_the_words_holds_nothing():
    searcher = Searcher([one for number in range(3) for one in canaries_of(number)])
    assert searcher.found_in("Kanarek śpiewa; sygn. III Nsm 12/26, 17.05.1801, ulica Nieistniejąca 7") == set()
    assert searcher.found_in(" ".join(written_of(4).values())) == set()


def test_a_word_that_no_stem_leads_to_is_refused():
    with pytest.raises(ValueError, match="no stem leads to"):
        Searcher([Canary(0, "last_name", "Zmyślona")])


def test_only_the_rows_of_the_table_are_allowed():
    house = House("1", None, None, {}, typed=8)
    officer = next(one for one in EVERYBODY if one.name == Role.POWIAT_CARE_OFFICER)
    assert [house.relation(officer, number) for number in (0, 1, 2, 6)] == [OWN, OTHER, SHIELDED, OWN_CASE]

    def allowed(number, name="last_name", **other):
        facts = {"persona": officer, "view": "persons:open", "method": "post", "status": 200, "about": number}
        return is_allowed(house, Visit(**facts | other), Hit(number, name, "UTF-8"))

    assert [allowed(number) for number in (0, 1, 2, 6)] == [True, False, False, True]
    assert [allowed(number, "address") for number in (0, 6)] == [True, False]
    assert not allowed(0, method="get")
    assert not allowed(0, about=4)
    assert not allowed(0, view="persons:list")
    assert not allowed(0, persona=EVERYBODY[0])
