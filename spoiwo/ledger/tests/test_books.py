"""Lines of the accounting system read in: a dry run, all or nothing, once; the ledger beside a statement."""

import json
from datetime import date

import pytest
from django.db import transaction

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import BooksRefused, PlanChanged, PlanExceeded
from spoiwo.ledger.models import BatchKind, BookStatement, BudgetCode, ColumnMapping, LineQuestion
from spoiwo.ledger.services.books import import_books, plan_books_import
from spoiwo.ledger.services.closing import close_month
from spoiwo.ledger.services.mappings import as_mapping, mapping_for, remember_mapping
from spoiwo.ledger.services.statements import keep_statement, read_statement, reconcile_books
from spoiwo.ledger.tests.booksfiles import GOOD, HEADINGS, STATEMENT, changed, csv_file, mapped
from spoiwo.ledger.tests.test_commands import told
from tests.factories import (
    BudgetCodeFactory,
    DocumentFactory,
    EntryFactory,
    OrganisationFactory,
    PlanEntryFactory,
    SourceFactory,
    YearFactory,
)
from tests.visitors import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    row = YearFactory()
    SourceFactory()
    SourceFactory(code="eu")
    return row


@pytest.fixture
def jan():
    return person(Role.TREASURER)


@pytest.fixture
def file(tmp_path):
    return csv_file(tmp_path / "ksiegi.csv", *GOOD)


def planned(year, file, **facts):
    """What a file would do."""
    return plan_books_import(year=year, path=file, mapping=mapped(**facts))


def taken(year, file, by=None, **facts):
    """A file read in."""
    return import_books(year=year, path=file, mapping=mapped(), by=by, **facts)


# --- lines ---------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_entered_and_saves_nothing(year, file):
    records = Record.objects.count()
    plan = planned(year, file)
    assert plan.counts() == {"new": 3, "same": 0, "differing": 0, "alike": 0}
    assert plan.sums == {("85217", "4210"): (250_00, 1), ("85217", "4300"): (1000_00, 2)}
    assert plan.total_gr == 1250_00
    assert (year.entries.count(), Record.objects.count()) == (0, records)


def test_the_lines_are_entered_with_their_batch_their_papers_and_their_deeds(year, file, jan):
    held = DocumentFactory(year=year, name="FV 1/2019")
    taken(year, file, jan, name="ksiegi-2019.csv")
    first, second, third = year.entries.order_by("key")
    assert (first.amount_gr, first.kind, third.amount_gr, third.kind) == (1000_50, "payment", -50, "refund")
    assert first.document == third.document == held
    assert (second.document.name, year.documents.count()) == ("FV 2/2019", 2)
    assert (first.chapter, first.paragraph, first.entered_by, first.state) == ("85217", "4300", jan, "entered")
    batch = year.batches.get()
    assert (batch.kind, batch.name, batch.by) == (BatchKind.BOOKS, "ksiegi-2019.csv", jan)
    assert batch.counts["entered"] == 3
    assert [record.deed for record in Record.objects.about(first)] == ["ledger.entry_imported"]
    assert Record.objects.filter(deed="ledger.books_read").count() == 1


def test_the_same_file_again_enters_nothing(year, file, jan):
    taken(year, file, jan)
    records = Record.objects.count()
    again = taken(year, file, jan)
    assert again.counts() == {"new": 0, "same": 3, "differing": 0, "alike": 0}
    assert (year.entries.count(), year.batches.count(), Record.objects.count()) == (3, 1, records)


def test_a_file_without_numbers_enters_nothing_again_either(year, tmp_path, jan):
    mapping = mapped()
    del mapping.columns["key"]
    file = csv_file(tmp_path / "bez.csv", *GOOD)
    for expected in (3, 0):
        plan = import_books(year=year, path=file, mapping=mapping, by=jan)
        assert len(plan.new) == expected
    assert year.entries.count() == 3


def test_a_number_that_has_other_content_is_told_and_left_as_it_is(year, file, tmp_path, jan):
    taken(year, file, jan)
    plan = taken(year, csv_file(tmp_path / "nowe.csv", *changed(1, "Kwota", "250,01")), jan)
    assert [(row.key, text) for row, text in plan.differing] == [("K/2", "Druk")]
    assert year.entries.get(key="K/2").amount_gr == 250_00


