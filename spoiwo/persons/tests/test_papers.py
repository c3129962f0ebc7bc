"""Scans of papers: through the door for uploads, sealed on the disk, opened for a purpose."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spoiwo.audit.models import Record
from spoiwo.doors.tests.samples import picture
from spoiwo.persons.errors import NamesThePerson, PaperLost, PersonClosed, PersonErased
from spoiwo.persons.models import Paper
from spoiwo.persons.services.papers import add_paper, content_of, open_paper
from spoiwo.vault.services.rotation import finish_reseals, reseal
from tests.registered import NOW, OPENING, TODAY, care_officer, entered, unit
from tests.visitors import says, visitor

pytestmark = pytest.mark.django_db
SCAN = b"tresc dokumentu zmyslonego " * 40


@pytest.fixture(autouse=True)
def papers_dir(settings, tmp_path):
    settings.PAPERS_DIR = tmp_path / "papers"


@pytest.fixture
def home():
    return unit()


@pytest.fixture
def officer(home):
    return care_officer(home)


def added(person, by, content=SCAN, media_type="application/pdf"):
    return add_paper(person=person, kind="court", content=content, media_type=media_type, by=by, now=NOW)


def files():
    return sorted(path for path in settings.PAPERS_DIR.rglob("*") if path.is_file())


def test_a_scan_lies_sealed_under_a_name_that_tells_nothing(home, officer):
    row = entered(home, by=officer)
    first, second = added(row, officer), added(row, officer)
    assert len(files()) == 2
    assert {path.name for path in files()} == {first.stored_as, second.stored_as}
    assert all(SCAN[:20] not in path.read_bytes() and path.stat().st_mode & 0o077 == 0 for path in files())
    assert content_of(first) == content_of(second) == SCAN
    record = Record.objects.filter(deed="persons.paper_added").last()
    assert (record.about_label, record.facts["fields"]) == (row.case_number, ["papers"])


def test_opening_a_scan_is_a_reading_with_a_purpose(home, officer):
    paper = added(entered(home, by=officer), officer)
    assert open_paper(paper=paper, purpose="sad", words="sygn. 1/26", by=officer) == SCAN
    reading = Record.objects.get(reading=True)
    assert (reading.deed, reading.reason, reading.about_label) == (
        "persons.paper_opened",
        "sad: sygn. 1/26",
        str(paper.person),
    )
    assert reading.facts == {"fields": ["papers"], "paper": str(paper.uid)}
    with pytest.raises(NamesThePerson):
        open_paper(paper=paper, purpose="inny", words="Żółw-Wymyślona", by=officer)
    with pytest.raises(ValueError, match="ciekawość"):
        open_paper(paper=paper, purpose="ciekawość", words="", by=officer)


def test_a_scan_that_was_changed_lost_or_moved_is_not_handed_out(home, officer):
    row = entered(home, by=officer)
    paper, other = added(row, officer), added(row, officer)
    place = next(path for path in files() if path.name == paper.stored_as)
    sealed = place.read_bytes()
    strange = next(path for path in files() if path.name == other.stored_as).read_bytes()
    for content in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", strange):
        place.write_bytes(content)
        with pytest.raises(PaperLost):
            open_paper(paper=paper, by=officer, **OPENING)
    place.unlink()
    with pytest.raises(PaperLost):
        open_paper(paper=paper, by=officer, **OPENING)
    assert not Record.objects.filter(reading=True).exists()


def test_a_new_key_of_the_person_leaves_the_scan_readable(home, officer):
    paper = added(entered(home, by=officer), officer)
    reseal(paper.subject, by=officer, reason="próba", now=NOW)
    finish_reseals(NOW.replace(hour=23))
    assert content_of(Paper.objects.get()) == SCAN


def test_a_closed_and_an_erased_record_take_no_scan(home, officer):
    row = entered(home, by=officer)
    for columns, refusal in (
        ({"closed_on": TODAY, "keep_until": TODAY}, PersonClosed),
        ({"erased_on": TODAY}, PersonErased),
    ):
        type(row).objects.filter(pk=row.pk).update(**columns)
        with pytest.raises(refusal):
            added(row, officer)
    assert files() == []


def test_a_scan_goes_through_the_door_and_comes_out_as_an_attachment(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    address = reverse("persons:paper-new", args=[row.uid])
    assert client.get(address).status_code == 200
    sent = {"kind": "opinion", "file": SimpleUploadedFile("skan.png", picture("PNG"), "image/png")}
    assert client.post(address, sent).url == reverse("persons:person", args=[row.uid])
    paper = Paper.objects.get()
    page = reverse("persons:paper", args=[row.uid, paper.uid])
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 422
    answer = client.post(page, OPENING)
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{row.case_number}-')
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("skan.pdf", b"nie pdf"), ("skan.csv", b"a;b\n1;2\n"), ("skan.exe", b"MZ"), ("pusty.png", b"")],
)
def test_what_is_no_scan_is_refused_by_its_field_and_nothing_is_kept(home, officer, name, content):
    row = entered(home, by=officer)
    address = reverse("persons:paper-new", args=[row.uid])
    response = visitor(officer).post(address, {"kind": "court", "file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert (Paper.objects.count(), files()) == (0, [])


def test_a_scan_of_another_person_is_not_found(home, officer):
    mine, foreign = entered(home, by=officer), entered(unit())
    paper = added(foreign, None)
    client = visitor(officer)
    for row in (mine, foreign):
        address = reverse("persons:paper", args=[row.uid, paper.uid])
        assert (client.get(address).status_code, client.post(address, OPENING).status_code) == (404, 404)


def test_a_lost_scan_is_said_and_leads_back(home, officer):
    row = entered(home, by=officer)
    paper = added(row, officer)
    files()[0].unlink()
    client = visitor(officer)
    response = client.post(reverse("persons:paper", args=[row.uid, paper.uid]), OPENING, follow=True)
    assert says(response, "The file of this paper is missing or damaged. Tell the administrator.")


@pytest.mark.parametrize("shielded", [True, False])
def test_a_paper_asks_once_more_who_it_is(home, officer, shielded):
    row = entered(home, by=officer, shielded=shielded)
    page = reverse("persons:paper", args=[row.uid, added(row, officer).uid])
    stale = visitor(officer, proved=False)
    assert stale.get(page).status_code == 302
    assert SCAN not in stale.post(page, OPENING).content
    assert visitor(officer).post(page, OPENING).content == SCAN
