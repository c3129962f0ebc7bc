"""Every public page as a stranger sees it, asked for through the whole house, without a server."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.http import parse_header_parameters

from spoiwo.access.headers import PUBLIC_FILE, PUBLIC_PAGE, class_of
from spoiwo.access.keeping import TOKEN
from spoiwo.ui.context import COPY_OF
from spoiwo.upkeep.domain.copying import addresses_in, inside

LARGEST_FILE = 5_000_000  # bytes


@dataclass(frozen=True)
class Taken:
    """One answer: a page, a file with its name, the address it leads to, or nothing that belongs in a copy."""

    status: int
    page: str = ""
    file: bytes | None = None
    name: str = ""
    leads_to: str = ""

    @property
    def belongs(self) -> bool:
        """Whether there is something to keep."""
        return bool(self.page) or self.file is not None


class Stranger:
    """Asks the house as a browser without a cookie would, and is told that a copy is being made."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.handler = BaseHandler()
        self.handler.load_middleware()
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        self.host = "localhost" if host == "*" else host

    def request(self, address: str) -> HttpRequest:
        """A request with nothing personal in it."""
        secure = bool(settings.SECURE_SSL_REDIRECT)
        told = {COPY_OF: self.now, "HTTP_HOST": self.host, "HTTP_COOKIE": ""}
        if secure and settings.SECURE_PROXY_SSL_HEADER:
            told[settings.SECURE_PROXY_SSL_HEADER[0]] = settings.SECURE_PROXY_SSL_HEADER[1]
        return RequestFactory().get(address, secure=secure, **told)

    def take(self, address: str) -> Taken:
        """One address."""
        request = self.request(address)
        response = self.handler.get_response(request)
        try:
            return _taken(request, response, address)
        finally:
            for close in getattr(response, "_resource_closers", ()):
                close()


def _taken(request: HttpRequest, response: HttpResponse, address: str) -> Taken:
    status = response.status_code
    if status in {301, 302, 303, 307, 308}:
        return Taken(status, leads_to=inside(response.headers["Location"], address) or "")
    kind = class_of(request, response)
    private = "no-store" in response.headers.get("Cache-Control", "") or response.cookies
    if status != 200 or private or kind not in (PUBLIC_PAGE, PUBLIC_FILE):
        return Taken(status)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if kind is PUBLIC_FILE:
        name = parse_header_parameters(response.headers["Content-Disposition"])[1].get("filename", "")
        return Taken(status, file=content, name=name) if name and len(content) <= LARGEST_FILE else Taken(status)
    return Taken(status) if TOKEN in content else Taken(status, page=content.decode())


def crawl(stranger: Stranger, starts: list[str], most: int) -> Iterator[tuple[str, Taken]]:
    """Each address that can be reached, once: plain ones before those with a question, at most so many."""
    plain, asking, seen = list(starts), [], set(starts)
    while (plain or asking) and most > 0:
        address = plain.pop(0) if plain else asking.pop(0)
        taken = stranger.take(address)
        most -= 1
        yield address, taken
        found = [taken.leads_to] if taken.leads_to else [inside(link, address) for link in addresses_in(taken.page)]
        for link in found:
            if link and link not in seen and not link.startswith(settings.STATIC_URL):
                seen.add(link)
                (asking if "?" in link else plain).append(link)
