"""What a visitor sees when something cannot be done: one page for each reason, without a query where that matters."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

TRY_AGAIN_SECONDS = 30
LONGEST_ADDRESS = 4000  # signs


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; what was sent is too much: 413."""
    return page(413 if isinstance(exception, RequestDataTooBig) else 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that does not answer. No query, no context, no list of hashed files."""
    if is_of_the_database(sys.exc_info()[1]):
        return unavailable()
    return page(500, number=getattr(request, "number", ""))


def unavailable() -> HttpResponse:
    """503: soon again."""
    response = page(503)
    response.headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def page(status: int, **facts: object) -> HttpResponse:
    """The page of a status, which asks nobody for anything."""
    return HttpResponse(render_to_string(f"{status}.html", facts), status=status)


def is_of_the_database(problem: BaseException | None) -> bool:
    """Whether the database does not answer, cannot be written to, or has no room."""
    return isinstance(problem, OperationalError | InterfaceError)


def in_our_look(response: HttpResponse) -> HttpResponse:
    """Give a body to a bare refusal of a method."""
    if response.status_code != 405 or response.streaming or response.content:
        return response
    shown = page(405)
    shown.headers["Allow"] = response.headers.get("Allow", "")
    return shown
