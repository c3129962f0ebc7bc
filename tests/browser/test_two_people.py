"""Two people change one record at once: the second sees both versions and chooses; nothing anybody typed is lost."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

DIRECTOR, OFFICER = "ewa@pokaz.example", "anna@pokaz.example"
REASON = "Próba dwóch osób naraz (zmyślone)."
TASKS = {True: "/biuro/strategia/zadania/2021-p2-promocja/", False: "/biuro/strategia/zadania/2021-p6-granty/"}


def words_of(page: Page) -> str:
    """The main part as it is read, hard spaces as plain ones."""
    return page.locator("main").inner_text().replace("\u00a0", " ")


def save(page: Page, **typed: str) -> None:
    """Type into the form that is open, unfolding what is folded, and send it."""
    for name, value in typed.items():
        if not page.locator(f"main [name={name}]").is_visible():
            page.locator(f"main details:has([name={name}]) > summary").click()
        page.fill(f"main [name={name}]", value)
    page.locator("main form[method=post] button.govuk-button").first.click()
    page.wait_for_load_state()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def script(request) -> bool:
    """Whether the two browsers run scripts."""
    return request.param


@pytest.fixture
def two(demo_house, visit, script) -> tuple[Page, Page]:
    """The director's browser and the officer's."""
    people = [visit(demo_house, script=script, email=email)[0] for email in (DIRECTOR, OFFICER)]
    return people[0], people[1]


def test_of_two_people_at_one_ledger_line_the_second_sees_both_versions_and_chooses(demo_house, two, script):
    director, officer = two
    director.goto(demo_house.url + "/biuro/rok/2025/?program=2021-P5")
    nth = 0 if script else 1
    line = director.locator("table.sp-ledger tbody th a").nth(nth).get_attribute("href")
    for page in two:
        page.goto(f"{demo_house.url}{line}zmien/")
    theirs, mine, sign = f"Wersja dyrektora {nth}", f"Wersja urzędniczki {nth}", f"ROPS.PROBA.{nth}.2025"
    save(director, description=theirs, reason=REASON)
    assert director.locator("h1").inner_text() == theirs
    save(officer, description=mine, case_sign=sign, reason=REASON)
    both = words_of(officer)
    assert "Ewa Pokazowa" in both, "who was there first"
    assert not script or axe_violations(officer) == []
    field = officer.locator("main fieldset", has_text="Opis").first.inner_text().replace("\u00a0", " ")
    assert (theirs in field, mine in field) == (True, True)
    assert officer.input_value("[name=description]") == mine
    assert officer.input_value("[name=case_sign]") == sign
    director.reload()
    assert mine not in words_of(director), "nothing is saved before she chooses"
    officer.check("[name=take-description][value=now]")  # she takes his description and keeps her sign
    save(officer)
    page = words_of(officer)
    assert officer.locator("h1").inner_text() == theirs
    assert sign in page
    assert page.count(REASON) == 2, "both changes stand in the history"


def test_of_two_people_at_one_task_the_second_chooses_field_by_field(demo_house, two, script):
    director, officer = two
    for page in two:
        page.goto(demo_house.url + TASKS[script] + "zmien/")
    theirs, mine = "Uwaga dyrektora (zmyślona)", "Uwaga urzędniczki (zmyślona)"
    save(director, note=theirs, number="7", reason=REASON)
    save(officer, note=mine, from_date="01.03.2026", reason=REASON)
    both = words_of(officer)
    assert "Ewa Pokazowa" in both, "who was there first"
    assert not script or axe_violations(officer) == []
    assert (theirs in both, mine in both) == (True, True)
    director.goto(demo_house.url + TASKS[script])
    assert theirs in words_of(director)
    assert mine not in words_of(director), "nothing is saved before she chooses"
    assert officer.locator("[name=take-number][value=now]").is_checked(), "what he alone changed is taken over"
    assert officer.locator("[name=take-from_date]").count() == 0, "what she alone changed is not asked"
    save(officer)  # a choice is missing: nothing may be guessed
    assert officer.locator("[name=take-note]:checked").count() == 0
    officer.check("[name=take-note][value=mine]")
    save(officer)
    page = words_of(officer)
    assert mine in page
    assert "7" in officer.locator("main dl").first.inner_text()
    assert "1.03.2026" in page
    assert theirs in page, "what was replaced is still told in the history"


def test_the_second_may_also_leave_everything_as_the_first_saved_it(demo_house, two, script):
    director, officer = two
    task = "/biuro/strategia/zadania/2021-p1-zasoby/" if script else "/biuro/strategia/zadania/2021-p5-ngo/"
    for page in two:
        page.goto(demo_house.url + task + "zmien/")
    save(director, note="Zostaje (zmyślone)", reason=REASON)
    save(officer, note="Ustępuje (zmyślone)", reason=REASON)
    assert "Ustępuje (zmyślone)" in words_of(officer)
    officer.locator(f"main form a[href='{task}']").click()
    officer.wait_for_load_state()
    assert "Zostaje (zmyślone)" in words_of(officer)
    assert "Ustępuje (zmyślone)" not in words_of(officer)


def test_two_texts_are_joined_by_hand_and_nothing_runs_over_a_narrow_screen(demo_house, two, script):
    director, officer = two
    task = "/biuro/strategia/zadania/2021-p3-dzien/" if script else "/biuro/strategia/zadania/2021-p4-szkoly/"
    for page in two:
        page.goto(demo_house.url + task + "zmien/")
    save(director, note="Pierwsza (zmyślona)", reason=REASON)
    save(officer, note="Druga (zmyślona)", reason=REASON)
    officer.set_viewport_size({"width": 390, "height": 800})
    assert not script or officer.evaluate("document.documentElement.scrollWidth") <= 390
    officer.check("[name=take-note][value=mine]")
    save(officer, note="Pierwsza i druga (zmyślona)")
    assert "Pierwsza i druga (zmyślona)" in words_of(officer)