def test_what_looks_like_a_line_that_is_there_comes_in_only_when_somebody_says_so(year, file, jan):
    document = DocumentFactory(year=year, name="fv 2/2019")
    EntryFactory(year=year, document=document, amount_gr=250_00, date="2019-03-15")  # entered by hand, without codes
    plan = taken(year, file, jan)
    assert ([row.key for row in plan.alike], len(plan.new)) == (["K/2"], 2)
    assert year.entries.count() == 3
    taken(year, file, jan, take_alike=True)
    assert year.entries.filter(key="K/2").count() == 1


def test_a_row_that_repeats_an_earlier_one_under_another_number_is_told(year, tmp_path):
    rows = [GOOD[0], ["K/9", *GOOD[0][1:]]]
    plan = planned(year, csv_file(tmp_path / "dwa.csv", *rows))
    assert ([row.key for row in plan.new], [row.key for row in plan.alike]) == (["K/1"], ["K/9"])


def test_one_wrong_row_keeps_the_whole_file_out(year, tmp_path, jan):
    file = csv_file(tmp_path / "zly.csv", *changed(2, "Paragraf", "43"))
    records = Record.objects.count()
    with pytest.raises(BooksRefused) as refusal:
        taken(year, file, jan)
    (fault,) = refusal.value.args[0].faults
    assert (fault.file, fault.row, fault.column, fault.found) == ("zly.csv", 4, "Paragraf", "„43”")
    assert (year.entries.count(), year.batches.count(), Record.objects.count()) == (0, 0, records)


def test_headings_alone_are_no_file_of_books(year, tmp_path):
    assert [fault.code for fault in planned(year, csv_file(tmp_path / "puste.csv")).faults] == ["no_rows"]


def test_codes_that_the_table_lacks_are_listed_with_their_lines_and_keep_nothing_out(year, tmp_path, jan):
    BudgetCode.objects.all().delete()
    for kind, code in (("division", "852"), ("chapter", "85217"), ("paragraph", "430"), ("fourth_digit", "0")):
        BudgetCodeFactory(kind=kind, code=code)
    plan = taken(year, csv_file(tmp_path / "k.csv", *changed(1, "Paragraf", "4117")), jan)
    assert plan.unmatched == {("fourth_digit", "7"): [250_00, 1], ("paragraph", "411"): [250_00, 1]}
    assert year.entries.count() == 3


def test_lines_that_do_not_fit_are_asked_about(year, tmp_path, jan):
    taken(year, csv_file(tmp_path / "k.csv", *changed(1, "Paragraf", "4217")), jan)
    question = LineQuestion.objects.get()
    assert (question.entry.key, question.rule) == ("K/2", "eu-digit-other-source")


def test_lines_beyond_the_plan_are_refused_and_leave_no_trace(year, file, jan):
    year.keeps_plan = True
    year.save(update_fields=["keeps_plan"])
    where = {"year": year, "source": SourceFactory(), "kind": "plan", "chapter": "85217"}
    PlanEntryFactory(**where, paragraph="4300", amount_gr=1000_00)
    PlanEntryFactory(**where, paragraph="4210", amount_gr=249_99)
    with pytest.raises(PlanExceeded) as refusal:
        taken(year, file, jan)
    assert refusal.value.over_gr == 1
    assert (year.entries.count(), year.batches.count()) == (0, 0)


def test_a_decision_about_another_plan_saves_nothing(year, file, jan):
    digest = planned(year, file).digest
    EntryFactory(year=year, key="K/1", description="Szkolenie")
    with pytest.raises(PlanChanged), transaction.atomic():
        taken(year, file, jan, expected_digest=digest)
    assert year.entries.count() == 1
    taken(year, file, jan, expected_digest=planned(year, file).digest)
    assert year.entries.count() == 3


