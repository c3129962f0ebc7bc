"""The same job without the web: reading a package in, reconciling, answering a difference."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from spoiwo.ledger.models import FiscalYear, Settlement
from spoiwo.ledger.services.years import find_year
from spoiwo.ledger.tests.importing import LUBUSKIE, counted
from spoiwo.ledger.tests.settling import OWN, REASON, waiting
from tests.factories import UserFactory
from tests.imported import put

pytestmark = pytest.mark.django_db


def told(*args, **options):
    """What a command writes: (stdout, stderr, the refusal or None)."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*args, stdout=out, stderr=err, **options)
    except CommandError as refusal:
        return out.getvalue(), err.getvalue(), refusal
    return out.getvalue(), err.getvalue(), None


def test_a_package_is_read_in_from_the_command_line_by_a_named_person():
    by = UserFactory(email="anna@przyklad.example")
    out, _err, refusal = told("import_year", str(LUBUSKIE), by="ANNA@przyklad.example")
    assert refusal is None
    assert "2019" in out
    assert find_year(2019).batches.get().by == by


def test_a_dry_run_says_the_same_and_saves_nothing():
    before = counted()
    out, _err, refusal = told("import_year", str(LUBUSKIE), dry_run=True)
    assert refusal is None
    assert "10" in next(line for line in out.splitlines() if "money" in line or "Kwoty" in line)
    assert counted() == before


def test_a_refused_package_lists_its_faults_on_stderr_and_saves_nothing(copied):
    out, err, refusal = told("import_year", str(copied(money=put("2019-eu", source="kasa"))))
    assert refusal.returncode == 1
    assert out == ""
    assert "kasa" in err
    assert "money" in err
    assert not FiscalYear.objects.exists()


def test_a_person_without_an_account_reads_nothing_in():
    _out, _err, refusal = told("import_year", str(LUBUSKIE), by="nikt@przyklad.example")
    assert "nikt@przyklad.example" in str(refusal)
    assert not FiscalYear.objects.exists()


def test_the_verdict_as_json_is_json_alone_and_the_code_is_3_while_a_difference_is_open(lubuskie):
    out, err, refusal = told("reconcile", "2019", as_json=True)
    found = json.loads(out)
    assert (found["year"], found["open_differences"]) == (2019, 2)
    assert found["by_source"]["own"]["difference_gr"] == OWN
    assert refusal.returncode == 3
    assert err == ""


def test_the_verdict_for_people_names_every_programme_and_says_no_amount(lubuskie):
    out, _err, _refusal = told("reconcile", "2019")
    assert "83\u00a0194,60" in out
    assert "brak kwoty" in out


def test_the_code_is_0_when_every_difference_is_answered(lubuskie):
    assert told("settle_difference", "2019", "2019-own", reason=REASON)[2] is None
    part = "25000,00|Dotacje dla organizacji|Nota 1"
    assert told("settle_difference", "2019", "2019-ngo", reason=REASON, line=[part])[2] is None
    assert told("reconcile", "2019")[2] is None
    assert set(Settlement.objects.values_list("kind", flat=True)) == {"accepted", "explained"}


@pytest.mark.parametrize(
    ("key", "options", "said"),
    [
        ("2019-own", {"reason": "krótko"}, ""),
        ("2019-razem", {"reason": REASON}, "2019-own"),  # the refusal names what is open
        ("nie-ma", {"reason": REASON}, "2019-own"),
        ("2019-own", {"reason": REASON, "line": ["83194,59|Dotacja|Nota"]}, "0,01"),
        ("2019-own", {"reason": REASON, "line": ["83194,60|Dotacja"]}, "83194,60|Dotacja"),
        ("2019-own", {"reason": REASON, "line": ["dużo|Dotacja|Nota"]}, "dużo"),
        ("2019-own", {"reason": REASON, "by": "nikt@przyklad.example"}, "nikt@przyklad.example"),
    ],
)
def test_a_difference_is_not_answered_by_half(lubuskie, key, options, said):
    _out, _err, refusal = told("settle_difference", "2019", key, **options)
    assert said in str(refusal)
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]


def test_an_explanation_may_hold_a_line_below_zero_as_on_the_web(lubuskie):
    lines = ["83200,00|Dotacja|Nota", "-5,40|Zwrot|Nota"]
    assert told("settle_difference", "2019", "2019-own", reason=REASON, line=lines)[2] is None


@pytest.mark.parametrize("command", [("reconcile", "1999"), ("settle_difference", "1999", "k")])
def test_a_year_that_is_not_there_is_told_with_those_there_are(lubuskie, command):
    options = {"reason": REASON} if command[0] == "settle_difference" else {}
    _out, _err, refusal = told(*command, **options)
    assert "1999" in str(refusal)
    assert "2019" in str(refusal)
