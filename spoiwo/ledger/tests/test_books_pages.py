"""The accounting system, the classification, questions and papers through the web."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.ledger.models import BudgetCode, ColumnMapping, Entry, LineQuestion
from spoiwo.ledger.services.classification import ask_about, question_token
from spoiwo.ledger.tests.booksfiles import GOOD, changed, csv_file, mapped
from tests.factories import (
    BudgetCodeFactory,
    EntryFactory,
    PlanEntryFactory,
    SourceFactory,
    YearFactory,
)
from tests.queries import queries_of
from tests.visitors import as_chosen, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
UPLOAD = "/biuro/ksiegi/"
QUESTIONS = "/biuro/pytania/"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Files wait and are kept in folders of the test."""
    settings.UPLOADS_DIR, settings.PAPERS_DIR = tmp_path / "uploads", tmp_path / "papers"
    return settings


@pytest.fixture
def year():
    row = YearFactory()
    SourceFactory()
    return row


def upload(path, name=None):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def sent(client, year, path):
    """Send a file of the books and come to its columns."""
    return client.post(UPLOAD, {"year": year.pk, "file": upload(path)}, follow=True)


def columns(**facts):
    """The form of a mapping, filled in for the good headings."""
    return {**mapped().columns, "name": "System zmyślony", "signs": "plus", "seen_version": ""} | facts


def where(response):
    """The address that a client was led to."""
    return response.redirect_chain[-1][0]


# --- lines ---------------------------------------------------------------------------------------


def test_upload_columns_dry_run_save(year, tmp_path, folders):
    client, records = visitor(Role.TREASURER), Record.objects.count()
    file = csv_file(tmp_path / "ksiegi.csv", *GOOD)
    asked = sent(client, year, file)
    assert asked.status_code == 200
    assert asked.context["form"].initial["amount"] == "Kwota"  # proposed by the headings
    shown = client.post(where(asked), columns(), follow=True)
    assert shown.context["counts"] == {"new": 3, "same": 0, "differing": 0, "alike": 0}
    assert "1 250,00 zł" in text_of(shown)
    assert year.entries.count() == 0
    assert Record.objects.count() == records + 1  # the mapping alone
    saved = client.post(where(shown), {"digest": shown.context["plan"].digest}, follow=True)
    assert where(saved) == reverse("books:reconciliation", args=[2019])
    assert year.entries.total_gr() == 1250_00
    assert list(folders.UPLOADS_DIR.iterdir()) == []


def test_the_mapping_is_offered_for_the_next_file_with_the_same_headings(year, tmp_path):
    client = visitor(Role.TREASURER)
    client.post(where(sent(client, year, csv_file(tmp_path / "a.csv", *GOOD))), columns(signs="minus"))
    again = sent(client, year, csv_file(tmp_path / "b.csv", GOOD[0]))
    assert says(again, "These headings are known")
    assert again.context["form"]["signs"].value() == "minus"
    assert ColumnMapping.objects.get().name == "System zmyślony"


def test_another_mapping_of_the_name_is_shown_beside_what_was_chosen_and_replaced_only_on_purpose(year, tmp_path):
    client = visitor(Role.TREASURER)
    client.post(where(sent(client, year, csv_file(tmp_path / "a.csv", *GOOD))), columns())
    page = where(sent(client, year, csv_file(tmp_path / "b.csv", *GOOD)))
    conflict = client.post(page, columns(signs="minus"))
    assert conflict.status_code == 409
    assert [(row.name, row.both) for row in conflict.context["found"]] == [("signs", True)]
    assert says(conflict, "one column, a payment is above zero")
    assert ColumnMapping.objects.get().constants["signs"] == "plus"
    assert client.post(page, as_chosen(conflict) | {"name": "Inna nazwa", "take-signs": "mine"}).status_code == 302
    assert ColumnMapping.objects.get(name="Inna nazwa").constants["signs"] == "minus"
    assert client.post(page, as_chosen(conflict, signs="mine")).status_code == 302
    assert sorted(row.constants["signs"] for row in ColumnMapping.objects.all()) == ["minus", "minus"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"date": ""}, "date"),
        ({"source": ""}, "source"),
        ({"debit": "Kwota"}, "debit"),
        ({"amount": "Nie ma"}, "amount"),
        ({"signs": "debit"}, "debit"),
        ({"signs": "x"}, "signs"),
        ({"name": ""}, "name"),
        ({"all_source": "kasa"}, "all_source"),
    ],
)
def test_a_mapping_that_does_not_hold_is_refused_by_its_field(year, tmp_path, facts, field):
    client = visitor(Role.TREASURER)
    refused = client.post(where(sent(client, year, csv_file(tmp_path / "a.csv", *GOOD))), columns(**facts))
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert not ColumnMapping.objects.exists()


