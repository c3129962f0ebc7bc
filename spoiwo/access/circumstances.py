"""Each request tells the record of deeds in what circumstances a person acts, and which refusals are to be counted."""

import logging
import secrets
from collections.abc import Callable

from allauth.core.internal.httpkit import get_client_ip
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from spoiwo.audit.acting import Circumstances, acting_in
from spoiwo.audit.services.refusals import count_refusal
from spoiwo.audit.watching import is_protected

log = logging.getLogger(__name__)
REFUSED = {403, 404}


class CircumstancesMiddleware:
    """Around every view; stands below the middleware that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the circumstances of this request, and count the answer when it is a refusal."""
        number = getattr(request, "number", "") or secrets.token_hex(8)  # the same as in the log
        with acting_in(Circumstances(number, get_client_ip(request) or "")):
            response = self.get_response(request)
            _count(request, response.status_code)
            return response


def _count(request: HttpRequest, status: int) -> None:
    match = request.resolver_match
    if status not in REFUSED or match is None or not is_protected(match.view_name) or not request.user.is_authenticated:
        return
    try:
        count_refusal(by=request.user, view=match.view_name, status=status, now=timezone.now())
    except DatabaseError:
        log.exception("a refusal could not be counted")  # it stays a refusal
