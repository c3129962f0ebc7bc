"""The accessibility declaration: the status follows from what was found, and nothing missing is passed over."""

import json
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from spoiwo.portal import domain, services
from spoiwo.portal.domain import App, Failure, Office, Results, Standing
from tests.factories import OrganisationFactory
from tests.tree import templates, text_of
from tests.visitors import text_of as page_text
from tests.visitors import visitor

PAGE = "/deklaracja-dostepnosci/"
IDS = [
    "a11y-deklaracja", "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja",
    "a11y-data-aktualizacja", "a11y-status", "a11y-ocena", "a11y-data-sporzadzenie", "a11y-data-przeglad",
    "a11y-audytor", "a11y-kontakt", "a11y-osoba", "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-aplikacje",
    "a11y-architektura", "a11y-komunikacja",
]  # fmt: skip
SAID = {
    "entity": "Ośrodek Zmyślony w Nigdzie",
    "site_url": "https://zmyslone.example/",
    "published_on": "2026-09-01",
    "updated_on": "2026-11-20",
    "prepared_on": "2026-11-21",
    "contact": "Zespół dostępności (zmyślony)",
    "email": "dostepnosc@zmyslone.example",
    "phone": "00 000 00 00 00",
    "architecture": "Wejście bez progów.\n\nWinda z głosem.",
    "communication": "Tłumacz języka migowego po zgłoszeniu.",
    "apps": [],
}
RESULTS = {
    "run_on": "2026-11-28", "tool": "axe-core 4.14.1", "pages": 100, "looks": 400, "faulty_pages": 0,
    "widths": [1280, 390], "themes": ["light", "dark"], "violations": {},
}  # fmt: skip
WORDS = {"pl": "Mapa", "en": "A map"}
FAILURE = {"code": "map", "what": WORDS, "reason": WORDS, "instead": WORDS, "planned": None}


def results(**facts) -> Results:
    """Results of an invented run."""
    return domain.read_results({**RESULTS, **facts})


def failures(*rows) -> tuple[Failure, ...]:
    """Known failures."""
    return domain.read_failures(list(rows))


@pytest.fixture
def say(settings, tmp_path, monkeypatch):
    """Put the file of the office and the results in place."""
    settings.DECLARATION_FILE = tmp_path / "declaration.json"
    data = tmp_path / "accessibility.json"
    monkeypatch.setattr(services, "RESULTS", data)

    def put(office=None, found=None, known=()):
        if office is not None:
            settings.DECLARATION_FILE.write_text(json.dumps(office), encoding="utf-8")
        data.write_text(json.dumps({"results": found, "failures": list(known)}), encoding="utf-8")

    put()
    with translation.override("pl"):
        yield put


@pytest.mark.parametrize(
    ("found", "known", "expected"),
    [
        (None, (), Standing.NOT_EXAMINED),
        (None, (FAILURE,), Standing.NOT_EXAMINED),
        (results(pages=0, looks=0), (), Standing.NOT_EXAMINED),
        (results(), (), Standing.CONFORMS),
        (results(), (FAILURE,), Standing.PARTLY),
        (results(faulty_pages=1, violations={"color-contrast": 1}), (), Standing.PARTLY),
        (results(faulty_pages=50, violations={"color-contrast": 50}), (), Standing.PARTLY),
        (results(faulty_pages=51, violations={"color-contrast": 51}), (), Standing.NOT),
        (results(faulty_pages=100, violations={"label": 200}), (FAILURE,), Standing.NOT),
    ],
)
def test_the_status_follows_from_what_was_found(found, known, expected):
    assert domain.standing(found, failures(*known)) == expected


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 11, 21), date(2027, 3, 31)),
        (date(2027, 3, 30), date(2027, 3, 31)),
        (date(2027, 3, 31), date(2028, 3, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    ],
)
def test_a_declaration_is_reviewed_by_the_next_31_march(last, due):
    assert domain.review_due(last) == due


def test_what_the_office_says_is_read():
    office, unusable = domain.read_office({**SAID, "apps": [{"name": "Zmyślona", "url": "https://app.example/"}]})
    assert unusable == []
    assert domain.missing(office) == []
    assert (office.published_on, office.reviewed_on) == (date(2026, 9, 1), None)
    assert office.apps == (App("Zmyślona", "https://app.example/"),)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("site_url", "http://zmyslone.example/"),
        ("site_url", "javascript:alert(1)"),
        ("published_on", "wczoraj"),
        ("email", "dostepnosc"),
        ("phone", "zadzwoń"),
        ("contact", 7),
        ("contact", "  "),
        ("apps", "brak"),
        ("apps", ["nazwa"]),
        ("apps", [{"name": "Zmyślona", "url": "javascript:alert(1)"}]),
    ],
)
def test_what_cannot_be_used_is_named_and_counts_as_missing(name, given):
    office, unusable = domain.read_office({**SAID, name: given})
    assert unusable == [name]
    assert domain.missing(office) == [name]


def test_a_name_that_nobody_knows_is_told():
    assert domain.read_office({**SAID, "e_mail": "a@zmyslone.example"})[1] == ["e_mail"]


@pytest.mark.parametrize("found", [None, [], "tekst"])
def test_a_file_of_another_shape_says_nothing(found):
    assert domain.read_office(found) == (Office(), list(domain.EXPECTED))