def test_faults_are_listed_with_row_and_heading_and_nothing_can_be_saved(year, tmp_path):
    client = visitor(Role.TREASURER)
    file = csv_file(tmp_path / "zly.csv", *changed(1, "Kwota", "<b>dużo</b>"))
    shown = client.post(where(sent(client, year, file)), columns(), follow=True)
    assert shown.status_code == 422
    assert "Kwota" in text_of(shown)
    assert "<b>dużo" not in text_of(shown)
    assert client.post(where(shown), {"digest": ""}, follow=True).status_code == 422
    assert year.entries.count() == 0


def test_a_file_that_is_no_table_is_told_in_words(year, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7")
    shown = sent(visitor(Role.TREASURER), year, tmp_path / "a.csv")
    assert shown.status_code == 422
    assert "dokument PDF" in text_of(shown)


def test_rows_that_look_like_others_come_in_when_ticked(year, tmp_path):
    client = visitor(Role.TREASURER)
    file = csv_file(tmp_path / "a.csv", GOOD[0], ["K/9", *GOOD[0][1:]])
    page = where(client.post(where(sent(client, year, file)), columns(), follow=True))
    digest = client.get(page).context["plan"].digest
    client.post(page, {"digest": digest, "alike": "1"})
    assert sorted(year.entries.values_list("key", flat=True)) == ["K/1", "K/9"]


def test_a_decision_about_another_plan_saves_nothing(year, tmp_path):
    client = visitor(Role.TREASURER)
    page = where(client.post(where(sent(client, year, csv_file(tmp_path / "a.csv", *GOOD))), columns(), follow=True))
    response = client.post(page, {"digest": "0" * 64}, follow=True)
    assert says(response, "The data changed after the dry run. Look at it again; nothing was saved.")
    assert year.entries.count() == 0


def test_lines_beyond_the_plan_are_told_with_the_amount(year, tmp_path):
    year.keeps_plan = True
    year.save(update_fields=["keeps_plan"])
    PlanEntryFactory(year=year, source=SourceFactory(), chapter="85217", paragraph="4300", amount_gr=1000_00)
    client = visitor(Role.TREASURER)
    page = where(client.post(where(sent(client, year, csv_file(tmp_path / "a.csv", *GOOD))), columns(), follow=True))
    response = client.post(page, {"digest": client.get(page).context["plan"].digest}, follow=True)
    assert "250,00 zł" in text_of(response)
    assert year.entries.count() == 0


def test_a_file_waits_only_for_the_one_who_sent_it(year, tmp_path):
    page = where(sent(visitor(Role.TREASURER), year, csv_file(tmp_path / "a.csv", *GOOD)))
    assert visitor(Role.TREASURER).get(page).status_code == 404
    assert visitor(Role.TREASURER).get(f"{page}proba/").status_code == 404


def test_a_dry_run_before_the_columns_leads_back_to_them(year, tmp_path):
    client = visitor(Role.TREASURER)
    page = where(sent(client, year, csv_file(tmp_path / "a.csv", *GOOD)))
    assert client.get(f"{page}proba/").url == page


# --- classification and questions ----------------------------------------------------------------


def test_the_table_of_codes_is_narrowed_by_kind_words_and_day():
    BudgetCode.objects.all().delete()
    BudgetCodeFactory(code="85295", name="Pozostała działalność", valid_to="2019-12-31")
    BudgetCodeFactory(code="85217", name="Regionalne ośrodki")
    BudgetCodeFactory(kind="paragraph", code="430", name="Usługi")
    client = visitor(Role.AUDITOR)

    def found(query):
        return [code.code for code in client.get(f"/biuro/klasyfikacja/{query}").context["page"]]

    assert found("") == ["85217", "85295", "430"]
    assert found("?rodzaj=paragraph") == ["430"]
    assert found("?q=OŚRODKI") == ["85217"]
    assert found("?q=852") == ["85217", "85295"]
    assert found("?dzien=1.01.2020") == ["85217", "430"]
    assert found("?dzien=2019-12-31") == ["85217", "85295", "430"]


def test_codes_in_use_that_the_table_lacks_lead_to_their_lines(year):
    EntryFactory(year=year, chapter="85299", paragraph="4300")
    response = visitor(Role.AUDITOR).get("/biuro/klasyfikacja/")
    address = f"{reverse('ledger:entries', args=[2019])}?rozdzial=85299"
    assert address in text_of(response)
    assert visitor(Role.AUDITOR).get(address).context["sum_gr"] == 100_00


@pytest.fixture
def asked(year):
    """Two lines with a question each."""
    for _n in range(2):
        EntryFactory(year=year, chapter="85217", paragraph="4307")
    ask_about(list(Entry.objects.select_related("source", "year", "organisation")))
    return list(LineQuestion.objects.order_by("pk"))


def test_the_treasurer_answers_ticked_questions_and_the_rest_still_wait(asked):
    client = visitor(Role.TREASURER)
    assert len(client.get(QUESTIONS).context["questions"]) == 2
    facts = {"question": [question_token(asked[0])], "answer": "Zgodnie z umową o dofinansowanie"}
    client.post(f"{QUESTIONS}odpowiedz/", facts, follow=True)
    assert [row["question"] for row in client.get(QUESTIONS).context["questions"]] == [asked[1]]
    answered = client.get(f"{QUESTIONS}?stan=odpowiedziane")
    assert "Zgodnie z umową o dofinansowanie" in text_of(answered)
    assert len(client.get(f"{QUESTIONS}?stan=wszystkie&rok=2019").context["questions"]) == 2
    assert client.get(f"{QUESTIONS}?regula=code-not-valid").context["questions"] == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"answer": "Odpowiedź bez pytań"}, "Tick the questions that you answer."),
        ({"answer": "krótko"}, "Write the answer in at least ten characters."),
        ({}, "Write the answer."),
    ],
)
def test_an_answer_without_questions_or_words_is_refused_and_stays_typed(asked, facts, words):
    ticked = {} if "bez" in facts.get("answer", "") else {"question": [question_token(asked[0])]}
    response = visitor(Role.TREASURER).post(f"{QUESTIONS}odpowiedz/", ticked | facts)
    assert response.status_code == 422
    assert says(response, words)
    assert facts.get("answer", "") in text_of(response)
    assert not LineQuestion.objects.exclude(answered_at=None).exists()


