"""Journey J3 over HTTP: lines of succession, ended programmes and tasks, an updated strategy and its consultation."""

import csv
import sqlite3
import time
from contextlib import closing
from types import SimpleNamespace

import pytest

from tests.acceptance.editions import Editions, plain
from tests.acceptance.house import House, grosze
from tests.acceptance.reading import Page, Reader

LATE = 1.0  # seconds by which a stored page for everybody may be late
OLD, NEW = "2014-P2", "2021-P3"  # the disability programme under two strategies
NAMES = {
    OLD: "Wojewódzki Program Integracji Społecznej Osób Niepełnosprawnych",
    NEW: "Wojewódzki Program wyrównywania szans osób niepełnosprawnych",
}
ENDED = "2021-LPRES"
RENAMED, NAME_BEFORE, NAME_AFTER = "2021-P4", "Przeciwdziałania Narkomanii", "Przeciwdziałania Uzależnieniom"
REMARKS = ("Nowa nazwa powinna mówić także o hazardzie.", "Proszę zostawić dotychczasową nazwę.")
ANSWERS = ("Program mówi o nim w treści.", "Nowa nazwa obejmuje także dotychczasowe zadania.")
DRAFTS = "/biuro/zmiany-strategii/"


@pytest.fixture(scope="module")
def anyone(served) -> Reader:
    """A resident who has no account."""
    return Reader(served.url)


@pytest.fixture(scope="module")
def director(served) -> Reader:
    """The director of the demonstration."""
    return Reader(served.url, "ewa@pokaz.example")


# --- lines of succession -----------------------------------------------------------------------------


@pytest.mark.parametrize("here, there, side", [(OLD, NEW, "Później"), (NEW, OLD, "Wcześniej")])
def test_a_reader_follows_disability_from_one_strategy_to_the_other_and_back(anyone, here, there, side):
    page = anyone.page(f"/programy/{here}/")
    assert page.links(f"/programy/{there}/") == [f"/programy/{there}/"]
    assert NAMES[there] in page.terms()[side]
    next_page = anyone.page(f"/programy/{there}/")
    assert NAMES[there] in next_page.text
    assert NAMES[here] in next_page.terms()["Wcześniej" if side == "Później" else "Później"]


@pytest.mark.parametrize("code", [OLD, NEW])
def test_the_line_of_disability_is_the_same_from_both_ends_with_the_note_and_the_money(anyone, code):
    line = anyone.page(f"/programy/{code}/linia/")
    assert line.text.index(NAMES[OLD]) < line.text.index(NAMES[NEW]), "the older one stands first"
    assert "Inna nazwa, ta sama dziedzina: osoby niepełnosprawne." in line.text
    assert line.link(f"/wydatki/2019/?program={OLD}") == "4 278 712,81"
    assert line.links(r"/wydatki/2025/\?program=2021-P3") == [f"/wydatki/2025/?program={NEW}"]


def test_all_three_strategies_are_public_and_the_first_is_a_header_only(anyone):
    codes = {link.split("/")[2] for link in anyone.page("/strategie/").links(r"/strategie/[\d-]+/")}
    assert codes == {"2005-2013", "2014-2020", "2021-2030"}
    first = anyone.page("/strategie/2005-2013/")
    assert first.links(r"/(programy|zadania)/.*") == []
    assert "XXXIX/212/2005" in first.text


# --- what has ended ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/biuro/", "/biuro/strategia/", f"/biuro/strategia/programy/{ENDED}/"])
def test_the_ended_programme_of_social_economy_asks_for_its_successor(director, path):
    page = director.page(path)
    assert "bez programu od 2024 roku" in page.text.casefold()
    assert "Wskaż następcę" in page.text
    assert page.links(rf"/biuro/strategia/programy/{ENDED}/.*")


@pytest.mark.parametrize("programme, ended, words", [(ENDED, 2023, "wskaż następcę"), (OLD, 2020, "niepełnosprawn")])
def test_a_programme_past_its_period_takes_no_new_task_and_points_at_its_successor(
    director, anyone, programme, ended, words
):
    code = f"proba-{programme.lower()}"
    refused = director.fill(
        f"/biuro/strategia/nowe-zadanie/?program={programme}", name="Zadanie po czasie (zmyślone)", code=code
    )
    assert refused.status == 422
    assert f"skończył się w {ended} roku" in refused.complaint
    assert words in refused.complaint
    assert refused.main.forms[0].fields["name"] == "Zadanie po czasie (zmyślone)", "what was typed is still there"
    assert anyone.page(f"/zadania/{code}/").status == 404


