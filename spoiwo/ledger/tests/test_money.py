"""What the database itself guards in the ledger, and the questions it answers about money."""

import pytest
from django.db import IntegrityError, transaction

from spoiwo.ledger.models import Entry, Settlement
from tests.factories import (
    DeclaredFactory,
    DocumentFactory,
    EntryFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TagFactory,
    TaskFactory,
    YearFactory,
)

pytestmark = pytest.mark.django_db


def refused(make, **facts):
    """Whether the database refuses a row."""
    try:
        with transaction.atomic():
            make(**facts)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("kind", "amount_gr", "good"),
    [
        ("payment", 1, True),
        ("payment", 0, True),
        ("payment", -1, False),
        ("refund", -1, True),
        ("refund", 0, True),
        ("refund", 1, False),
        ("gift", 1, False),
    ],
)
def test_the_sign_of_an_amount_follows_its_kind(kind, amount_gr, good):
    assert refused(EntryFactory, kind=kind, amount_gr=amount_gr) is not good


def test_the_largest_amount_of_the_house_fits_to_the_grosz():
    year = YearFactory()
    EntryFactory(year=year, amount_gr=9 * 10**15)
    EntryFactory(year=year, amount_gr=1)
    assert year.entries.total_gr() == 9 * 10**15 + 1


def test_a_key_names_one_line_of_a_year():
    row = EntryFactory(key="k-1")
    EntryFactory(key="k-1", year=YearFactory(year=2020, strategy=row.year.strategy))
    assert refused(EntryFactory, key="k-1", year=row.year)


def test_a_year_is_once_in_a_region():
    YearFactory(year=2019)
    YearFactory(year=2019, strategy=StrategyFactory(region="14"))
    assert refused(YearFactory, year=2019)


@pytest.mark.parametrize("scope", ["grand", "source", "programme", "cell", "tag"])
def test_a_total_is_declared_once_for_its_place(scope):
    year = YearFactory()
    places = {
        "source": {"source": SourceFactory()},
        "programme": {"programme": ProgrammeFactory(strategy=year.strategy)},
        "tag": {"tag": TagFactory()},
    }
    places["cell"] = places["source"] | places["programme"]
    where = {"year": year, "scope": scope} | places.get(scope, {})
    DeclaredFactory(**where)
    assert refused(DeclaredFactory, **where)


def test_one_answer_is_in_force_at_a_time():
    declared = DeclaredFactory()
    facts = {"declared": declared, "difference_gr": 1, "kind": "accepted", "reason": "tak jest", "by_name": ""}
    Settlement.objects.create(**facts)
    assert refused(Settlement.objects.create, **facts)
    from django.utils import timezone

    declared.settlements.update(withdrawn_at=timezone.now())
    assert not refused(Settlement.objects.create, **facts)


def test_an_answer_has_a_reason():
    facts = {"declared": DeclaredFactory(), "difference_gr": 1, "kind": "accepted", "by_name": ""}
    assert refused(Settlement.objects.create, reason="", **facts)


def test_what_money_points_to_is_not_deleted():
    row = EntryFactory(programme=ProgrammeFactory())
    for target in (row.year, row.source, row.document, row.programme):
        assert refused(target.delete)


# --- questions -----------------------------------------------------------------------------------


def test_sums_by_cell_count_refunds_as_minus_and_hold_only_cells_with_lines():
    year = YearFactory()
    programme = ProgrammeFactory(strategy=year.strategy)
    own, state = SourceFactory(code="own"), SourceFactory(code="state")
    EntryFactory(year=year, programme=programme, source=own, amount_gr=100_00)
    EntryFactory(year=year, programme=programme, source=own, amount_gr=-30_01)
    EntryFactory(year=year, source=state, amount_gr=0)
    EntryFactory(amount_gr=5, year=YearFactory(year=2018, strategy=year.strategy))
    assert year.entries.by_cell() == {(year.pk, programme.pk, own.pk): (69_99, 2), (year.pk, None, state.pk): (0, 1)}


def test_sums_by_cross_cut_count_a_line_in_each_of_its_cuts():
    year, ngo, seniors = YearFactory(), TagFactory(), TagFactory()
    TagFactory()
    EntryFactory(year=year, amount_gr=10, tags=[ngo])
    EntryFactory(year=year, amount_gr=5, tags=[ngo, seniors])
    EntryFactory(year=year, amount_gr=1)
    assert year.entries.by_tag() == {(year.pk, ngo.pk): (15, 2), (year.pk, seniors.pk): (5, 1)}
    assert year.entries.total_gr() == 16


def test_no_line_is_no_amount_and_a_line_of_nothing_is_zero():
    year = YearFactory()
    assert year.entries.total_gr() is None
    assert year.entries.by_cell() == year.entries.by_tag() == {}
    EntryFactory(year=year, amount_gr=0)
    assert year.entries.total_gr() == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("roboty", ["a"]),
        ("ROBOTY", ["a"]),
        ("umowa 7", ["b"]),
        ("wpis-x", ["c"]),
        ("%", []),
        ("nie ma", []),
    ],
)
def test_lines_are_found_by_description_document_or_key(words, expected):
    year = YearFactory()
    other = DocumentFactory(year=year, name="Nota 1")
    EntryFactory(year=year, description="Roboty budowlane", key="a", document=other)
    EntryFactory(year=year, description="Inne", key="b", document=DocumentFactory(year=year, name="Umowa 7/2019"))
    EntryFactory(year=year, description="Inne", key="wpis-x", document=other)
    keys = {"wpis-x": "c"}
    assert [keys.get(row.key, row.key) for row in Entry.objects.matching(words).order_by("pk")] == expected


def test_polish_letters_are_found_whatever_their_case():
    EntryFactory(description="Łódź i Żagań")
    assert Entry.objects.matching("żagań").exists()
    assert Entry.objects.matching("ŁÓDŹ").exists()


def test_lines_stand_by_date_and_then_in_the_order_of_entering():
    year = YearFactory()
    later = EntryFactory(year=year, date="2019-05-02")
    first, second = EntryFactory(year=year, date="2019-05-01"), EntryFactory(year=year, date="2019-05-01")
    assert list(year.entries.all()) == [first, second, later]


def test_a_task_is_told_once_for_each_of_its_years_however_many_lines_there_are():
    task, first, second = TaskFactory(), YearFactory(year=2019), YearFactory(year=2020)
    for year, day in ((first, "2019-03-01"), (first, "2019-04-01"), (second, "2020-03-01")):
        EntryFactory(year=year, task=task, programme=task.programme, date=day)
    EntryFactory(year=second)  # of no task
    assert sorted(Entry.objects.years_of_tasks()) == [(task.pk, 2019), (task.pk, 2020)]
