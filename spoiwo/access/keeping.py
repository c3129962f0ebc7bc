"""The layer that serves public pages from memory: what it refuses is more important than what it keeps."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_path

from spoiwo.access import metrics
from spoiwo.access.headers import PUBLIC_FILE, PUBLIC_PAGE, class_of
from spoiwo.access.public_cache import LARGEST_ANSWER, Key, Mark, PublicCache, answer_from, key_of
from spoiwo.ui.context import COPY_OF

# A page may differ by these and still be the same for everybody: the first is ours, the language is in the address.
HARMLESS = {"accept-encoding", "accept-language"}
TOKEN = b"csrfmiddlewaretoken"
PERSONAL_REQUEST = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE", COPY_OF)


class PublicCacheMiddleware:
    """Answer from memory, or ask the house and remember; whoever carries a cookie goes past."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response
        self.cache = PublicCache(settings.PUBLIC_CACHE_BYTES, today=timezone.localdate)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One request."""
        asked = self._question(request)
        if asked is None:
            return self.get_response(request)
        key, mark = asked
        kept = self.cache.find(key, mark)
        if kept is not None:
            metrics.count_cache("hit")
            request.resolver_match = kept.match
            return answer_from(kept, request)
        response = self.get_response(request)
        if request.method != "GET" or not may_be_kept(request, response):
            return response
        metrics.count_cache("kept")
        return answer_from(self.cache.keep(key, mark, request, response), request)

    def _question(self, request: HttpRequest) -> tuple[Key, Mark] | None:
        """The key and the mark of the moment; None when the request may not be answered from memory."""
        if not settings.PUBLIC_CACHE_BYTES or not may_be_asked(request):
            return None
        try:
            host = request.get_host()
            language = get_language_from_path(request.path) or settings.LANGUAGE_CODE
            key = key_of(request, host, language)
            return (key, self.cache.mark()) if key else None
        except (DatabaseError, DisallowedHost):
            return None  # the house itself says what is wrong


def may_be_asked(request: HttpRequest) -> bool:
    """Whether the request comes from nobody in particular and only reads."""
    return request.method in {"GET", "HEAD"} and not any(request.META.get(name) for name in PERSONAL_REQUEST)


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is a whole public page or small file that knows nobody."""
    if response.status_code != 200 or response.streaming or response.cookies or "CSRF_COOKIE" in request.META:
        return False
    if {"no-store", "private"} & _words(response.headers.get("Cache-Control", "")):
        return False
    if _words(response.headers.get("Vary", "")) - HARMLESS or "Set-Cookie" in response.headers:
        return False
    if class_of(request, response) not in (PUBLIC_PAGE, PUBLIC_FILE):
        return False
    return len(response.content) <= LARGEST_ANSWER and TOKEN not in response.content


def _words(header: str) -> set[str]:
    return {word.strip().partition("=")[0].lower() for word in header.split(",") if word.strip()}
