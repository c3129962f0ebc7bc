"""The copy of the public pages: whole, without the office, without a cookie, and never half shown."""

import json
import stat
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.upkeep.errors import SnapshotFailed
from spoiwo.upkeep.services import snapshot as service
from spoiwo.upkeep.services.snapshot import make_snapshot, renew_snapshot
from tests.imported import EXAMPLES, imported

NOW = timezone.localtime().replace(microsecond=0)
pytestmark = pytest.mark.django_db  # also where only the copy is read: before the tests that empty the database


class Links(HTMLParser):
    """Every address of a page, read by another parser than ours."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src", "action", "xlink:href"} and value]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of a house with the year 2019 shown, its files of reports left out for speed."""
    place = tmp_path_factory.mktemp("copy")
    with django_db_blocker.unblock(), imported(EXAMPLES / "lubuskie-2019"):
        show_before_final(year=find_year(2019), shown=True, by=None)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(service, "MOST", 60)
            patch.setattr(house, "RENDERED_DIR", place / "rendered")
            done = make_snapshot(place / "copies", now=NOW)
            again = make_snapshot(place / "copies", now=NOW + timedelta(minutes=15), only_if_changed=True)
        yield place / "copies", done, again


def pages_of(copies):
    """Every page of the copy: its address and its text; a report to be downloaded is a file, not a page."""
    root = copies / "current" / "www"
    return {f"/{path.relative_to(root).as_posix()}": path.read_text() for path in root.rglob("index*.html")}


def test_every_link_of_the_copy_leads_to_something_in_it(made):
    copies, _done, _again = made
    root, lost, seen = copies / "current" / "www", set(), 0
    for here, html in pages_of(copies).items():
        for link in Links(html).found:
            target = urlsplit(urljoin(f"http://x{here}", link))
            if target.netloc != "x" or target.scheme != "http":
                continue
            seen += 1
            file = root / unquote(target.path.lstrip("/"))
            if not (file.is_file() or (file / "index.html").is_file()):
                lost.add((here, link))
    assert lost == set()
    assert seen > 1000


def test_nothing_of_the_office_and_nothing_personal_is_in_it(made):
    links = {link for html in pages_of(made[0]).values() for link in Links(html).found}
    assert [link for link in links if "/biuro/" in link or "/konto/" in link] == []
    assert [here for here, html in pages_of(made[0]).items() if "csrfmiddlewaretoken" in html] == []
    assert not (made[0] / "current" / "www" / "biuro").exists()


def test_both_languages_are_in_it_and_each_page_says_what_it_is(made):
    pages = pages_of(made[0])
    assert 'lang="pl"' in pages["/index.html"]
    assert 'lang="en"' in pages["/en/index.html"]
    assert {"/sprawozdania/2019/index.html", "/en/sprawozdania/2019/index.html", "/kopia/index.html",
            "/en/kopia/index.html", "/pomoc/index.html"} <= set(pages)  # fmt: skip
    assert [here for here, html in pages.items() if "Kopia z" not in html and "A copy of" not in html] == []


def test_the_manifest_names_every_file_with_its_digest(made):
    copies, done, _again = made
    facts = json.loads((copies / "current" / "manifest.json").read_text())
    root = copies / "current" / "www"
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert {name: row["sha256"] for name, row in facts["files"].items()} == {
        name: sha256(content).hexdigest() for name, content in found.items()
    }
    assert (facts["made_at"], facts["pages"]) == (NOW.isoformat(), done.pages)
    assert any(name.startswith("static/") and name.endswith(".woff2") for name in found)
    assert str(house.PROJECT_DIR) not in json.dumps(facts)


def test_any_server_may_read_it_whatever_our_mask(made):
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (made[0] / "current").resolve().rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_nothing_is_written_again_while_nothing_has_changed(made):
    copies, done, again = made
    assert (done.fresh, again.fresh, again.pages) == (True, False, done.pages)
    assert [path.name for path in copies.iterdir() if not path.is_symlink()] == [done.folder.name]


@pytest.mark.django_db
def test_a_visitor_never_meets_the_band_of_the_copy():
    assert "Kopia z" not in Client().get("/pomoc/", headers={"spoiwo.copy_of": "1"}).content.decode()


@pytest.fixture
def small(monkeypatch):
    """A copy of a few pages."""
    monkeypatch.setattr(service, "MOST", 6)


@pytest.mark.django_db
def test_a_copy_that_is_not_whole_is_not_shown_and_the_one_before_stands(small, tmp_path, monkeypatch):
    first = make_snapshot(tmp_path, now=NOW)
    monkeypatch.setattr(service, "faults_of", lambda root: iter(["/a/: /b/"]))
    with pytest.raises(SnapshotFailed) as refusal:
        make_snapshot(tmp_path, now=NOW + timedelta(hours=1))
    assert refusal.value.facts == {"words": "/a/: /b/"}
    assert (tmp_path / "current").resolve() == first.folder
    assert {path.name for path in tmp_path.iterdir()} == {"current", first.folder.name}


@pytest.mark.django_db
def test_the_copy_of_today_and_the_one_before_are_kept(small, tmp_path):
    made = [make_snapshot(tmp_path, now=NOW + timedelta(hours=hour)).folder.name for hour in range(3)]
    assert {path.name for path in tmp_path.iterdir()} == {"current", *made[1:]}
    assert Path(tmp_path / "current").resolve().name == made[2]


@pytest.mark.django_db
def test_the_chore_says_in_a_sentence_what_it_did(small, tmp_path, settings):
    assert renew_snapshot(NOW) == "Kopia stron publicznych nie jest ustawiona."
    settings.SNAPSHOT_DIR = str(tmp_path)
    assert renew_snapshot(NOW).startswith("Kopia stron publicznych: stron ")
    assert renew_snapshot(NOW + timedelta(minutes=15)) == "Kopia stron publicznych jest aktualna."


@pytest.mark.django_db
def test_the_command_names_the_place(small, tmp_path, capsys):
    call_command("snapshot", str(tmp_path))
    assert str(tmp_path) in capsys.readouterr().out
