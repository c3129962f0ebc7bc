"""Words about a year: written, changed by two at once, told in every form of the report, frozen with a version."""

import io
import json

import docx
import pypdf
import pytest

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.services.years import find_year
from spoiwo.reports import exports
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.models import Narrative
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.narratives import unmatched_numbers, write_narrative
from spoiwo.reports.services.versions import draft, finalise, summary_of, whole
from spoiwo.strategy.models import Programme
from tests.factories import EntryFactory, ProgrammeFactory, StrategyFactory, YearFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
LIST, WHOLE, ONE = "/biuro/rok/2019/opis/", "/biuro/rok/2019/opis/caly-rok/", "/biuro/rok/2019/opis/program/P1/"


@pytest.fixture
def row():
    """2019 with one programme that spent 100,00 zł."""
    strategy = StrategyFactory()
    programme = ProgrammeFactory(strategy=strategy, code="P1", name="Pomoc zmyślona", short_name="Pomoc")
    found = YearFactory(strategy=strategy)
    EntryFactory(year=found, programme=programme)
    return found


@pytest.fixture
def officer():
    """Who writes."""
    return person(Role.ROPS_OFFICER)


def write(row, text, *, seen=0, programme=None, by=None):
    """Write about the year, or about a programme by its code."""
    found = Programme.objects.get(code=programme) if programme else None
    return write_narrative(year=row, programme=found, text=text, seen_version=seen, by=by)


def test_words_are_written_changed_and_recorded(row, officer):
    write(row, "Pierwszy opis.", by=officer)
    saved = write(row, "Drugi opis.", seen=1, by=officer)
    assert (saved.text, saved.version, saved.changed_by) == ("Drugi opis.", 2, officer)
    deeds = Record.objects.about(saved).values_list("deed", "facts__before", "facts__text")
    assert list(deeds) == [
        ("reports.narrative_written", "", "Pierwszy opis."),
        ("reports.narrative_changed", "Pierwszy opis.", "Drugi opis."),
    ]


def test_the_same_words_sent_twice_are_one_deed(row, officer):
    write(row, "Opis.", by=officer)
    assert write(row, "Opis.\r\n", by=officer).version == 1
    assert Record.objects.filter(deed__startswith="reports.narrative").count() == 1


def test_who_comes_second_learns_what_stands_there_and_saves_nothing(row, officer):
    write(row, "Pierwsza osoba.", by=officer)
    with pytest.raises(ChangedMeanwhile) as refusal:
        write(row, "Druga osoba.", by=officer)
    assert refusal.value.current.text == "Pierwsza osoba."
    assert Narrative.objects.get().text == "Pierwsza osoba."


def test_the_content_tells_the_year_first_and_leaves_out_empty_words(row, officer, now):
    write(row, "O programie.", programme="P1", by=officer)
    write(row, "O roku.", by=officer)
    rows = [{"programme": None, "text": "O roku."}, {"programme": "P1", "text": "O programie."}]
    assert content_of(row, now=now)["narratives"] == rows
    write(row, "", seen=1, by=officer)
    assert content_of(row, now=now)["narratives"] == rows[1:]


def test_numbers_of_all_descriptions_that_are_no_figure_are_listed(row, officer, now):
    write(row, "Wydano 100,00 zł, a nie 99,00 zł.", by=officer)
    write(row, "Program: 100 zł na 7 organizacji.", programme="P1", by=officer)
    found = unmatched_numbers(row, content_of(row, now=now))
    assert [(item["programme"], item["finding"].text) for item in found] == [(None, "99,00 zł"), ("P1", "7")]


# In the report


@pytest.fixture
def told(row, officer, now):
    """The draft with words about the year and the programme."""
    write(row, "Wstęp do roku.\n\nDrugi akapit.", by=officer)
    write(row, "Słowa o programie i 48 organizacjach <b>.", programme="P1", by=officer)
    return draft(row, now=now)


def test_a_report_with_words_still_holds(told):
    assert verify(told) == []


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "json"])
def test_every_form_of_the_report_tells_the_words(told, format):
    made = exports.FORMATS[format][0](told)
    if format == "docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    elif format == "pdf":
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    else:
        text = made.decode()
    text = " ".join(text.replace("\u00a0", " ").replace("&lt;", "<").replace("&gt;", ">").split())
    for words in ("Wstęp do roku.", "Drugi akapit.", "Słowa o programie i 48 organizacjach <b>."):
        assert words in text, words


def test_words_are_frozen_with_the_version(row, officer, now):
    write(row, "Opis wersji pierwszej.", by=officer)
    report = finalise(year=row, by=officer, now=now)
    write(row, "Opis wersji drugiej.", seen=1, by=officer)
    assert summary_of(report)["narratives"] == [{"programme": None, "text": "Opis wersji pierwszej."}]
    second = finalise(year=row, by=officer, now=now, reason="Poprawiono opis roku.")
    assert whole(second)["narratives"] == [{"programme": None, "text": "Opis wersji drugiej."}]
    assert json.loads(report.content)["fingerprint"] != json.loads(second.content)["fingerprint"]


