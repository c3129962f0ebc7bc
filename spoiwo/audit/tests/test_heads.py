"""Heads of the chain kept outside the database: written, carried on, and used to find what the database cannot tell."""

import stat
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from spoiwo.access.heads import mail_head
from spoiwo.access.models import Role
from spoiwo.audit.domain.heads import Gap, Head, gaps_of, read_head
from spoiwo.audit.errors import HeadUnreadable
from spoiwo.audit.models import ChainHead, Record
from spoiwo.audit.services import chain_head, record, verify_chain
from spoiwo.audit.services.heads import export_head, latest_head, read_heads, signed
from spoiwo.doors.letters import content_of
from spoiwo.doors.models import Letter
from tests.factories import UserFactory
from tests.visitors import person

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def outside(settings, tmp_path):
    """An empty folder for heads."""
    settings.HEADS_DIR = tmp_path / "heads"
    return settings.HEADS_DIR


def head(sequence, letter, hour):
    """A head of so many hours after nine."""
    return Head(sequence, letter * 64, (NOW + hour * HOUR).isoformat(), sequence, "i")


def test_a_head_comes_back_from_its_line_as_it_was_written():
    one = head(7, "a", 0)
    assert read_head(one.line()) == one
    assert "\n" not in one.line()


@pytest.mark.parametrize(
    "line",
    ["", "7", "null", "[]", "{}", "{", '{"sequence": 7}', head(7, "a", 0).line().replace("+00:00", ""),
     head(7, "a", 0).line().replace(":7,", ':"7",'), head(7, "a", 0).line().replace('"i"', "1")],
)  # fmt: skip
def test_anything_else_is_not_a_head(line):
    with pytest.raises(HeadUnreadable):
        read_head(line)


A, B, C, D = head(10, "a", 0), head(20, "b", 1), head(30, "c", 2), head(15, "d", 3)


@pytest.mark.parametrize(
    ("hashes", "last", "expected"),
    [
        ({10: "a", 20: "b", 30: "c"}, 30, []),
        ({10: "a", 20: "b", 30: "c"}, 99, []),  # written to since
        ({10: "a", 20: "b"}, 25, [Gap(26, 30, B, C, cut=True)]),
        ({10: "a"}, 12, [Gap(13, 30, A, C, cut=True)]),
        ({}, 0, [Gap(1, 30, None, C, cut=True)]),
        ({10: "a", 20: "x", 30: "y"}, 40, [Gap(11, 30, A, C, cut=False)]),
        ({10: "x", 20: "b", 30: "c"}, 40, [Gap(1, 10, None, A, cut=False)]),
        ({10: "a", 20: "x"}, 25, [Gap(11, 30, A, C, cut=False)]),  # an older copy, written to since, not yet so far
    ],
)  # fmt: skip
def test_the_gap_is_told_from_the_last_head_that_agrees(hashes, last, expected):
    assert gaps_of([C, A, B], {number: letter * 64 for number, letter in hashes.items()}, last) == expected


def test_after_a_restored_older_copy_the_heads_taken_since_agree_and_the_lost_part_is_told():
    hashes = {10: "a" * 64, 15: "d" * 64, 20: "x" * 64, 30: "y" * 64}
    assert gaps_of([A, B, C, D], hashes, 40) == [Gap(11, 30, A, C, cut=False)]


def deeds(many, about=None):
    """So many deeds; the number of the last."""
    about = about or UserFactory()
    return [record(by=about, deed="tests.deed", about=about) for _n in range(many)][-1].sequence


@pytest.mark.django_db
def test_each_hour_adds_a_signed_line_to_the_file_of_the_month(outside):
    deeds(3)
    first = export_head(now=NOW)
    deeds(2)
    second = export_head(now=NOW + HOUR)
    april = export_head(now=NOW + timedelta(days=20))
    assert (first.sequence, first.count, second.sequence) == (second.sequence - 2, first.sequence, chain_head()[0])
    assert [file.name for file in sorted(outside.iterdir())] == ["heads-2026-03.jsonl", "heads-2026-04.jsonl"]
    assert stat.S_IMODE((outside / "heads-2026-03.jsonl").stat().st_mode) == 0o600
    assert read_heads(outside) == ([first, second, april], [])
    assert read_heads(outside / "heads-2026-03.jsonl") == ([first, second], [])
    assert latest_head() == april
    assert list(verify_chain([first, second, april])) == []


def test_without_a_folder_of_heads_there_is_no_latest(outside):
    assert latest_head() is None