def test_an_answer_to_what_was_answered_meanwhile_shows_both(asked):
    facts = {"question": [question_token(asked[0])], "answer": "Moja odpowiedź na pytanie"}
    visitor(Role.TREASURER).post(f"{QUESTIONS}odpowiedz/", facts | {"answer": "Cudza odpowiedź na pytanie"})
    response = visitor(Role.TREASURER).post(f"{QUESTIONS}odpowiedz/", facts)
    assert response.status_code == 409
    assert "Cudza odpowiedź na pytanie" in text_of(response)
    assert "Moja odpowiedź na pytanie" in text_of(response)
    assert LineQuestion.objects.get(pk=asked[0].pk).answer == "Cudza odpowiedź na pytanie"
    shown = [row["token"] for row in response.context["questions"] if row["ticked"]]
    again = visitor(Role.TREASURER).post(f"{QUESTIONS}odpowiedz/", facts | {"question": shown})
    assert again.status_code == 302
    assert LineQuestion.objects.get(pk=asked[0].pk).answer == "Moja odpowiedź na pytanie"


def test_who_may_not_answer_sees_the_questions_and_no_form(asked):
    client = visitor(Role.ROPS_OFFICER)
    response = client.get(QUESTIONS)
    assert len(response.context["questions"]) == 2
    assert 'name="question"' not in text_of(response)
    assert client.post(f"{QUESTIONS}odpowiedz/", {}).status_code == 403


def test_questions_are_asked_of_the_database_as_often_for_one_as_for_three(year):
    client = visitor(Role.TREASURER)
    entries = [EntryFactory(year=year, chapter="85217", paragraph="4307") for _n in range(3)]
    ask_about(entries[:1])
    one = queries_of(client, QUESTIONS)
    ask_about(entries)
    assert queries_of(client, QUESTIONS) == one
    assert LineQuestion.objects.count() == 3


@pytest.mark.parametrize("role", [Role.ROPS_OFFICER, Role.DIRECTOR, Role.AUDITOR])
def test_only_the_treasurer_reads_the_books_in(year, role):
    assert visitor(person(role)).get(UPLOAD).status_code == 403
    assert visitor(Role.TREASURER).get(UPLOAD).status_code == 200


def test_headings_of_another_file_are_offered_as_they_stand(year, tmp_path):
    file = csv_file(tmp_path / "a.csv", ["1"] * 4, headings=["Coś", "<b>", "", "Coś"])
    choices = sent(visitor(Role.TREASURER), year, file).context["form"].fields["amount"].choices
    assert list(choices) == [("", "–"), ("Coś", "Coś"), ("<b>", "<b>")]
