"""For machines that watch the house: does it live, is it ready, what does it count. No personal data in any of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from spoiwo.access import metrics
from spoiwo.access.audience import PUBLIC, audience
from spoiwo.access.health import Finding, findings
from spoiwo.access.watching import from_this_machine

REMEMBERED_FOR = timedelta(seconds=5)  # whoever asks more often gets the same answer
_last: dict[str, object] = {}


@audience(PUBLIC)
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else was asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@audience(PUBLIC)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether work can be done; the reasons only for this machine or a known watcher."""
    found = recent_findings(timezone.now())
    well = all(finding.well for finding in found.values())
    facts: dict[str, object] = {"ready": well}
    if from_this_machine(request) or carries_token(request):
        facts["checks"] = {name: finding.as_facts() for name, finding in found.items()}
    return JsonResponse(facts, status=200 if well else 503)


@audience(PUBLIC)
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """The counters; for this machine alone, whatever stands in front of it."""
    if not from_this_machine(request):
        return HttpResponse("not found\n", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(metrics.exposition(timezone.now()), content_type=CONTENT_TYPE_LATEST)


def recent_findings(now: datetime) -> dict[str, Finding]:
    """What the probes found, at most a few seconds ago."""
    if not _last or not timedelta(0) <= now - _last["at"] < REMEMBERED_FOR:
        _last.update(at=now, found=findings(now))
    return _last["found"]


def carries_token(request: HttpRequest) -> bool:
    """Whether a watcher elsewhere shows the token agreed with it (SPOIWO_HEALTH_TOKEN)."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.HEALTH_TOKEN) and constant_time_compare(shown, settings.HEALTH_TOKEN)
