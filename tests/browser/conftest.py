"""Chromium, a house with the demonstration region, and a page that keeps count of what it asks for."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.axe_results import note
from tests.browser.factors import set_up_app, write_code
from tests.browser.house import PASSWORD, House, open_house
from tests.plugin import ROOT, chromium
from tests.prepared import demonstration, migrated

AXE = ROOT / "spoiwo" / "ui" / "tests" / "browser" / "axe" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_RUN = """async (runOnly) => {
  const found = await axe.run(document, {runOnly, resultTypes: ["violations"]});
  return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | "));
}"""


LONGEST = 480  # seconds for one test; the longest needs about a minute


@pytest.fixture(autouse=True)
def _no_endless_wait() -> Iterator[None]:
    """A browser that answers no more fails its test instead of holding the whole run."""

    def give_up(*_signal) -> None:
        raise TimeoutError(f"the browser has not answered for {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """The system's Chromium, without a window; closed before tests that ask a database in the same process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration region as `make run` shows it."""
    data = shutil.copytree(demonstration(tmp_path_factory), tmp_path_factory.mktemp("demo"), dirs_exist_ok=True)
    house = open_house(data)
    yield house
    house.close()


@pytest.fixture
def empty_house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with places and one director, and nothing else."""
    house = open_house(shutil.copytree(migrated(tmp_path_factory), tmp_path, dirs_exist_ok=True), empty=True)
    opened = house.spoiwo(
        "open-account", "dyrektor@rops.example", "--name", "Dorota Dyrektorska", "--role", "director",
        stdin="dlugie-haslo-na-probe-7\n",
    )  # fmt: skip
    assert opened.returncode == 0, opened.stderr
    yield house
    house.close()


class Watch:
    """What a context asked for and complained about."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.home = home
        context.on("request", self._request)
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _request(self, request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.foreign.append(request.url)

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} or "Content Security Policy" in text:
            self.complaints.append(text)


@pytest.fixture
def visit(chrome: Browser) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Open a context: width, colours, with or without JavaScript, signed in or not."""
    opened = []

    def new(house: House, *, width=1280, dark=False, script=True, email="", password=PASSWORD):
        context = chrome.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="pl-PL",
            accept_downloads=True,
        )
        opened.append(context)
        watch = Watch(context, house.url)
        page = context.new_page()
        if email:
            sign_in(page, house, email, password)
        return page, watch

    yield new
    for context in opened:
        context.close()


def sign_in(page: Page, house: House, email: str, password: str) -> None:
    """Through the form, as a person does; who needs a second factor sets up an app the first time."""
    page.goto(house.url + "/konto/zaloguj/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button")
    page.wait_for_load_state()
    if page.url.endswith("/konto/zaloguj/kod/"):
        write_code(page, house.url, email)
    elif page.url.endswith("/konto/drugi-skladnik/"):
        set_up_app(page, house.url, email)
        page.goto(house.url + "/biuro/")
    page.wait_for_url("**/biuro/**")  # who has no desk comes to the first page they may open


def axe_violations(page: Page, *rules: str, name: str = "", theme: str = "light") -> list[str]:
    """Run axe inside the page without loosening its policy: these rules, or all that we promise to keep.

    The look is noted for the accessibility declaration under the name, or under the address of the page.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(AXE_RUN, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS})
    note(page, name or urlsplit(page.url).path, theme, found)
    return found
