"""Every page, light and dark, wide and narrow: no violation, no foreign host, no broken policy, no sideways scroll."""

import pytest

from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

PUBLIC = [
    "/", "/pomoc/", "/dostepnosc/", "/prywatnosc/", "/mapa-strony/", "/konto/zaloguj/", "/konto/haslo/przypomnij/",
    "/konto/nowe/", "/sprawozdania/", "/sprawozdania/2017/", "/sprawozdania/2019/", "/sprawozdania/2025/",
    "/sprawozdania/2017/wersje/1/", "/sprawozdania/2017/teraz/", "/sprawozdania/jak-liczymy/", "/pakiet-roku/",
    "/sprawozdania/2019/liczby/source.own.difference/", "/sprawozdania/2019/liczby/total.declared/",
    "/sprawozdania/2017/liczby/measure.ngo_cofinanced/", "/sprawozdania/2017/liczby/total.declared/",
    "/strategie/", "/strategie/2014-2020/", "/strategie/2021-2030/", "/programy/2014-P2/", "/nie-ma-takiej/",
    "/en/", "/en/sprawozdania/2019/",
]  # fmt: skip
OFFICE = [
    "/biuro/", "/biuro/pakiet/", "/biuro/rok/2019/", "/biuro/rok/2025/", "/biuro/rok/2025/?program=outside",
    "/biuro/rok/2025/?q=nic-takiego", "/biuro/rok/2019/wpisy/nowy/", "/biuro/rok/2019/uzgodnienie/",
    "/biuro/sprawozdania/", "/biuro/rok/2019/sprawozdanie/", "/biuro/rok/2017/sprawozdanie/", "/biuro/dziennik/",
    "/biuro/rok/2019/sprawozdanie/liczby/source.own.difference/", "/konto/haslo/zmiana/", "/en/biuro/rok/2019/",
]  # fmt: skip
LOOKS = [(1280, False), (1280, True), (390, False), (390, True)]


def faults_of(page, watch, url: str, path: str) -> list[str]:
    """All that is wrong with one page."""
    page.goto(url + path, wait_until="networkidle")
    faults = [f"{path} axe {violation}" for violation in axe_violations(page)]
    extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if extra > 0:
        faults.append(f"{path} sideways {extra} px")
    expected_404 = "/nie-ma-takiej/" in path
    faults += [f"{path} {text}" for text in watch.complaints if not (expected_404 and "404" in text)]
    watch.complaints.clear()
    return faults


@pytest.mark.parametrize("width, dark", LOOKS)
def test_public_pages_have_no_violation(demo_house, visit, width, dark):
    page, watch = visit(demo_house, width=width, dark=dark)
    faults = [fault for path in PUBLIC for fault in faults_of(page, watch, demo_house.url, path)]
    assert faults == []
    assert watch.foreign == []
    assert page.context.cookies() == [] or {c["name"] for c in page.context.cookies()} <= {"spoiwo_csrf"}


@pytest.mark.parametrize("width, dark", LOOKS)
def test_office_pages_have_no_violation(demo_house, visit, width, dark):
    page, watch = visit(demo_house, width=width, dark=dark, email="ewa@pokaz.example")
    page.goto(demo_house.url + "/biuro/rok/2019/")
    entry = page.locator("table.sp-ledger tbody th a").first.get_attribute("href")
    page.goto(demo_house.url + "/biuro/rok/2019/uzgodnienie/")
    answers = [link.get_attribute("href") for link in page.locator("article .sp-buttons a").all()[:2]]
    assert entry
    assert len(answers) == 2
    paths = [*OFFICE, entry, entry + "zmien/", *answers]
    faults = [fault for path in paths for fault in faults_of(page, watch, demo_house.url, path)]
    assert faults == []
    assert watch.foreign == []


@pytest.mark.parametrize("width", [1280, 390])
def test_forms_with_errors_have_no_violation(demo_house, visit, width):
    page, _watch = visit(demo_house, width=width, email="ewa@pokaz.example")
    page.goto(demo_house.url + "/biuro/rok/2019/wpisy/nowy/")
    page.fill("input[name=amount_gr]", "25000,005")
    page.click("main form button")
    assert "trzy miejsca po przecinku" in page.locator(".govuk-error-summary").inner_text()
    assert axe_violations(page) == []
    page.goto(demo_house.url + "/biuro/pakiet/")
    page.click("main form button")
    assert page.locator(".govuk-error-summary").count() == 1
    assert axe_violations(page) == []


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
