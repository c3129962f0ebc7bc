"""What judges from outside say of a year's files: frictionless of the package, pyIATI of the IATI file.

Each judge accepts the full invented year and the shipped years, and refuses every file broken on purpose for the
fault that was put in. Neither asks the network for anything.
"""

import csv
import hashlib
import io
import json
import subprocess

import pytest
from django.db import transaction

from spoiwo.ledger.exports.datapackage import package_files
from spoiwo.ledger.exports.iati import facts_iati
from spoiwo.ledger.services.facts import gather_facts
from spoiwo.ledger.services.years import find_year
from spoiwo.ledger.tests.full_year import full_year
from tests.imported import EXAMPLES, imported
from tests.plugin import JUDGES, ROOT


def rows_of(file):
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


pytestmark = pytest.mark.django_db
YEARS = {
    int(rows_of(folder / "year.csv")[0]["year"]): folder.name
    for folder in sorted(EXAMPLES.iterdir())
    if (folder / "year.csv").is_file()
}
TODAY = "2027-01-01"  # the rules of IATI refuse days to come
old = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the judge's own dependencies


@pytest.fixture(scope="module")
def full(django_db_setup, django_db_blocker):
    """The facts of the full invented year."""
    with django_db_blocker.unblock(), transaction.atomic():
        facts = gather_facts(full_year())
        transaction.set_rollback(True)
    return facts


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The facts of each year that comes with the program."""
    with django_db_blocker.unblock(), imported(*(EXAMPLES / name for name in YEARS.values())):
        facts = {year: gather_facts(find_year(year)) for year in YEARS}
    return facts


# --- the Data Package, judged by frictionless ------------------------------------------------------


def faults(folder):
    """What frictionless finds: the kinds of errors, sorted, each once."""
    import frictionless  # slow to load: only the tests that need it

    report = frictionless.validate(folder / "datapackage.json")
    return sorted({name for (name,) in report.flatten(["type"])}), report.stats["tasks"]


def laid_out(files, folder):
    """The files of a package in a folder."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@old
def test_frictionless_accepts_the_full_year(full, tmp_path):
    assert faults(laid_out(package_files(full), tmp_path)) == ([], 21)


@old
@pytest.mark.parametrize("year", YEARS)
def test_frictionless_accepts_the_shipped_years(shipped, tmp_path, year):
    assert faults(laid_out(package_files(shipped[year]), tmp_path)) == ([], 21)
    assert shipped[year].tables["entries"] or year == 2017


def put(row, column, value):
    """A fault: another value in one cell; the row is counted from the first below the heading."""

    def fault(rows):
        rows[row + 1][rows[0].index(column)] = value

    return fault


BROKEN_PACKAGES = {
    "a kind that is not in the list": ("entries", put(0, "kind", "wydatek"), ["constraint-error"]),
    "a source that nobody described": ("entries", put(0, "source", "kasa"), ["foreign-key"]),
    "a programme that nobody described": ("plan", put(0, "programme", "P9"), ["foreign-key"]),
    "a commitment that is not in the plan": ("entries", put(0, "commitment", "zo-9"), ["foreign-key"]),
    "an indicator without its description": ("values", put(0, "indicator", "W9"), ["foreign-key"]),
    "a decimal comma in grosze": ("entries", put(0, "amount_gr", "123,45"), ["type-error"]),
    "no amount": ("entries", put(0, "amount_gr", ""), ["constraint-error"]),
    "a day in the Polish manner": ("plan", put(0, "date", "15.01.2024"), ["type-error"]),
    "a day that does not exist": ("plan", put(0, "date", "2024-02-30"), ["type-error"]),
    "a chapter of three digits": ("chapters", put(0, "code", "852"), ["constraint-error", "foreign-key"]),
    "a division of two digits": ("chapters", put(0, "division", "85"), ["constraint-error"]),
    "a place that has no TERYT form": ("places", put(0, "code", "ZG"), ["constraint-error", "foreign-key"]),
    "one key on two lines": ("entries", put(1, "key", "wy-1"), ["primary-key"]),
    "yes instead of true": ("year", put(0, "invented", "tak"), ["type-error"]),
    "a cell too many": ("entries", lambda rows: rows[1].append("x"), ["extra-cell"]),
    "a cell too few": ("entries", lambda rows: rows[1].pop(), ["missing-cell"]),
    "a heading of another name": ("sources", lambda rows: rows[0].__setitem__(1, "nazwa"), ["incorrect-label"]),
}


def broken_package(files, table, fault):
    """The files with a fault in one table, its size and fingerprint brought up to date."""
    rows = list(csv.reader(io.StringIO(files[f"{table}.csv"].decode(), newline="")))
    fault(rows)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    data = out.getvalue().encode()
    described = json.loads(files["datapackage.json"])
    (resource,) = [row for row in described["resources"] if row["path"] == f"{table}.csv"]
    resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    return files | {f"{table}.csv": data, "datapackage.json": json.dumps(described).encode()}


@old
@pytest.mark.parametrize("name", BROKEN_PACKAGES)
def test_frictionless_refuses(full, tmp_path, name):
    table, fault, expected = BROKEN_PACKAGES[name]
    assert faults(laid_out(broken_package(package_files(full), table, fault), tmp_path)) == (expected, 21)


@old
def test_frictionless_refuses_a_table_changed_after_the_export(full, tmp_path):
    files = package_files(full)
    changed = files["entries.csv"].replace(b",6000001,", b",6000002,")
    assert changed != files["entries.csv"]
    assert faults(laid_out(files | {"entries.csv": changed}, tmp_path)) == (["hash-count"], 21)


