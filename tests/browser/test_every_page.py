"""Every page, light and dark, wide and narrow: no violation, no foreign host, no broken policy, no sideways scroll.

A page of each kind is opened once for each width; there it shows itself in light and in dark.
"""

import os
import re
from datetime import date

import pytest
from django.urls import Resolver404, resolve

from spoiwo.access.audience import all_views
from tests.browser.conftest import axe_violations, sign_in
from tests.browser.house import PASSWORD, packed
from tests.browser.pages import ADMINISTRATOR, ALIKE, DIRECTOR, FILES, FOUND, ON_THE_WAY, ONLY_SENT, PROTECTION, PUBLIC

pytestmark = pytest.mark.browser

WIDTHS = [1280, 390]
NARROW = 600  # px


def opened(path: str) -> str:
    """The name of the view behind an address or the shape of one; empty when there is none."""
    plain = re.sub(r"\\d\+|\[\^/\]\+", "1", path).removeprefix("/en").partition("?")[0]
    try:
        return resolve(plain).view_name
    except Resolver404:
        return ""


def test_no_page_is_left_out():
    found = [shape + under for (_list, shape), pages in FOUND.items() for under in pages]
    visited = {opened(path) for path in (*PUBLIC, *DIRECTOR, *ADMINISTRATOR, *PROTECTION, *found)} - {""}
    left = {name for _route, name, _view in all_views() if not name.startswith("api:")} - visited
    assert left == ON_THE_WAY | FILES | ONLY_SENT | ALIKE


def faults_of(page, watch, url: str, path: str) -> list[str]:
    """All that is wrong with the page at an address."""
    page.goto(url + path, wait_until="load")
    return faults_here(page, watch, path)


