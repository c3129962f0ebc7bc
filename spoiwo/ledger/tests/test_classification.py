"""Codes of the classification and the questions that lines raise, in the database."""

import csv
from datetime import date

import pytest
from django.db import transaction

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import NotAClassification, ReasonMissing
from spoiwo.ledger.models import BudgetCode, EntryKind, LineQuestion
from spoiwo.ledger.services.classification import (
    COLUMNS,
    SHIPPED_CODES,
    answer_questions,
    ask_about,
    import_classification,
    question_token,
    questions_of,
    used_codes,
    waiting_questions,
)
from spoiwo.ledger.services.corrections import reverse_entry
from spoiwo.ledger.services.entries import change_entry, enter_entry
from spoiwo.ledger.services.planning import commit
from tests.factories import (
    BudgetCodeFactory,
    DocumentFactory,
    EntryFactory,
    OrganisationFactory,
    SourceFactory,
    YearFactory,
)
from tests.visitors import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_codes(db):
    """The shipped codes stand in every new house; here each test brings its own."""
    BudgetCode.objects.all().delete()


@pytest.fixture
def year():
    return YearFactory()


@pytest.fixture
def jan():
    return person(Role.TREASURER)


def entered(year, by, **facts):
    """A line of 100,00 zł of own money under 85217 4307: a digit of the EU that does not fit."""
    given = {
        "source": SourceFactory(), "amount_gr": 100_00, "description": "Usługa", "document": "Umowa 1",
        "chapter": "85217", "paragraph": "4307",
    }  # fmt: skip
    return enter_entry(year=year, by=by, **given | facts)


def rules(**where):
    """The rules of the questions there are."""
    return [row.rule for row in LineQuestion.objects.filter(**where)]