def test_the_data_of_the_house_hold_and_say_all_in_both_languages():
    data = json.loads(services.RESULTS.read_text(encoding="utf-8"))
    found = domain.read_failures(data["failures"])
    domain.read_results(data["results"])
    assert [row.code for row in found] == ["pdf", "screen-readers"]
    for row in found:
        for words in (row.what, row.reason, row.instead):
            assert set(words) == {"pl", "en"}
            assert all(len(text) > 10 for text in words.values())


def test_no_template_shows_a_film_a_recording_or_a_page_of_others():
    shown = re.compile(r"<(video|audio|iframe|object|embed)\b")
    assert [path.name for path in templates() if shown.search(text_of(path))] == []


pages = pytest.mark.django_db


@pages
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("office", [None, SAID])
def test_the_page_holds_every_identifier_once(say, prefix, office):
    say(office, RESULTS, [FAILURE])
    found = re.findall(r'id="(a11y-[a-z-]+)"', page_text(visitor().get(f"{prefix}/deklaracja-dostepnosci/")))
    assert sorted(found) == sorted(IDS)


@pages
def test_a_house_that_said_nothing_says_loudly_what_is_missing(say):
    response = visitor().get(PAGE)
    text = page_text(response)
    assert "Ta deklaracja nie jest pełna" in text
    for part in ("adres poczty elektronicznej", "numer telefonu", "dostępność architektoniczna siedziby"):
        assert f"<li>{part}</li>" in text
    assert text.count("do uzupełnienia</strong>") == 10
    assert response.context["declaration"].complete is False


@pages
def test_before_the_tests_were_run_nothing_is_declared(say):
    say(SAID)
    text = page_text(visitor().get(PAGE))
    assert "jeszcze nie zbadano" in text
    assert "zgodna z ustawą" not in text
    assert "do uzupełnienia" not in text


@pages
def test_a_whole_declaration_shows_dates_figures_and_contact(say):
    say(SAID, {**RESULTS, "faulty_pages": 2, "violations": {"color-contrast": 3}}, [FAILURE])
    text = page_text(visitor().get(PAGE))
    assert "jest częściowo zgodna z ustawą" in text
    assert '<time id="a11y-data-publikacja" datetime="2026-09-01">' in text
    assert 'href="mailto:dostepnosc@zmyslone.example"' in text
    assert "reguła color-contrast programu axe: naruszona w 3 z badanych widoków" in text
    assert ">Mapa</h3>" in text
    assert "termin nie jest ustalony" in text
    assert "<p>Winda z głosem.</p>" in text
    assert "nie ma aplikacji mobilnych" in text


@pages
def test_what_the_office_writes_never_becomes_markup(say):
    say({**SAID, "architecture": "<script>alert(1)</script>", "contact": "<b>x</b>"})
    text = page_text(visitor().get(PAGE))
    assert "<script>alert" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


@pages
def test_a_file_that_cannot_be_read_leaves_the_page_standing(say, settings):
    settings.DECLARATION_FILE.write_text("{", encoding="utf-8")
    response = visitor().get(PAGE)
    assert response.status_code == 200
    assert "nie da się odczytać" in page_text(response)


@pages
def test_the_name_of_the_office_is_that_of_the_region_until_another_is_said(say):
    OrganisationFactory(kind="rops", name="Ośrodek Zmyślony")
    assert services.declaration(today=date(2026, 11, 28)).office.entity == "Ośrodek Zmyślony"
    say(SAID)
    assert services.declaration(today=date(2026, 11, 28)).office.entity == SAID["entity"]


@pages
def test_a_review_is_overdue_the_day_after_the_31_march(say):
    say(SAID, RESULTS)
    assert services.declaration(today=date(2027, 3, 31)).overdue_since is None
    assert services.declaration(today=date(2027, 4, 1)).overdue_since == date(2027, 3, 31)
    say({**SAID, "reviewed_on": "2027-03-31"}, RESULTS)
    assert services.declaration(today=date(2027, 4, 1)).complete is True


@pages
def test_every_page_leads_to_the_declaration_by_the_words_of_the_conditions():
    link = '<a href="/deklaracja-dostepnosci/">Deklaracja dostępności</a>'
    assert re.sub(r"\s+", " ", link) in re.sub(r' class="[^"]*"', "", page_text(visitor().get("/")))


@pages
def test_the_command_lists_what_is_missing(say, capsys):
    say({**SAID, "email": "", "phone": "zadzwoń"}, RESULTS)
    with pytest.raises(CommandError) as refused:
        call_command("declaration")
    lines = str(refused.value).splitlines()
    assert lines[:2] == ["adres poczty elektronicznej: do uzupełnienia", "numer telefonu: do uzupełnienia"]
    assert lines[2].startswith("numer telefonu (phone): ")
    assert capsys.readouterr().out == "Stan: zgodna.\n"


@pages
def test_the_command_is_content_with_a_whole_declaration(say, capsys):
    say({**SAID, "prepared_on": timezone.localdate().isoformat()}, RESULTS, [FAILURE])
    call_command("declaration")
    assert capsys.readouterr().out == "Stan: częściowo zgodna.\n"


def test_the_command_prints_an_empty_form(capsys):
    call_command("declaration", "--form")
    assert list(json.loads(capsys.readouterr().out)) == list(domain.EXPECTED)