@pytest.mark.django_db
def test_a_line_that_somebody_wrote_or_took_from_another_house_is_not_trusted(outside):
    deeds(1)
    good = export_head(now=NOW)
    forged = Head(**(vars(good) | {"hash": "f" * 64}))
    foreign = signed(Head(**(vars(good) | {"installation": "0" * 16})))
    with (outside / "heads-2026-03.jsonl").open("a") as file:
        file.write(f"{forged.line()}\n\n{foreign.line()}\nala ma kota\n")
    heads, problems = read_heads(outside)
    assert heads == [good]
    assert problems == [
        "heads-2026-03.jsonl, wiersz 2: podpis głowy nie zgadza się z jej treścią.",
        f"heads-2026-03.jsonl, wiersz 4: głowa innej instalacji ({'0' * 16}).",
        "heads-2026-03.jsonl, wiersz 5: to nie jest głowa dziennika.",
    ]


def cut_off(last):
    """Take the tail away past the house, with the head row."""
    Record.objects.filter(sequence__gt=last).delete()
    row = Record.objects.get(sequence=last)
    ChainHead.objects.update(sequence=row.sequence, hash=row.hash)


def verified(*arguments):
    """What the command prints: its output, its faults, its code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("audit", "verify", *arguments, stdout=out, stderr=err)
    except CommandError as refusal:
        return out.getvalue(), err.getvalue().splitlines(), refusal.returncode
    return out.getvalue(), err.getvalue().splitlines(), 0


@pytest.mark.django_db
def test_a_tail_cut_off_with_its_head_row_is_found_by_the_command_and_the_gap_is_listed(outside):
    last = deeds(3)
    export_head(now=NOW)
    end = deeds(4)
    export_head(now=NOW + HOUR)
    assert verified("--heads", str(outside))[2] == 0
    assert "2." in verified("--heads", str(outside))[0].splitlines()[-1]
    cut_off(last)
    assert verified()[2] == 0  # the database alone cannot tell
    _out, faults, code = verified("--heads", str(outside))
    (fault,) = faults
    assert code == 1
    assert fault.startswith(f"Obcięty koniec: brak wpisów od {last + 1} do {end}; ostatni zachowany jest z ")
    assert fault.endswith(f"a głowa zapisana poza bazą 16.03.2026, 11.00.00 wskazuje wpis {end}.")


@pytest.mark.django_db
def test_an_older_copy_restored_and_written_to_again_is_found(outside):
    last = deeds(3)
    export_head(now=NOW)
    end = deeds(4)
    export_head(now=NOW + HOUR)
    cut_off(last)
    deeds(9)
    export_head(now=NOW + 2 * HOUR)
    _out, faults, code = verified("--heads", str(outside))
    assert code == 1
    assert faults == [
        f"Podmienione wpisy: od {last + 1} do {end} (po 16.03.2026, 10.00.00, do 16.03.2026, 11.00.00) "
        "dziennik nie zgadza się z głowami zapisanymi poza bazą."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["nie-ma", "pusty"])
def test_the_command_does_not_call_whole_what_it_could_not_compare(tmp_path, where):
    (tmp_path / "pusty").mkdir()
    assert verified("--heads", str(tmp_path / where))[2] == 1


@pytest.mark.django_db
def test_the_command_writes_the_head_and_prints_it(outside):
    deeds(1)
    out = StringIO()
    call_command("audit", "head", stdout=out)
    assert [read_head(out.getvalue())] == read_heads(outside)[0]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(settings, tmp_path):
    settings.HEADS_DIR = tmp_path / "plik"
    settings.HEADS_DIR.write_text("")
    with pytest.raises(CommandError):
        call_command("audit", "head")


@pytest.mark.django_db
def test_the_first_head_of_a_day_goes_by_letter_to_every_data_protection_officer(outside):
    officer = person(Role.DATA_PROTECTION_OFFICER, email="iod@przyklad.example")
    person(Role.DATA_PROTECTION_OFFICER, is_active=False)
    person(Role.DIRECTOR)
    deeds(1)
    first = export_head(now=NOW)
    export_head(now=NOW + HOUR)
    (letter,) = Letter.objects.all()
    content = content_of(letter)
    assert content["to"] == officer.email
    assert read_head(content["body"].splitlines()[-1]) == first
    export_head(now=NOW + timedelta(days=1))
    assert Letter.objects.count() == 2
    export_head(now=NOW + timedelta(days=1), carry=True)
    assert Letter.objects.count() == 3


@pytest.mark.django_db
def test_without_a_data_protection_officer_no_letter_is_written():
    mail_head(head(1, "a", 0))
    assert Letter.objects.count() == 0
