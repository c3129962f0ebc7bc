"""The console: exit codes, one sentence for an error, and the demonstration that can be loaded again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from spoiwo.access.models import Role, User
from spoiwo.config import cli, demonstration
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.years import find_year
from spoiwo.places.models import Place
from tests.factories import PASSWORD, UserFactory


def run(capsys, *words):
    """(exit code, stdout, stderr) of `spoiwo WORDS`."""
    try:
        code = cli.main(["spoiwo", *map(str, words)])
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("words", [(), ("help",), ("--help",)])
def test_spoiwo_alone_lists_every_command(capsys, words):
    code, out, _err = run(capsys, *words)
    assert code == 0
    assert [name for name in cli.COMMANDS if f"  {name} " not in out and f"  {name}:" not in out] == []


@pytest.mark.parametrize("word", ["nie-ma", "import year", "-x", ""])
def test_a_command_that_is_not_there_is_one_sentence_and_code_2(capsys, word):
    code, out, err = run(capsys, word)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [("reconcile",), ("reconcile", "rok"), ("report", "2019"), ("audit", "forget")])
def test_a_command_used_wrongly_ends_with_2(capsys, words):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.django_db
def test_what_is_refused_ends_with_1_and_one_sentence_on_stderr(capsys):
    code, out, err = run(capsys, "reconcile", 1999)
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert "1999" in err


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "Na dysku bazy nie ma miejsca"),
        ('could not extend file "base/5/16": No space left on device', "Na dysku bazy nie ma miejsca"),
        ("no such table: places_place", "Baza jest starsza niż program"),
        ('relation "places_place" does not exist\nLINE 1: SELECT', "Baza jest starsza niż program"),
        ("database is locked", "Baza jest zajęta"),
        ("connection failed: connection to server at 127.0.0.1 failed", "Baza nie odpowiada"),
        ("disk I/O error", "Baza danych odmówiła"),
    ],
)
def test_what_the_database_says_is_one_line_that_begins_with_what_to_do(said, words):
    line = cli.refused_by_the_database(said)
    assert line.startswith(words)
    assert "\n" not in line
    assert " ".join(said.split()) in line


def test_an_interrupted_command_ends_with_130(capsys, monkeypatch):
    def interrupted(argv):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    code, _out, err = run(capsys, "reconcile", 2019)
    assert code == 130
    assert "Traceback" not in err


# --- accounts ------------------------------------------------------------------------------------


def opened(monkeypatch, *words, password=PASSWORD):
    """Open an account with a password from standard input."""
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    call_command("open_account", *words, stdout=StringIO())


@pytest.mark.django_db
def test_an_account_is_opened_with_its_roles(monkeypatch):
    opened(monkeypatch, "zofia@przyklad.example", "--name", "Zofia Zmyślona", "--role", "director", "--role", "auditor")
    user = User.objects.get(email="zofia@przyklad.example")
    assert user.check_password(PASSWORD)
    assert user.current_roles == {Role.DIRECTOR, Role.AUDITOR}
    assert not user.invented


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "password"),
    [("zajety@przyklad.example", PASSWORD), ("zofia@przyklad.example", "krótkie"), ("bez-malpy", PASSWORD)],
)
def test_an_account_that_cannot_be_is_refused_whole(monkeypatch, email, password):
    UserFactory(email="zajety@przyklad.example")
    before = User.objects.count()
    with pytest.raises(CommandError):
        opened(monkeypatch, email, "--name", "Zofia Zmyślona", "--role", "director", password=password)
    assert User.objects.count() == before


# --- the demonstration ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_demonstration_has_four_years_and_five_people_and_can_be_loaded_again():
    def facts():
        years = {
            row.year: (row.entries.count(), row.reports.count(), row.shown_before_final)
            for row in FiscalYear.objects.all()
        }
        return years, sorted(User.objects.values_list("email", flat=True)), Place.objects.count()

    demonstration.load(lambda name: None)
    first = facts()
    assert first[0] == {2017: (0, 1, False), 2019: (10, 0, True), 2025: (173, 0, True), 2026: (138, 0, False)}
    assert first[1] == sorted(email for email, _name, _roles in demonstration.PEOPLE)
    demonstration.load(lambda name: None)
    assert facts() == first


@pytest.mark.django_db
def test_the_people_of_the_demonstration_are_invented_and_hold_their_roles():
    demonstration.load(lambda name: None)
    for email, _name, roles in demonstration.PEOPLE:
        user = User.objects.get(email=email)
        assert user.invented
        assert user.current_roles == set(roles)
        assert email.endswith(".example")
    assert set(find_year(2019).entries.values_list("state", flat=True)) == {"checked"}