def test_an_ended_task_stays_in_its_years_and_leaves_the_later_ones(anyone):
    assert anyone.page("/zadania/2021-kier-kampania/").terms()["Okres"] == "1.03.2025–30.11.2025 zakończone"
    shown = {
        year: bool(anyone.page(f"/strategie/2021-2030/?rok={year}").links("/zadania/2021-kier-kampania/"))
        for year in (2024, 2025, 2026)
    }
    assert shown == {2024: False, 2025: True, 2026: False}


def test_a_task_ends_with_a_reason_on_a_day_and_nothing_of_it_is_lost(director, anyone):
    task = "2021-p3-dzien"
    page = f"/biuro/strategia/zadania/{task}/"
    before = anyone.page(f"/zadania/{task}/").links("/wydatki/.*")
    silent = director.fill(page + "zakoncz/", on="31.12.2026", reason="")
    assert silent.status == 422
    ended = director.fill(page + "zakoncz/", on="31.12.2026", reason="Zadanie przejmuje samorząd powiatu (zmyślone).")
    assert ended.status == 200
    assert "Zadanie przejmuje samorząd powiatu (zmyślone)." in ended.text
    time.sleep(LATE)
    assert anyone.page(f"/zadania/{task}/").terms()["Okres"] == "do 31.12.2026"
    assert anyone.page(f"/zadania/{task}/").links("/wydatki/.*") == before != []
    shown = {
        year: bool(anyone.page(f"/strategie/2021-2030/?rok={year}").links(f"/zadania/{task}/")) for year in (2026, 2027)
    }
    assert shown == {2026: True, 2027: False}


# --- an updated strategy -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def consulted(served, director, anyone, tmp_path_factory) -> SimpleNamespace:
    """A draft that renames a programme, consulted, answered, reported and adopted; and every page on the way."""
    done = SimpleNamespace(before=_names(served, tmp_path_factory.mktemp("before")))
    _withdraw_what_is_open(director)
    done.draft = director.fill(DRAFTS + "nowy/2021-2030/", title="Aktualizacja zmyślona").url
    name = f"Wojewódzki Program {NAME_AFTER}"
    director.fill(f"{done.draft}element/programme/{RENAMED}/", name=name)
    done.tree_of_the_draft = anyone.page(f"/programy/{RENAMED}/")
    form = director.page(done.draft + "konsultacja/")
    today = form.main.forms[0].fields["opens_on"]
    office = director.fill(form, about="Nowa nazwa programu (zmyślone).", closes_on=today)
    assert office.status == 200, office.complaint or office.text
    (done.public,) = office.links(r"/konsultacje/\d+/")
    done.open = anyone.page(done.public)
    done.receipts = [anyone.fill(done.public + "uwaga/", text=text, sender_kind="resident") for text in REMARKS]
    done.too_early = _report(director, done.draft)
    _the_term_passes(served, done.public)
    done.nobody_answered = _report(director, done.draft)
    _answer(director, done.draft, 0)
    done.half_answered = _report(director, done.draft)
    done.waiting = anyone.page(done.public)
    done.no_adoption = _adopt(director, done.draft, today)
    _answer(director, done.draft, 1)
    done.published = _report(director, done.draft)
    done.reported = anyone.page(done.public)
    done.adopted = _adopt(director, done.draft, today)
    done.after = _names(served, tmp_path_factory.mktemp("after"))
    return done


def _report(director: Reader, draft: str) -> Page:
    return director.fill(draft + "sprawozdanie/", summary="Wpłynęły dwie uwagi (zmyślone).")


def _answer(director: Reader, draft: str, number: int) -> Page:
    remark = director.page(draft + "uwagi/").links(r".*/uwagi/\d+/")[number]
    return director.fill(remark, decision="noted", answer=ANSWERS[number])


def _adopt(director: Reader, draft: str, today: str) -> Page:
    try:
        return director.fill(
            draft + "przyjmij/", resolution="I/1/2026 (zmyślona)", adopted_on=today, binding_from=today
        )
    except StopIteration:  # the page has no form: it says why
        return director.page(draft + "przyjmij/")


def _withdraw_what_is_open(director: Reader) -> None:
    """The demonstration has a draft of its own in consultation, and a strategy has one draft at a time."""
    for version in director.page(DRAFTS).links(DRAFTS + r"\d+/"):
        for way in director.page(version).links(version + "wycofaj/"):
            director.fill(way, reason="Ustępuje miejsca innemu projektowi (zmyślone).")