def test_a_new_line_that_became_one_like_another_is_seen_once_more(year, tmp_path, jan):
    """Otherwise a person who takes look-alikes would enter it a second time unseen."""
    file = csv_file(tmp_path / "jeden.csv", GOOD[0])
    digest = planned(year, file).digest
    taken(year, csv_file(tmp_path / "inny.csv", ["K/9", *GOOD[0][1:]]), jan)
    assert planned(year, file).counts()["alike"] == 1
    with pytest.raises(PlanChanged), transaction.atomic():
        taken(year, file, jan, expected_digest=digest, take_alike=True)
    assert year.entries.count() == 1


def test_another_mapping_of_the_same_file_is_seen_once_more(year, file, jan):
    columns = mapped().columns
    columns |= {"document": columns["description"], "description": columns["document"]}
    with pytest.raises(PlanChanged), transaction.atomic():
        taken(year, file, jan, expected_digest=planned(year, file, columns=columns).digest)
    assert year.entries.count() == 0


# --- mappings ------------------------------------------------------------------------------------


def test_a_mapping_is_remembered_by_its_headings_and_offered_again(year, jan):
    kept = remember_mapping(region="08", name="System", header=HEADINGS, mapping=mapped(signs="minus"), by=jan)
    offered, held = mapping_for("08", [heading.upper() for heading in HEADINGS])
    assert held == kept
    assert (offered.signs, offered.columns) == ("minus", mapped().columns)
    assert mapping_for("30", HEADINGS)[1] is None
    assert mapping_for("08", HEADINGS[1:])[1] is None


def test_a_mapping_used_again_is_not_recorded_again_a_changed_one_keeps_both(year, jan):
    facts = {"region": "08", "name": "System", "header": HEADINGS, "by": jan}
    remember_mapping(**facts, mapping=mapped())
    remember_mapping(**facts, mapping=mapped())
    assert Record.objects.filter(deed__startswith="ledger.mapping").count() == 1
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        remember_mapping(**facts, mapping=mapped(signs="minus"))
    row = remember_mapping(**facts, mapping=mapped(signs="minus"), seen_version=1)
    assert (row.version, as_mapping(row).signs) == (2, "minus")
    (before, after) = Record.objects.get(deed="ledger.mapping_changed").facts["changed"]["constants"]
    assert (before["signs"], after["signs"]) == ("plus", "minus")
    assert ColumnMapping.objects.count() == 1


# --- statements ----------------------------------------------------------------------------------


@pytest.fixture
def statement(tmp_path):
    rows = [["852", "85217", "4300", "0", "0", "1000,00"], ["852", "85217", "4170", "0", "0", "7,00"]]
    return csv_file(tmp_path / "rb28s.csv", *rows, headings=STATEMENT)


def test_the_ledger_is_set_beside_a_statement_in_both_directions(year, file, statement, jan):
    taken(year, file, jan)
    rows, faults, _sha256 = read_statement(statement)
    assert faults == []
    found = reconcile_books(year, rows)
    assert [(one.paragraph, one.status, one.differences) for one in found] == [
        ("4170", "only_statement", {"spent_gr": 7_00}),
        ("4210", "only_ledger", {"spent_gr": -250_00}),
        ("4300", "agrees", {}),
    ]


def test_a_statement_of_a_month_is_compared_with_the_lines_to_its_end(year, file, jan):
    taken(year, file, jan)
    spent = {(one.paragraph): one.ledger.spent_gr for one in reconcile_books(year, [], month=2)}
    assert spent == {"4300": 1000_50}


def test_commitments_and_direct_payments_together_are_what_a_statement_calls_commitments(year, jan):
    where = {"year": year, "source": SourceFactory(), "chapter": "85217", "paragraph": "4300"}
    commitment = PlanEntryFactory(**where, kind="commitment", amount_gr=10_00)
    EntryFactory(**where, amount_gr=4_00, commitment=commitment)
    EntryFactory(**where, amount_gr=3_00)
    (one,) = reconcile_books(year, [])
    assert one.differences == {"committed_gr": -13_00, "spent_gr": -7_00}


