"""A second factor for the browser tests: an app whose secret we read from the page, as a camera would."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

STEP = 30  # seconds that the app shows one code
_secrets: dict[tuple[str, str], str] = {}  # (address of the house, e-mail) → secret
_last: dict[tuple[str, str], int] = {}  # the same → number of the step whose code was used


def step_now() -> int:
    """The number of the present step."""
    return int(time.time()) // STEP


def code_of(secret: str, step: int) -> str:
    """What the app shows in a step."""
    return format_hotp_value(hotp_value(secret, step))


def set_up_app(page: Page, url: str, email: str) -> str:
    """Add an app where the house asks for one, and put the recovery codes away; returns the secret."""
    page.goto(url + "/konto/drugi-skladnik/aplikacja/")
    secret = "".join(page.locator("#secret").inner_text().split())
    _secrets[url, email], _last[url, email] = secret, step_now()
    page.fill("main [name=code]", code_of(secret, _last[url, email]))
    page.click("main form button")
    page.wait_for_url("**/konto/drugi-skladnik/kody/")
    return secret


def write_code(page: Page, url: str, email: str) -> None:
    """The second step of signing in. A code opens once and wrong ones are counted, so the next one is waited for."""
    while step_now() <= _last[url, email]:
        page.wait_for_timeout(500)
    _last[url, email] = step_now()
    page.fill("main [name=code]", code_of(_secrets[url, email], _last[url, email]))
    page.locator("main form:has([name=code]) button").first.click()
    page.wait_for_load_state()
    assert page.locator("main [name=code]").count() == 0
