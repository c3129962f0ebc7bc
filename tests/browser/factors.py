"""A second factor for the browser tests: an app whose secret we read from the page, as a camera would."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

_secrets: dict[tuple[str, str], str] = {}  # (address of the house, e-mail) → secret


def code_now(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(page: Page, url: str, email: str) -> str:
    """Add an app where the house asks for one, and put the recovery codes away; returns the secret."""
    page.goto(url + "/konto/drugi-skladnik/aplikacja/")
    secret = "".join(page.locator("#secret").inner_text().split())
    page.fill("main [name=code]", code_now(secret))
    page.click("main form button")
    page.wait_for_url("**/konto/drugi-skladnik/kody/")
    _secrets[url, email] = secret
    return secret


def write_code(page: Page, url: str, email: str) -> None:
    """The second step of signing in; a code opens once, so the next one is waited for."""
    secret, refused = _secrets[url, email], True
    while refused:
        page.fill("main [name=code]", code_now(secret))
        page.locator("main form:has([name=code]) button").first.click()
        page.wait_for_load_state()
        refused = page.locator("main [name=code]").count() > 0
        if refused:
            page.wait_for_timeout(5000)
