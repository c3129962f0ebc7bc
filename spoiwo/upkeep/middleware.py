"""Every request goes through the gate, so that maintenance can wait until the house is empty."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from spoiwo.upkeep import gate
from spoiwo.upkeep.errors import InMaintenance

READS = {"GET", "HEAD", "OPTIONS"}
ALWAYS_OPEN = ("/healthz", "/readyz", "/metrics", "/static/")
RETRY_SECONDS = 120


class GateMiddleware:
    """Answer 503 with a page of its own while the house is closed; neither the database nor a session is asked."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or say that work goes on."""
        if request.path.startswith(ALWAYS_OPEN):
            return self.get_response(request)
        try:
            with gate.at_work(reads=request.method in READS):
                return self.get_response(request)
        except InMaintenance:
            facts = {"reads": gate.closed() is gate.Closed.WRITES}
            response = HttpResponse(render_to_string("upkeep/maintenance.html", facts), status=503)
            response["Retry-After"] = str(RETRY_SECONDS)
            response["Cache-Control"] = "no-store"
            response._has_been_logged = True  # a closed house is no fault of the program
            return response