def _the_term_passes(served, public: str) -> None:
    """A month later: the dates of the consultation lie in the past, as they would when one had waited."""
    with closing(sqlite3.connect(served.data / "spoiwo.sqlite3", timeout=30)) as connection:
        moved = "SET opens_on = date(opens_on, '-1 month'), closes_on = date(closes_on, '-1 month') WHERE id = ?"
        number = int(public.strip("/").split("/")[-1])
        assert connection.execute(f"UPDATE strategy_consultation {moved}", [number]).rowcount == 1
        connection.commit()


def _names(served, folder) -> dict[int, str]:
    """What the reports of two years print, as data and for people."""
    house = House(served.data)
    for year in (2017, 2025):
        house.does("report", year, "--format", "html", "--out", folder / str(year))
    return {year: Editions(folder / str(year)).text("html") for year in (2017, 2025)}


def test_a_draft_changes_nothing_that_binds_and_everybody_sees_the_difference(consulted):
    assert NAME_BEFORE in consulted.tree_of_the_draft.text
    assert NAME_AFTER not in consulted.tree_of_the_draft.text
    assert consulted.open.status == 200
    assert [part.text_content() for part in consulted.open.main.iter("ins", "del")]
    assert "Narkomanii" in " ".join(part.text_content() for part in consulted.open.main.iter("del"))
    assert "Uzależnieniom" in " ".join(part.text_content() for part in consulted.open.main.iter("ins"))


def test_each_remark_gets_a_receipt_of_its_own(consulted):
    assert [page.status for page in consulted.receipts] == [200, 200]
    for page, mine, other in zip(consulted.receipts, REMARKS, reversed(REMARKS), strict=True):
        assert mine in page.text
        assert other not in page.text
    assert len({page.url for page in consulted.receipts}) == 2


def test_no_consultation_report_is_published_while_a_remark_has_no_answer(consulted):
    refused = (consulted.too_early, consulted.nobody_answered, consulted.half_answered)
    assert [page.status for page in refused] == [409, 409, 409]
    assert "2 uwagi" in consulted.nobody_answered.complaint
    assert "1 uwaga" in consulted.half_answered.complaint
    assert "Wpłynęły dwie uwagi" in consulted.half_answered.text, "what was typed is still there"
    for text in (*REMARKS, *ANSWERS, "Wpłynęły dwie uwagi"):
        assert text not in consulted.waiting.text


def test_the_report_shows_every_remark_with_its_answer(consulted):
    assert consulted.published.status == 200
    for text in (*REMARKS, *ANSWERS, "Wpłynęły dwie uwagi"):
        assert text in consulted.reported.text


def test_the_draft_is_adopted_only_after_its_report_and_then_binds_with_its_resolution(consulted, anyone, director):
    assert consulted.no_adoption.status in {409, 422}
    assert consulted.adopted.status == 200
    assert "I/1/2026 (zmyślona)" in director.page(consulted.draft).text
    assert NAME_AFTER in anyone.page(f"/programy/{RENAMED}/").text


def test_reports_of_earlier_years_keep_the_names_of_their_day(consulted):
    assert NAME_BEFORE in consulted.before[2025]
    assert NAME_BEFORE in consulted.after[2025]
    assert NAME_AFTER not in consulted.after[2025]
    assert consulted.after[2017] == consulted.before[2017]


# --- what was announced ------------------------------------------------------------------------------


def test_the_division_of_2016_misses_exactly_a_million_on_the_public_page_and_in_its_file(anyone):
    page = anyone.page("/kwoty-ogloszone/")
    (year,) = page.main.xpath(".//table[caption[contains(., '2016')]]")
    rows = [plain(row.text_content()) for row in year.iter("tr")]
    (off,) = [row for row in rows if "nie zgadza się" in row]
    assert off.endswith("1 000 000,00")
    for stated in ("3 001 703,00", "711 703,00", "500 000,00", "790 000,00"):
        assert any(row.endswith(stated) for row in rows), stated
    assert page.text.count("nie zgadza się") == 1, "every other published whole adds up"
    lines = anyone.page("/kwoty-ogloszone/kwoty.csv").content.decode("utf-8-sig").splitlines()
    file = {row["code"]: row for row in csv.DictReader(lines)}
    parts = [grosze(row["amount"]) for row in file.values() if row["parent"] == "pfron-2016"]
    assert grosze(file["pfron-2016"]["amount"]) - sum(parts) == 1_000_000_00
