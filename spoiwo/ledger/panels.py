"""Money on the pages of a task, of a programme and of its lineage: by year and source, each amount opens its lines."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from spoiwo.ledger.models import Source
from spoiwo.ledger.services.over_years import YearOfMoney, programmes_over_years, task_over_years
from spoiwo.ledger.services.visible import SeenYear, all_years, public_years
from spoiwo.strategy.models import Programme, Task
from spoiwo.strategy.panels import LINEAGE, OFFICE_PROGRAMME, OFFICE_TASK, PROGRAMME, TASK, register_panel
from spoiwo.strategy.services.reading import lineage_of

TEMPLATE = "ledger/_money_over_years.html"
PUBLIC_LINES, OFFICE_LINES = "money:lines", "ledger:lines"


def money_of_task(task: Task, today: date) -> tuple[str, dict] | None:
    """What a task cost in the years that everybody may see."""
    return _panel(task, task_over_years(task, public_years(task.region)), PUBLIC_LINES)


def office_money_of_task(task: Task, today: date) -> tuple[str, dict] | None:
    """What a task cost in every year."""
    return _panel(task, task_over_years(task, all_years(task.region)), OFFICE_LINES)


def money_of_programme(programme: Programme, today: date) -> tuple[str, dict] | None:
    """What a programme and those it continues cost in the years that everybody may see."""
    return _programme_panel(programme, public_years(programme.region), PUBLIC_LINES)


def office_money_of_programme(programme: Programme, today: date) -> tuple[str, dict] | None:
    """What a programme and those it continues cost in every year."""
    return _programme_panel(programme, all_years(programme.region), OFFICE_LINES)


def money_of_lineage(programme: Programme, today: date) -> tuple[str, dict] | None:
    """What a programme, those it continues and those that continue it cost in the years that everybody may see."""
    return _programme_panel(programme, public_years(programme.region), PUBLIC_LINES, heirs=True)


def _programme_panel(
    programme: Programme, years: list[SeenYear], lines: str, heirs: bool = False
) -> tuple[str, dict] | None:
    line = [item.programme for item in reversed(lineage_of(programme)) if heirs or item.distance <= 0]
    return _panel(programme, programmes_over_years(line, years), lines)


def _panel(about: Task | Programme, rows: list[YearOfMoney], lines: str) -> tuple[str, dict] | None:
    if not rows:
        return None
    used = {source for row in rows for source in row.cells}
    sources = list(Source.objects.filter(region=about.region, pk__in=used))
    facts = {
        "sources": sources,
        "rows": [_laid_out(about, row, sources, lines) for row in rows],
        "planned": any(row.plan_gr is not None for row in rows),
    }
    return TEMPLATE, facts


def _laid_out(about: Task | Programme, row: YearOfMoney, sources: list[Source], lines: str) -> dict:
    address = reverse(lines, args=[row.seen.year.year])
    which = {"zadanie" if isinstance(row.of, Task) else "program": row.of.code}

    def opened(amount_gr: int | None, **more: str) -> dict:
        return {"gr": amount_gr, "url": f"{address}?{urlencode(which | more)}"}

    return {
        "year": row.seen.year,
        "published": row.seen.published,
        "other": row.of if row.of.pk != about.pk else None,
        "cells": [opened(row.cells.get(source.pk), zrodlo=source.code) | {"source": source} for source in sources],
        "total": opened(row.total_gr),
        "plan": {"gr": row.plan_gr, "url": f"{address}?{urlencode(which)}#plan"},
    }


register_panel(TASK, 10, money_of_task)
register_panel(OFFICE_TASK, 10, office_money_of_task)
register_panel(PROGRAMME, 10, money_of_programme)
register_panel(OFFICE_PROGRAMME, 10, office_money_of_programme)
register_panel(LINEAGE, 10, money_of_lineage)
