"""The three addresses for machines that watch the house: answered before anything else is asked.

No session, no host name, no database for `/healthz`; the views themselves say to whom they tell how much.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

ADDRESSES = ("/healthz", "/readyz", "/metrics")
LOOPBACK = {"127.0.0.1", "::1"}
LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]"}
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


class WatchingMiddleware:
    """A short way to the three addresses."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One of the three, or all others as usual."""
        if request.path not in ADDRESSES:
            return self.get_response(request)
        try:
            request.resolver_match = match = resolve(request.path)
        except Resolver404:
            return self.get_response(request)
        return match.func(request)


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the request was made here and not passed on by a proxy that stands here."""
    if request.META.get("REMOTE_ADDR") not in LOOPBACK or any(name in request.META for name in FORWARDED):
        return False
    host = request.META.get("HTTP_HOST", "")
    return (host if host.endswith("]") else host.rpartition(":")[0] or host) in LOCAL_NAMES
