"""Papers of documents and statements of the books through the web."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.doors.tests.samples import pdf
from spoiwo.doors.uploads import place_on_disk
from spoiwo.ledger.models import BookStatement, StoredFile
from spoiwo.ledger.services.papers import store_file
from spoiwo.ledger.tests.booksfiles import STATEMENT, csv_file
from spoiwo.ledger.tests.test_papers import PDF
from tests.factories import DocumentFactory, EntryFactory, SourceFactory, YearFactory
from tests.queries import queries_of
from tests.visitors import says, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Files wait and are kept in folders of the test."""
    settings.UPLOADS_DIR, settings.PAPERS_DIR = tmp_path / "uploads", tmp_path / "papers"
    return settings


def upload(path):
    """A file as a browser sends it."""
    return SimpleUploadedFile(path.name, path.read_bytes())


@pytest.fixture
def year():
    row = YearFactory()
    SourceFactory()
    return row


# --- papers --------------------------------------------------------------------------------------


def address(document):
    return reverse("books:document", args=[document.year.year, document.pk])


def test_a_paper_is_stored_listed_and_taken_away_as_it_was_kept(year):
    client, document = visitor(Role.ROPS_OFFICER), DocumentFactory(year=year)
    content = pdf()
    facts = {"file": SimpleUploadedFile("umowa nr 1.pdf", content)}
    page = client.post(f"{address(document)}plik/", facts, follow=True)
    assert "umowa nr 1.pdf" in text_of(page)
    assert says(page, "What was done: %(what)s.", what="usunięto dane o autorze i programie")
    file = StoredFile.objects.get()
    assert file.kept.received_sha256 == hashlib.sha256(content).hexdigest()
    taken = client.get(reverse("books:paper", args=[file.pk]))
    assert hashlib.sha256(taken.content).hexdigest() == file.sha256
    assert taken.headers["Content-Disposition"] == 'attachment; filename="umowa nr 1.pdf"'
    assert "sandbox" in taken.headers["Content-Security-Policy"]
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in taken.headers["Cache-Control"]
    assert taken.headers["Content-Type"] == "application/pdf"
    assert [record.deed for record in Record.objects.about(file)] == ["ledger.file_stored", "ledger.file_read"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"<html>"), ("a.pdf", b""), ("a.svg", b"<svg>")]
)
def test_a_paper_of_another_kind_is_refused_by_the_field(year, name, content):
    document = DocumentFactory(year=year)
    facts = {"file": SimpleUploadedFile(name, content)}
    response = visitor(Role.ROPS_OFFICER).post(f"{address(document)}plik/", facts)
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert not StoredFile.objects.exists()


def test_papers_are_for_the_office_and_kept_by_those_who_work_with_money(year):
    document = DocumentFactory(year=year)
    file = store_file(document=document, name="umowa.pdf", content=PDF, by=None)
    paper = reverse("books:paper", args=[file.pk])
    assert visitor().get(paper).status_code == 302
    assert visitor(Role.NGO_REPORTER).get(paper).status_code == 403
    assert visitor(Role.AUDITOR).get(paper).status_code == 200
    facts = {"file": SimpleUploadedFile("umowa.pdf", PDF)}
    assert visitor(Role.AUDITOR).post(f"{address(document)}plik/", facts).status_code == 403


def test_a_paper_of_another_region_is_not_found(year):
    other = DocumentFactory(year=YearFactory(strategy__region="30"))
    file = store_file(document=other, name="umowa.pdf", content=PDF, by=None)
    assert visitor(Role.TREASURER).get(reverse("books:paper", args=[file.pk])).status_code == 404


def test_a_damaged_paper_is_not_handed_out(year):
    file = store_file(document=DocumentFactory(year=year), name="umowa.pdf", content=PDF, by=None)
    place_on_disk(file.kept).write_bytes(b"x")
    response = visitor(Role.TREASURER).get(reverse("books:paper", args=[file.pk]), follow=True)
    assert says(response, "The kept file is missing or is not what was stored. Tell the administrator.")


def test_documents_are_listed_with_their_lines_and_papers_in_as_many_queries_for_one_as_for_three(year):
    client, page = visitor(Role.AUDITOR), reverse("books:documents", args=[2019])
    first = DocumentFactory(year=year, name="Umowa A")
    EntryFactory(year=year, document=first)
    store_file(document=first, name="umowa.pdf", content=PDF, by=None)
    one = queries_of(client, page)
    EntryFactory(year=year, document=first, amount_gr=1)
    DocumentFactory(year=year, name="Umowa B")
    DocumentFactory(year=year, name="Nota C")
    assert queries_of(client, page) == one
    rows = [(row.name, row.total_gr, row.lines, row.papers) for row in client.get(page).context["page"]]
    assert rows == [("Nota C", None, 0, 0), ("Umowa A", 100_01, 2, 1), ("Umowa B", None, 0, 0)]
    assert [row.name for row in client.get(f"{page}?q=umowa").context["page"]] == ["Umowa A", "Umowa B"]


def test_a_document_shows_its_lines_in_as_many_queries_for_one_as_for_three(year):
    client, document = visitor(Role.AUDITOR), DocumentFactory(year=year)
    EntryFactory(year=year, document=document)
    one = queries_of(client, address(document))
    EntryFactory(year=year, document=document)
    EntryFactory(year=year, document=document)
    assert queries_of(client, address(document)) == one


# --- statements ----------------------------------------------------------------------------------


def test_a_statement_is_kept_and_its_differences_lead_to_the_lines(year, tmp_path):
    EntryFactory(year=year, chapter="85217", paragraph="4300")
    page = reverse("books:reconciliation", args=[2019])
    client = visitor(Role.TREASURER)
    file = csv_file(tmp_path / "rb.csv", ["852", "85217", "4300", "", "", "99,99"], headings=STATEMENT)
    response = client.post(f"{page}zestawienie/", {"month": 12, "file": upload(file)}, follow=True)
    assert BookStatement.objects.get().month == 12
    assert response.context["different"] == 1
    lines = f"{reverse('ledger:entries', args=[2019])}?rozdzial=85217&amp;paragraf=4300"
    assert lines in text_of(response)
    assert "−0,01" in text_of(response)
    assert visitor(Role.AUDITOR).get(page).context["different"] == 1
    assert visitor(Role.AUDITOR).post(f"{page}zestawienie/", {}).status_code == 403


def test_a_wrong_statement_lists_its_faults_and_is_not_kept(year, tmp_path, folders):
    page = reverse("books:reconciliation", args=[2019])
    file = csv_file(tmp_path / "rb.csv", ["852", "85217", "43", "", "", "x"], headings=STATEMENT)
    response = visitor(Role.TREASURER).post(f"{page}zestawienie/", {"month": 12, "file": upload(file)})
    assert response.status_code == 422
    assert [fault.code for fault in response.context["faults"]] == ["bad_code", "amount_text"]
    assert not BookStatement.objects.exists()
    assert list(folders.UPLOADS_DIR.iterdir()) == []


def test_the_comparison_is_asked_as_often_for_one_code_as_for_three(year):
    client, page = visitor(Role.AUDITOR), reverse("books:reconciliation", args=[2019])
    BookStatement.objects.create(year=year, month=12, name="rb.csv", sha256="0" * 64, rows=[])
    EntryFactory(year=year, chapter="85217", paragraph="4300")
    one = queries_of(client, page)
    for paragraph in ("4210", "4170"):
        EntryFactory(year=year, chapter="85217", paragraph=paragraph)
    assert queries_of(client, page) == one
