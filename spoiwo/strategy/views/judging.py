"""Indicators as everybody may read them, and the rule by which they are judged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.strategy.domain import status as rule
from spoiwo.strategy.domain.periods import DAYS_TO_ENTER
from spoiwo.strategy.models import Frequency, Indicator
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.indicator_page import page_facts
from spoiwo.strategy.services.indicator_words import STATES
from spoiwo.strategy.services.indicators import judged, loaded, of_region, told_rows


@audience(PUBLIC)
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators of the region, in the order of what they measure."""
    region = current_region()
    rows = told_rows(("region", region), of_region(region), timezone.localdate())
    return render(
        request, "strategy/indicator_list.html", {"indicators": rows, "invented": any(row["invented"] for row in rows)}
    )


@audience(PUBLIC)
@require_safe
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its status with the reason, the series, the meaning, the values and their corrections."""
    row = get_object_or_404(loaded(Indicator.objects.all()), region=current_region(), code=code)
    return render(request, "strategy/indicator_page.html", page_facts(judged(row, timezone.localdate())))


@audience(PUBLIC)
@require_safe
def how_we_judge(request: HttpRequest) -> HttpResponse:
    """The rule of the status, with the very limits that the program uses."""
    limits = {
        "on_course_way": rule.ON_COURSE_WAY,
        "at_risk_way": rule.AT_RISK_WAY,
        "on_course_level": rule.ON_COURSE_LEVEL,
        "at_risk_level": rule.AT_RISK_LEVEL,
    }
    context = {name: f"{share * 100}\u00a0%" for name, share in limits.items()}
    context["terms"] = [(frequency.label, DAYS_TO_ENTER[frequency]) for frequency in Frequency]
    context["tags"] = {str(state): {"tone": tone, "word": word} for state, (tone, word) in STATES.items()}
    return render(request, "strategy/how_we_judge.html", context)
