"""The public face: the home page with two doors, and the pages every public site owes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.portal import services
from spoiwo.portal.words import said
from spoiwo.reports.services.reading import for_public
from spoiwo.reports.tables import grand
from spoiwo.reports.views.public import visible_years
from spoiwo.strategy.models import Strategy
from spoiwo.strategy.services import current_region


@audience(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Two doors: help, and where the money goes; below them the years and the strategies."""
    years = visible_years()
    real = [year for year in years if not year.invented] or years
    reading = for_public(real[0], now=timezone.localtime()) if real else None
    context = {
        "years": years,
        "reading": reading,
        "total": grand(reading.content) if reading else None,
        "strategies": Strategy.objects.of_region(current_region()),
    }
    return render(request, "portal/home.html", context)


@audience(PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """National numbers that answer at once."""
    return render(request, "portal/help.html")


@audience(PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What helps to use this site, and where it is declared how far it goes."""
    return render(request, "portal/accessibility.html")


@audience(PUBLIC)
@require_safe
def declaration(request: HttpRequest) -> HttpResponse:
    """The accessibility declaration, made from the results of the tests and what the office said."""
    found = services.declaration(today=timezone.localdate())
    language = get_language()
    context = {
        "declaration": found,
        "office": found.office,
        "results": found.results,
        "failures": [
            {"what": row.what[language], "reason": row.reason[language], "instead": row.instead[language], "row": row}
            for row in found.failures
        ],
        "to_fill": [said(name) for name in found.missing],
        "unusable": [said(name) for name in found.unusable],
    }
    return render(request, "portal/declaration.html", context)


@audience(PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site stores about a visitor."""
    return render(request, "portal/privacy.html", {"dpo": settings.DPO_CONTACT})


@audience(PUBLIC)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page by one list."""
    strategies = Strategy.objects.of_region(current_region()).prefetch_related("programmes")
    return render(request, "portal/sitemap.html", {"years": visible_years(), "strategies": strategies})