def test_a_statement_is_kept_once_for_a_month(year, statement, jan):
    first = keep_statement(year=year, month=12, path=statement, name="rb28s.csv", by=jan)
    assert keep_statement(year=year, month=12, path=statement, name="inny.csv", by=jan) == first
    keep_statement(year=year, month=11, path=statement, name="rb28s.csv", by=jan)
    assert BookStatement.objects.count() == Record.objects.filter(deed="ledger.statement_kept").count() == 2
    assert first.rows[0]["spent_gr"] == 1000_00


def test_a_wrong_statement_is_not_kept(year, tmp_path, jan):
    file = csv_file(tmp_path / "rb.csv", ["852", "Razem", "", "1", "1", "1"], headings=STATEMENT)
    with pytest.raises(BooksRefused):
        keep_statement(year=year, month=12, path=file, name="rb.csv", by=jan)
    assert not BookStatement.objects.exists()


def test_a_file_is_read_before_the_books_are_locked(year, tmp_path, jan, django_assert_num_queries):
    file = csv_file(tmp_path / "rb.csv", ["852", "Razem", "", "1", "1", "1"], headings=STATEMENT)
    with django_assert_num_queries(0), pytest.raises(BooksRefused):
        keep_statement(year=year, month=12, path=file, name="rb.csv", by=jan)


# --- commands ------------------------------------------------------------------------------------


def test_the_command_reads_by_the_headings_and_answers_in_json(year, file):
    out, _err, refusal = told("import_books", str(file), year=2019, as_json=True)
    assert refusal is None
    answer = json.loads(out)
    assert (answer["new"], answer["total_gr"], answer["saved"]) == (3, 1250_00, True)
    assert answer["by_classification"][0] == {"chapter": "85217", "paragraph": "4210", "amount_gr": 250_00, "lines": 1}
    assert year.entries.count() == 3


def test_the_command_rehearses_and_takes_a_mapping_by_name(year, tmp_path):
    file = csv_file(tmp_path / "k.csv", *changed(0, "Źródło", ""))
    remember_mapping(region="08", name="System", header=HEADINGS, mapping=mapped(), by=None)
    out, _err, refusal = told("import_books", str(file), year=2019, mapping="System", source="eu", dry_run=True)
    assert refusal is None
    assert "85217 4300" in out
    assert year.entries.count() == 0
    assert "Inny" in str(told("import_books", str(file), year=2019, mapping="Inny")[2])


def test_the_command_lists_faults_on_stderr_and_saves_nothing(year, tmp_path):
    file = csv_file(tmp_path / "k.csv", *changed(0, "Kwota", "x"))
    out, err, refusal = told("import_books", str(file), year=2019)
    assert (out, refusal.returncode) == ("", 1)
    assert "wiersz 2, kolumna „Kwota”" in err
    assert year.entries.count() == 0


def test_the_books_agree_with_code_0_and_differ_with_code_3(year, file, statement, tmp_path, jan):
    taken(year, file, jan)
    out, _err, refusal = told("reconcile_books", 2019, str(statement), as_json=True)
    assert refusal.returncode == 3
    assert json.loads(out)["different"] == 2
    rows = [["852", "85217", "4300", "0", "0", "1000"], ["852", "85217", "4210", "0", "0", "250"]]
    out, _err, refusal = told("reconcile_books", 2019, str(csv_file(tmp_path / "b.csv", *rows, headings=STATEMENT)))
    assert refusal is None
    assert "4210" in out


def test_an_organisation_of_the_region_is_found_by_its_name(year, tmp_path, jan):
    ngo = OrganisationFactory(name="Fundacja Zmyślona")
    mapping = mapped()
    mapping.columns["recipient"] = "Kontrahent"
    file = csv_file(tmp_path / "k.csv", [*GOOD[0], "fundacja zmyślona"], headings=[*HEADINGS, "Kontrahent"])
    import_books(year=year, path=file, mapping=mapping, by=jan)
    assert year.entries.get().organisation == ngo


def test_books_do_not_enter_a_closed_month(year, file):
    for month in (1, 2, 3):
        close_month(year=year, month=month, today=date(2031, 1, 1), by=None)
    with pytest.raises(BooksRefused) as refusal, transaction.atomic():
        taken(year, file)
    assert {fault.code for fault in refusal.value.args[0].faults} == {"month_closed"}
    assert not year.entries.exists()