@old
def test_frictionless_refuses_a_package_without_one_of_its_tables(full, tmp_path):
    files = package_files(full)
    del files["sources.csv"]
    kinds, _tasks = faults(laid_out(files, tmp_path))
    assert "scheme-error" in kinds


# --- IATI, judged by pyIATI ------------------------------------------------------------------------


def verdicts(folder, texts):
    """What pyIATI says of each text: the names of its errors. One process, for its schema is slow to load."""
    for number, text in enumerate(texts.values()):
        (folder / f"{number}.xml").write_text(text, encoding="utf-8")
    names = [f"{number}.xml" for number in range(len(texts))]
    judge = [str(JUDGES), str(ROOT / "tests" / "iati_judge.py"), TODAY, *names]
    done = subprocess.run(judge, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip(texts, json.loads(done.stdout).values(), strict=True))


def swap(old_text, new_text, times=1):
    """A fault: one piece of text instead of another."""

    def fault(text):
        assert old_text in text, old_text
        return text.replace(old_text, new_text, times)

    return fault


def without(start, end):
    """A fault: the first piece from `start` to `end` is gone."""

    def fault(text):
        before, found, rest = text.partition(start)
        assert found, start
        return before + rest.partition(end)[2]

    return fault


def title_after_description(text):
    """A fault: two elements in the wrong order."""
    title = text[text.index("<title>") : text.index("</title>") + len("</title>")]
    return text.replace(title, "", 1).replace("</description>", "</description>" + title, 1)


SCHEMA, RULES = "err-not-iati-xml-missing-required-element", "err-ruleset-conformance-fail"
TYPE, CODE = "err-not-iati-xml-incorrect-datatype", "err-code-not-on-codelist"
BROKEN_IATI = {
    "a decimal comma": (swap(">60000.01<", ">60000,01<"), {TYPE}),
    "no title": (without("<title>", "</title>"), {SCHEMA}),
    "a title without words": (swap("<title>", "<title/><title>"), {SCHEMA}),
    "the wrong order": (title_after_description, {SCHEMA}),
    "no office that reports": (without("<reporting-org", "</reporting-org>"), {SCHEMA}),
    "a transaction without an amount": (without('<value value-date="2024-05-20">', "</value>"), {SCHEMA}),
    "a kind of transaction that is not on the list": (
        swap('<transaction-type code="3" />', '<transaction-type code="99" />'),
        {CODE},
    ),
    "a currency that is not on the list": (swap('default-currency="PLN"', 'default-currency="ZL"'), {CODE}),
    "a vocabulary that is not on the list": (swap('vocabulary="99"', 'vocabulary="97"'), {CODE}),
    "a kind of office that is not on the list": (
        swap('ref="PL-TERC-08" type="11"', 'ref="PL-TERC-08" type="12"'),
        {CODE},
    ),
    "a budget that ends before it begins": (
        swap('<period-end iso-date="2024-12-31" />', '<period-end iso-date="2023-12-31" />'),
        {RULES, "err-rule-date-order-conformance-fail"},
    ),
    "shares of countries that do not make a hundred": (
        swap('code="PL" percentage="100"', 'code="PL" percentage="90"'),
        {RULES, "err-rule-sum-conformance-fail"},
    ),
    "a payment on a day to come": (
        swap('<transaction-date iso-date="2024-05-20" />', '<transaction-date iso-date="2999-05-20" />'),
        {RULES, "err-rule-date-order-conformance-fail"},
    ),
    "a programme that ends before it begins": (
        swap('type="3" iso-date="2027-12-31"', 'type="3" iso-date="2001-12-31"'),
        {RULES, "err-rule-date-order-conformance-fail"},
    ),
    "no day of a beginning": (
        without('<activity-date type="1"', "/>"),
        {RULES, "err-rule-at-least-one-conformance-fail"},
    ),
    "no sector": (
        swap('<sector code="16010" percentage="100" />', ""),
        {RULES, "err-rule-at-least-one-conformance-fail"},
    ),
    "an identifier of a sign that is not allowed": (  # the judge asks only whether an allowed sign is there
        swap("<iati-identifier>PL-TERC-08-S1", "<iati-identifier>/"),
        {RULES, "err-rule-regex-matches-conformance-fail"},
    ),
    "an element that is not closed": (swap("</iati-activities>", ""), {"err-not-xml-uncategorised-xml-syntax-error"}),
}


@pytest.mark.judges
@pytest.mark.once  # the same files on both databases
@pytest.mark.slow
def test_pyiati_accepts_the_full_year_and_the_shipped_years(full, shipped, tmp_path):
    texts = {facts.title: facts_iati(facts).decode() for facts in (full, *shipped.values())}
    assert verdicts(tmp_path, texts) == {title: [] for title in texts}
    assert len(texts) == 1 + len(YEARS)
    assert {2017, 2019, 2025} <= set(YEARS)


@pytest.mark.judges
@pytest.mark.once  # the same files on both databases
@pytest.mark.slow
def test_pyiati_refuses_each_broken_file_for_the_fault_that_was_put_in(full, tmp_path):
    text = facts_iati(full).decode()
    texts = {name: fault(text) for name, (fault, _expected) in BROKEN_IATI.items()}
    told = {name: set(names) for name, names in verdicts(tmp_path, texts).items()}
    assert {name: names for name, names in told.items() if not names >= BROKEN_IATI[name][1]} == {}
    assert len(told) >= 10
