"""Somebody at a desk: signs in through the form and saves a text again and again, as a browser would."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from http.cookiejar import CookieJar

TEXT = "/biuro/rok/2019/opis/caly-rok/"
_INPUT = re.compile(r'<input[^>]*type="hidden"[^>]*>')


class Staying(urllib.request.HTTPRedirectHandler):
    """Where a form leads is not gone to: only the saving is timed."""

    def redirect_request(self, *given: object) -> None:
        """Nowhere."""


class Clerk:
    """One browser with its cookies."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.url = url
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), Staying())
        page = self._get("/konto/zaloguj/")
        self._post("/konto/zaloguj/", self._hidden(page) | {"login": email, "password": password})

    def save_until(self, moment: float) -> list[float]:
        """Open the text, change it and save it, until the moment; how many seconds each saving took."""
        took = []
        while time.monotonic() < moment:
            fields = self._hidden(self._get(TEXT)) | {"text": f"Opis zmyślony, zapisany po raz {len(took) + 1}."}
            began = time.monotonic()
            self._post(TEXT, fields)
            took.append(time.monotonic() - began)
        return took

    def _get(self, path: str) -> str:
        with self.browser.open(self.url + path, timeout=60) as answer:
            return answer.read().decode()

    def _post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form, which must lead somewhere: any other answer is an error."""
        request = urllib.request.Request(self.url + path, urllib.parse.urlencode(fields).encode())
        request.add_header("Referer", self.url + path)
        try:
            self.browser.open(request, timeout=60)
        except urllib.error.HTTPError as answer:
            if answer.code != 302:
                raise
        else:
            raise AssertionError(f"{path}: not saved")

    @staticmethod
    def _hidden(page: str) -> dict[str, str]:
        found = {}
        for tag in _INPUT.findall(page):
            facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if "name" in facts:
                found[facts["name"]] = unescape(facts.get("value", ""))
        return found