def faults_here(page, watch, name: str, *, refused: bool = False) -> list[str]:
    """All that is wrong with the page that is open; of what it looks like in the dark only the contrast differs.

    On a telephone the same page is narrower: axe looks again when results for the declaration are gathered
    (`make declaration`); at each run the page must only fit.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    narrow = page.viewport_size["width"] < NARROW and "SPOIWO_AXE_RESULTS" not in os.environ
    faults = [] if narrow else _examined(page, name)
    extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if extra > 0:
        faults.append(f"{name} sideways {extra} px")
    expected = "404" if "/nie-ma-takiej/" in name else "422" if refused else None
    faults += [f"{name} {text}" for text in watch.complaints if not (expected and expected in text)]
    watch.complaints.clear()
    return faults


def _examined(page, name: str) -> list[str]:
    faults = [f"{name} axe {violation}" for violation in axe_violations(page, name=name)]
    page.emulate_media(color_scheme="dark")
    dark = axe_violations(page, "color-contrast", name=name, theme="dark")
    return faults + [f"{name} dark {violation}" for violation in dark]


def first_link(page, url: str, path: str, shape: str) -> str:
    """The first link of a page that has this shape."""
    page.goto(url + path)
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return next(link for link in links if re.fullmatch(shape, link or ""))


@pytest.fixture(scope="module")
def draft(demo_house, chrome) -> str:
    """The address of a draft that may still be changed."""
    context = chrome.new_context(locale="pl-PL")
    page = context.new_page()
    sign_in(page, demo_house, "ewa@pokaz.example", PASSWORD)
    page.goto(demo_house.url + "/biuro/zmiany-strategii/nowy/2014-2020/")
    page.fill("main [name=title]", "Projekt do obejrzenia (zmyślony)")
    page.click("main form button")
    page.wait_for_load_state()
    address = page.url.removeprefix(demo_house.url)
    context.close()
    return address


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages_have_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width)
    consultation = first_link(page, demo_house.url, "/konsultacje/", r"/konsultacje/\d+/")
    paths = [*PUBLIC, consultation, consultation + "uwaga/"]
    faults = [fault for path in paths for fault in faults_of(page, watch, demo_house.url, path)]
    assert faults == []
    assert watch.foreign == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"spoiwo_csrf"}


@pytest.mark.parametrize("width", WIDTHS)
def test_office_pages_have_no_violation(demo_house, visit, draft, width):
    page, watch = visit(demo_house, width=width, email="ewa@pokaz.example")
    found = [first_link(page, demo_house.url, *where) + under for where, pages in FOUND.items() for under in pages]
    remark = first_link(page, demo_house.url, next(path for path in found if path.endswith("uwagi/")), r".*/uwagi/\d+/")
    of_draft = [draft, draft + "element/programme/2014-P2/", draft + "nowe/task/", draft + "konsultacja/"]
    paths = [*DIRECTOR, *found, remark, *of_draft]
    assert len(paths) == len(set(paths))
    faults = [fault for path in paths for fault in faults_of(page, watch, demo_house.url, path)]
    assert faults == []
    assert watch.foreign == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_administrators_pages_have_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width, email="adam@pokaz.example")
    assert [fault for path in ADMINISTRATOR for fault in faults_of(page, watch, demo_house.url, path)] == []
    assert watch.foreign == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_file_of_the_record_and_the_week_in_which_it_was_taken_have_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width, email="dora@pokaz.example")
    faults = [fault for path in PROTECTION for fault in faults_of(page, watch, demo_house.url, path)]
    page.goto(demo_house.url + "/biuro/dziennik/eksport/")
    send(page)
    faults += faults_here(page, watch, "file without a purpose", refused=True)
    page.fill("main [name=purpose]", "pismo zmyślone, nr 1/2026")
    with page.expect_download() as download:
        page.locator("main form[method=post] button.govuk-button").first.click()
    assert download.value.suggested_filename.endswith(".csv")
    page.goto(demo_house.url + "/biuro/dziennik/przeglad/")
    week = "/biuro/dziennik/przeglad/{}-W{:02}/".format(*date.today().isocalendar()[:2])
    faults += faults_of(page, watch, demo_house.url, week)
    found = first_link(page, demo_house.url, week, r"/biuro/dziennik/przeglad/[^/]+/exports-[^/]+/")
    faults += faults_of(page, watch, demo_house.url, found)
    assert faults == []
    assert watch.foreign == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_treasurers_way_through_the_books_has_no_violation(demo_house, visit, tmp_path, width):
    page, watch = visit(demo_house, width=width, email="jan@pokaz.example")
    faults = faults_of(page, watch, demo_house.url, "/biuro/rok/2026/zamkniecie/")
    faults += faults_of(page, watch, demo_house.url, "/biuro/ksiegi/")
    page.select_option("[name=year]", label="2026")
    page.set_input_files("[name=file]", books_file(tmp_path / "ksiegi.csv", width))
    send(page)
    faults += faults_here(page, watch, "columns of the books")
    fill_columns(page)
    send(page)
    assert re.search(r"/biuro/ksiegi/[^/]+/proba/$", page.url), page.locator("main").inner_text()
    faults += faults_here(page, watch, "trial of the books")
    demo_house.spoiwo("export", "2025", "--format", "rb28s", "--out", str(tmp_path))
    page.goto(demo_house.url + "/biuro/rok/2025/ksiegi/")
    page.set_input_files("[name=file]", tmp_path / "fakty-2025.rb28s.csv")
    page.locator("main form[method=post]:has([name=file]) button").click()
    page.wait_for_load_state()
    assert page.locator("main table").count() > 0
    faults += faults_here(page, watch, "books beside the ledger")
    assert faults == []
    assert watch.foreign == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_trial_of_a_package_has_no_violation(demo_house, visit, tmp_path, width):
    page, watch = visit(demo_house, width=width, email="ewa@pokaz.example")
    page.goto(demo_house.url + "/biuro/pakiet/")
    page.set_input_files("input[type=file]", packed("lubuskie-2019", tmp_path))
    send(page)
    assert page.locator(".sp-counts").count() == 1
    assert faults_here(page, watch, "trial of a package") == []


def books_file(path, width: int):
    """One payment as the accounting system writes it; a number of its own for each width."""
    row = f"K/{width};2026-10-05;FV {width}/2026 (zmyślona);Szkolenie;852;85217;4300;10,50;own"
    path.write_text("Nr zapisu;Data;Dowód;Treść;Dział;Rozdział;Paragraf;Kwota;Źródło\r\n" + row + "\r\n", "utf-8")
    return path


def fill_columns(page) -> None:
    """Say what the columns mean."""
    columns = {
        "key": "Nr zapisu", "date": "Data", "document": "Dowód", "description": "Treść", "division": "Dział",
        "chapter": "Rozdział", "paragraph": "Paragraf", "amount": "Kwota", "source": "Źródło",
    }  # fmt: skip
    for name, heading in columns.items():
        page.select_option(f"main [name={name}]", heading)
    page.check("main [name=signs][value=plus]")
    page.fill("main [name=name]", "Księgi pokazowe (zmyślone)")


def send(page) -> None:
    """Press the button of the form."""
    page.locator("main form[method=post] button.govuk-button").first.click()
    page.wait_for_load_state()


def test_the_administrators_form_of_a_duty_has_no_violation(demo_house, visit):
    page, watch = visit(demo_house, width=390, email="adam@pokaz.example")
    assert faults_of(page, watch, demo_house.url, "/biuro/terminy/2026/ozps-sejmik/zmien/") == []


REFUSED = {  # address of a form, and what is typed into it
    "/biuro/rok/2019/wpisy/nowy/": {"amount_gr": "25000,005"},
    "/biuro/pakiet/": {},
    "/biuro/rok/2026/plan/zobowiazanie/": {"amount_gr": "dużo"},
    "/biuro/strategia/nowe-zadanie/?program=2021-LPRES": {"name": "Zadanie po czasie (zmyślone)", "code": "po-czasie"},
    "/biuro/wskazniki/piecza-rodzinna/wartosc/": {},
}


@pytest.mark.parametrize("width", WIDTHS)
def test_forms_with_errors_have_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width, email="ewa@pokaz.example")
    faults = []
    for path, typed in REFUSED.items():
        page.goto(demo_house.url + path)
        for name, value in typed.items():
            page.fill(f"main [name={name}]", value)
        send(page)
        assert page.locator(".govuk-error-summary").count() == 1, path
        faults += faults_here(page, watch, path, refused=True)
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_remark_and_its_receipt_have_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width)
    form = first_link(page, demo_house.url, "/konsultacje/", r"/konsultacje/\d+/") + "uwaga/"
    page.goto(demo_house.url + form)
    send(page)
    assert page.locator(".govuk-error-summary").count() == 1
    faults = faults_here(page, watch, form, refused=True)
    page.fill("main [name=text]", f"Uwaga zmyślona, napisana na ekranie o szerokości {width}.")
    page.check("main [name=sender_kind][value=resident]")
    send(page)
    assert page.url.startswith(demo_house.url + form + "uwaga-")
    faults += faults_here(page, watch, "receipt")
    assert faults == []


def test_totals_of_the_matrix_are_seen_on_a_telephone_without_sideways_scrolling(demo_house, visit):
    page, _watch = visit(demo_house, width=390)
    page.goto(demo_house.url + "/sprawozdania/2019/")
    for amount in ("970\u00a0568,75", "1\u00a0053\u00a0763,35", "8\u00a0941\u00a0855,17", "9\u00a0025\u00a0049,77"):
        box = page.locator(".sp-matrix tfoot td", has_text=amount).first.bounding_box()
        assert box, amount
        assert 0 <= box["x"] <= 390 - box["width"], amount
    scroll = page.locator(".sp-scroll").first.evaluate("e => e.scrollWidth - e.clientWidth")
    assert scroll <= 0


def test_the_office_menu_works_on_a_telephone_with_the_keyboard_alone(demo_house, visit):
    page, _watch = visit(demo_house, width=390, email="ewa@pokaz.example")
    page.goto(demo_house.url + "/biuro/")
    menu = page.locator("details.sp-app__drop")
    assert menu.get_attribute("open") is None
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    menu.get_by_role("link", name="Sprawozdania").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/biuro/sprawozdania/")