# Pages


def send(client, address, text, *, seen=0, **more):
    """Send the form of a description."""
    return client.post(address, {"text": text, "seen_version": seen} | more)


def test_an_officer_writes_and_is_told_how_many_numbers_do_not_match(row):
    client = visitor(Role.ROPS_OFFICER)
    response = send(client, ONE, "Wydano 100,00 zł, na 7 organizacji i 8 gmin.")
    assert (response.status_code, response.url) == (302, ONE)
    page = client.get(ONE)
    assert "Wydano 100,00 zł" in text_of(page)
    assert text_of(page).count("<mark>") == 2
    assert [(item["typed"], item["matched"]) for item in page.context["numbers"]] == [
        ("100,00 zł", True),
        ("7", False),
        ("8", False),
    ]


def test_a_matching_number_opens_its_figure(row):
    client = visitor(Role.ROPS_OFFICER)
    send(client, WHOLE, "Razem 100,00 zł.")
    (item,) = client.get(WHOLE).context["numbers"]
    assert item["href"].startswith("/biuro/rok/2019/sprawozdanie/liczby/")
    assert client.get(item["href"]).status_code == 200


def test_checking_the_numbers_saves_nothing_and_keeps_what_was_typed(row):
    response = send(visitor(Role.ROPS_OFFICER), WHOLE, "Razem 99,00 zł.", check="1")
    assert response.status_code == 200
    assert response.context["unmatched"] == 1
    assert "Razem 99,00 zł.</textarea>" in text_of(response)
    assert Narrative.objects.count() == 0


def test_two_people_at_once_see_both_texts_and_the_second_chooses(row):
    first, second = visitor(Role.ROPS_OFFICER), visitor(Role.EDITOR)
    assert send(first, WHOLE, "Tekst pierwszej osoby.").status_code == 302
    response = send(second, WHOLE, "Tekst drugiej osoby.")
    assert response.status_code == 409
    assert "Tekst pierwszej osoby." in text_of(response)
    assert text_of(response).count("Tekst drugiej osoby.") >= 2
    assert Narrative.objects.get().text == "Tekst pierwszej osoby."
    both = as_chosen(response, text="mine") | {"text": "Tekst pierwszej osoby. Tekst drugiej osoby."}
    assert second.post(WHOLE, both).status_code == 302
    assert Narrative.objects.get().text == "Tekst pierwszej osoby. Tekst drugiej osoby."


@pytest.mark.parametrize("text", ["a" * 20_001, "zero\0bajt", "pół znaku \x07"])
def test_what_cannot_be_kept_is_said_by_the_field(row, text):
    response = send(visitor(Role.ROPS_OFFICER), WHOLE, text)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"text"}
    assert Narrative.objects.count() == 0


def test_a_programme_that_is_not_in_the_report_has_no_page(row):
    assert visitor(Role.ROPS_OFFICER).get("/biuro/rok/2019/opis/program/P9/").status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.TREASURER, 403), (Role.AUDITOR, 403), (Role.EDITOR, 200)])
def test_who_writes_money_checks_it_elsewhere(row, role, status):
    assert visitor(role).get(WHOLE).status_code == status
    assert visitor(role).get(LIST).status_code == 200


def test_the_list_asks_as_often_for_three_programmes_as_for_one(row, officer):
    client = visitor(Role.ROPS_OFFICER)
    client.get(LIST)
    one = queries_of(client, LIST)
    for code in ("P2", "P3"):
        programme = ProgrammeFactory(strategy=row.strategy, code=code)
        EntryFactory(year=row, programme=programme)
        write(row, f"Opis {code} i 5 osób.", programme=code, by=officer)
    assert queries_of(client, LIST) == one


def test_numbers_that_do_not_match_are_confirmed_before_the_final_version(row, officer):
    write(row, "Wydano 99,00 zł.", by=officer)
    client = visitor(Role.DIRECTOR)
    page = "/biuro/rok/2019/sprawozdanie/"
    assert "99,00 zł" in text_of(client.get(page))
    refused = client.post(page)
    assert refused.status_code == 422
    assert says(refused, "Look at the numbers listed above, then confirm them or change the text.")
    assert find_year(2019).reports.count() == 0
    assert client.post(page, {"confirmed": "on"}).status_code == 302
    assert find_year(2019).reports.count() == 1


def test_without_such_numbers_nothing_is_asked(row, officer):
    write(row, "Wydano 100,00 zł.", by=officer)
    client = visitor(Role.DIRECTOR)
    assert client.post("/biuro/rok/2019/sprawozdanie/").status_code == 302


def test_the_public_reads_the_words_and_no_mark(row, officer, now):
    write(row, "Wydano 99,00 zł <script>.", by=officer)
    finalise(year=row, by=officer, now=now)
    text = text_of(visitor().get("/sprawozdania/2019/"))
    assert "Wydano 99,00 zł &lt;script&gt;." in text
    assert "<mark>" not in text
