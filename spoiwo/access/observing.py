"""The outermost layer: a number for every request, one line in the log and one count, whatever the answer."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from spoiwo.access import metrics
from spoiwo.access.headers import HEALTH, STATIC_FILE, class_of
from spoiwo.access.logs import current_request
from spoiwo.ui.context import COPY_OF

logger = logging.getLogger(__name__)
NOWHERE = "-"
QUIET = (STATIC_FILE, HEALTH)  # counted, not written down


class ObservingMiddleware:
    """Time and count every answer."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the line is written when the answer is ready. A copy in files is nobody's visit."""
        if COPY_OF in request.META:
            return self.get_response(request)
        request.number = secrets.token_hex(8)
        token = current_request.set(request.number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            kind = class_of(request, response)
            view = "static" if kind is STATIC_FILE else _view_of(request)
            metrics.count_answer(view, response.status_code, seconds)
            if kind not in QUIET:
                logger.info("answer", extra=_facts(request, response, view, seconds))
        finally:
            current_request.reset(token)
        return response


def _view_of(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name or NOWHERE if match else NOWHERE


def _facts(request: HttpRequest, response: HttpResponse, view: str, seconds: float) -> dict[str, object]:
    return {
        "view": view,
        "method": request.method if request.method in METHODS else "OTHER",
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": mark_of(getattr(request, "user", None)),
    }


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def mark_of(user) -> str | None:
    """A mark that ties the lines of one person together; only who holds the signing key can tell whose it is."""
    known = getattr(user, "_wrapped", user)  # a person nobody asked about is not asked about for the log
    key = getattr(known, "pk", None)
    return salted_hmac("spoiwo.log", str(key)).hexdigest()[:12] if key else None