def written(path, *rows):
    """A table of codes as a file; a row is kind, code, name and, if need be, days."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(COLUMNS)
        writer.writerows([*row, "", ""][:5] for row in rows)
    return path


# --- the table of codes --------------------------------------------------------------------------


def test_the_shipped_table_is_read_once_and_reading_it_again_changes_nothing():
    before = Record.objects.count()
    first = import_classification()
    assert (first.read, first.new, first.changed) == (59, 59, 0)
    again = import_classification()
    assert (again.read, again.new, again.changed) == (59, 0, 0)
    assert BudgetCode.objects.get(kind="chapter", code="85217").name == "Regionalne ośrodki polityki społecznej"
    assert sorted(BudgetCode.objects.filter(kind="fourth_digit").values_list("code", flat=True)) == list("0123456789")
    assert Record.objects.count() == before + 1


def test_every_shipped_chapter_lies_in_a_shipped_division():
    import_classification()
    divisions = set(BudgetCode.objects.filter(kind="division").values_list("code", flat=True))
    chapters = BudgetCode.objects.filter(kind="chapter").values_list("code", flat=True)
    assert {code[:3] for code in chapters} == divisions
    assert len(chapters) == 29


def test_a_later_table_corrects_a_name_ends_a_code_and_adds_one_from_its_day(tmp_path, jan):
    BudgetCodeFactory(code="85205", name="Przemoc")
    file = written(
        tmp_path / "kody.csv",
        ("chapter", "85205", "Przeciwdziałanie przemocy", "", "2023-12-31"),
        ("chapter", "85205", "Przeciwdziałanie przemocy domowej", "2024-01-01"),
    )
    change = import_classification(file=file, by=jan)
    assert (change.new, change.changed) == (1, 1)
    old, new = BudgetCode.objects.filter(code="85205").order_by("valid_from")
    old, new = sorted((old, new), key=lambda code: code.valid_from is not None)
    assert (old.name, old.valid_to) == ("Przeciwdziałanie przemocy", date(2023, 12, 31))
    assert (new.valid_from, new.valid_to) == (date(2024, 1, 1), None)
    record = Record.objects.get(deed="ledger.budgetcode_changed")
    assert record.facts["changed"]["valid_to"] == ["", "2023-12-31"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("part", "1", "Część"), "rodzaj „part”"),
        (("chapter", "8521", "Rozdział"), "kod „8521”"),
        (("paragraph", "4300", "Usługi"), "kod „4300”"),  # the fourth digit has a table of its own
        (("chapter", "85217", ""), "nazwa ma 0 znaków"),
        (("chapter", "85217", "x" * 401), "nazwa ma 401 znaków"),
        (("chapter", "85217", "ROPS", "01.01.2019"), "dzień"),
        (("chapter", "85217", "ROPS", "2019-01-02", "2019-01-01"), "kończy się, zanim się zaczął"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_saved(tmp_path, row, words):
    file = written(tmp_path / "kody.csv", ("division", "852", "Pomoc"), row)
    with pytest.raises(NotAClassification) as refusal, transaction.atomic():
        import_classification(file=file)
    assert "kody.csv, wiersz 3" in str(refusal.value)
    assert words in str(refusal.value)
    assert not BudgetCode.objects.exists()


def test_a_code_twice_and_a_file_without_columns_are_refused(tmp_path):
    twice = written(tmp_path / "a.csv", ("division", "852", "Pomoc"), ("division", "852", "Pomoc społeczna"))
    with pytest.raises(NotAClassification, match="wiersz 3: ten sam kod co w wierszu 2"):
        import_classification(file=twice)
    (tmp_path / "b.csv").write_text("code;name\n", encoding="utf-8")
    with pytest.raises(NotAClassification, match="brak kolumn kind"):
        import_classification(file=tmp_path / "b.csv")


def test_the_shipped_file_stands_in_its_order():
    with SHIPPED_CODES.open(encoding="utf-8", newline="") as source:
        codes = [(row["kind"], row["code"]) for row in csv.DictReader(source)]
    kinds = ["division", "chapter", "paragraph", "fourth_digit"]
    assert codes == sorted(codes, key=lambda code: (kinds.index(code[0]), code[1]))


# --- questions -----------------------------------------------------------------------------------


def test_a_line_that_does_not_fit_is_entered_and_asked_about(year, jan):
    entry = entered(year, jan)
    question = LineQuestion.objects.get()
    assert (question.entry, question.rule) == (entry, "eu-digit-other-source")
    assert question.facts == {"paragraph": "4307", "source": "own"}
    assert (entry.paragraph, entry.source.code) == ("4307", "own")  # nothing is mended
    record = Record.objects.get(deed="ledger.question_asked")
    assert (record.by, record.facts["rule"]) == (jan, "eu-digit-other-source")


def test_a_commitment_is_asked_about_too(year, jan):
    row = commit(
        year=year, source=SourceFactory(code="eu"), amount_gr=5_00, description="Umowa", document="U 1",
        chapter="85217", paragraph="4300", by=jan,
    )  # fmt: skip
    assert rules(plan_entry=row) == ["eu-source-without-digit"]


def test_a_corrected_line_has_its_question_withdrawn(year, jan):
    entry = entered(year, jan)
    values = {
        "programme": None, "task": None, "source": entry.source, "kind": EntryKind.PAYMENT, "amount_gr": 100_00,
        "date": None, "description": "Usługa", "document": "Umowa 1", "place": None, "paragraph": "4300",
    }  # fmt: skip
    change_entry(entry=entry, seen_version=1, values=values, tags=[], reason="pomyłka w cyfrze", by=jan)
    assert not LineQuestion.objects.exists()
    assert Record.objects.get(deed="ledger.question_withdrawn").facts["rule"] == "eu-digit-other-source"


def test_an_answer_stays_while_the_facts_stay_and_is_asked_anew_when_they_change(year, jan):
    entry = entered(year, jan)
    answer_questions(
        region=year.region, tokens=[question_token(LineQuestion.objects.get())], answer="Tak ma być", by=jan
    )
    ask_about([entry], by=jan)
    assert LineQuestion.objects.get().answer == "Tak ma być"
    entry.paragraph = "4308"
    entry.save(update_fields=["paragraph"])
    ask_about([entry], by=jan)
    question = LineQuestion.objects.get()
    assert (question.answer, question.answered_by, question.facts["paragraph"]) == ("", None, "4308")
    assert Record.objects.filter(deed="ledger.question_asked").last().facts["answered_before"] == "Tak ma być"


def test_two_paragraphs_of_one_document_raise_the_question_on_both_lines_and_end_it_on_both(year, jan):
    ngo, document = OrganisationFactory(), DocumentFactory(year=year)
    facts = {"year": year, "document": document, "organisation": ngo, "chapter": "85217"}
    first = EntryFactory(**facts, paragraph="2360")
    second = EntryFactory(**facts, paragraph="2820")
    EntryFactory(**facts | {"document": DocumentFactory(year=year)}, paragraph="2810")
    EntryFactory(**facts | {"organisation": OrganisationFactory()}, paragraph="2810")
    assert ask_about([second], by=jan) == 2
    assert set(LineQuestion.objects.values_list("entry", flat=True)) == {first.pk, second.pk}
    second.paragraph = "2360"
    second.save(update_fields=["paragraph"])
    ask_about([second], by=jan)
    assert not LineQuestion.objects.exists()


def test_nothing_is_asked_about_a_line_that_was_taken_back(year, jan):
    entry = entered(year, jan)
    assert rules() == ["eu-digit-other-source"]
    reverse_entry(line=entry, seen_version=1, reason="pomyłka w całości", by=jan)
    assert rules() == []


def test_a_recipient_that_is_no_ngo_is_asked_about(year, jan):
    entered(year, jan, paragraph="2360", organisation=OrganisationFactory(kind="office"))
    assert rules() == ["ngo-grant-recipient"]
    entered(year, jan, paragraph="2360", organisation=OrganisationFactory(kind="ngo"), document="Umowa 2")
    assert rules() == ["ngo-grant-recipient"]


# --- answers -------------------------------------------------------------------------------------


def test_the_menu_counts_the_questions_of_its_own_region_as_the_list_does(year, jan, settings):
    entered(year, jan)
    settings.REGION = year.region
    assert waiting_questions() == questions_of(year.region).count() == 1
    settings.REGION = "14"
    assert waiting_questions() == 0


def test_one_answer_may_be_given_to_several_questions(year, jan):
    entered(year, jan)
    entered(year, jan)
    tokens = [question_token(row) for row in questions_of(year.region)]
    assert answer_questions(region=year.region, tokens=tokens, answer="  Zgodnie z umową nr 5 ", by=jan) == 2
    assert (
        list(questions_of(year.region).values_list("answer", "answered_by")) == [("Zgodnie z umową nr 5", jan.pk)] * 2
    )
    assert Record.objects.filter(deed="ledger.question_answered", reason="Zgodnie z umową nr 5").count() == 2


def test_an_answer_to_what_changed_meanwhile_is_refused_and_nothing_is_saved(year, jan):
    entered(year, jan)
    token = question_token(questions_of(year.region).get())
    answer_questions(region=year.region, tokens=[token], answer="Pierwsza odpowiedź", by=jan)
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        answer_questions(region=year.region, tokens=[token], answer="Druga odpowiedź", by=jan)
    assert questions_of(year.region).get().answer == "Pierwsza odpowiedź"


@pytest.mark.parametrize("tokens", [[], ["0-x"], ["--"], ["9" * 40], ["1;2-a"]])
def test_an_answer_to_no_question_is_refused(year, jan, tokens):
    with pytest.raises(ChangedMeanwhile):
        answer_questions(region=year.region, tokens=tokens, answer="Odpowiedź dość długa", by=jan)


def test_an_answer_has_at_least_ten_signs(year, jan):
    entered(year, jan)
    token = question_token(questions_of(year.region).get())
    with pytest.raises(ReasonMissing):
        answer_questions(region=year.region, tokens=[token], answer="123456789 ", by=jan)
    assert answer_questions(region=year.region, tokens=[token], answer="1234567890", by=jan) == 1


def test_codes_in_use_that_the_table_lacks_are_listed_with_their_lines(year):
    BudgetCodeFactory()
    BudgetCodeFactory(kind="paragraph", code="430")
    for paragraph in ("4300", "4110", "4117", "4117"):
        EntryFactory(year=year, chapter="85217", paragraph=paragraph)
    EntryFactory(year=year)
    assert used_codes(year) == [
        {"kind": "paragraph", "code": "4110", "amount_gr": 100_00, "lines": 1},
        {"kind": "paragraph", "code": "4117", "amount_gr": 200_00, "lines": 2},
    ]
