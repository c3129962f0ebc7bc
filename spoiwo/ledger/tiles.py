"""The money's tiles on the morning page: plan and spending, what is at risk, differences, questions."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.kernel.money import percent, percent_value, zl
from spoiwo.ledger.domain.forecast import days_of, passed_days
from spoiwo.ledger.domain.reconcile import OUTSIDE
from spoiwo.ledger.models import FiscalYear, PlanKind
from spoiwo.ledger.services.plan import (
    PlanSummary,
    Standing,
    commitment_rows,
    late_rows,
    plan_summary,
    tasks_behind,
)
from spoiwo.ledger.services.waiting import open_differences, open_questions, year_at_work
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.indicators import risks
from spoiwo.ui.text import written_day
from spoiwo.ui.tiles import FULL, HALF, WIDE, register_tile

SHOWN = 6  # rows of a tile; the rest is behind its link


def start(request: HttpRequest, today: date) -> dict | None:
    """What an empty house needs first: a year."""
    return None if FiscalYear.objects.exists() else {}


def money(request: HttpRequest, today: date) -> dict | None:
    """Plan, committed, spent and left of the year at work, by source and by programme."""
    year = year_at_work(current_region(), today.year)
    if year is None:
        return None
    summary = plan_summary(year, today)
    if not summary.rows:
        return None
    total = summary.total
    return {
        "year": year,
        "keeps_plan": total.plan_gr is not None,
        "total": total,
        "share": _share(total),
        "mark": _width(passed_days(year.year, today), days_of(year.year)) if year.year == today.year else "",
        "sources": _by_source(summary),
        "programmes": _by_programme(summary),
        "plan_url": plan_url(year),
    }


def plan_url(year: FiscalYear) -> str:
    """The page of the plan of a year."""
    return _address("plan:plan", year, {})


def planned_urls(year: FiscalYear, **where: str) -> dict[str, str]:
    """The lines that a plan and its commitments are made of."""
    return {
        "plan_url": _address("plan:lines", year, where),
        "committed_url": _address("plan:lines", year, where | {"rodzaj": str(PlanKind.COMMITMENT)}),
    }


def lines_url(year: FiscalYear, **where: str) -> str:
    """The lines of a year that an amount is made of."""
    return _address("ledger:entries", year, where)


def _address(name: str, year: FiscalYear, where: dict[str, str]) -> str:
    return reverse(name, args=[year.year]) + (f"?{urlencode(where)}" if where else "")


def _by_source(summary: PlanSummary) -> list[dict]:
    sources = {row.source.code: row.source for row in summary.rows}
    return [
        {
            "source": sources[code],
            "standing": standing,
            "share": _share(standing),
            "spent_width": _width(standing.spent_gr, standing.plan_gr),
            "used_width": _width(_used_gr(standing), standing.plan_gr),
            "lines_url": lines_url(summary.year, zrodlo=code),
            **planned_urls(summary.year, zrodlo=code),
        }
        for code, standing in summary.by_source.items()
    ]


def _by_programme(summary: PlanSummary) -> list[dict]:
    programmes = {row.programme.code: row.programme for row in summary.rows if row.programme}
    return [
        {
            "programme": programmes.get(code),
            "standing": standing,
            "share": _share(standing),
            "lines_url": lines_url(summary.year, program=code or OUTSIDE),
            **planned_urls(summary.year, program=code or OUTSIDE),
        }
        for code, standing in summary.by_programme.items()
    ]


def _used_gr(standing: Standing) -> int:
    """What is spent or promised: the plan less what is left."""
    return (standing.plan_gr or 0) - (standing.left_gr or 0)


def _share(standing: Standing) -> str:
    """What part of the plan is spent; nothing without a plan."""
    return percent(standing.spent_gr or 0, standing.plan_gr, places=1) if standing.plan_gr else ""


def _width(part: int | None, whole: int | None) -> str:
    """A part of a bar as SVG writes it, from "0%" to "100%"."""
    if not whole or not part or part < 0:
        return "0%"
    return "100%" if part >= whole else f"{percent_value(part, whole, 1)}%"


def at_risk(request: HttpRequest, today: date) -> dict | None:
    """Indicators off course, tasks behind the calendar, commitments past their day; each with its reason."""
    region = current_region()
    rows = [_indicator_row(row) for row in risks(today, region)]
    year = year_at_work(region, today.year)
    if year is not None and year.year == today.year:
        rows = [*_late(year, today), *_behind(plan_summary(year, today)), *rows]
    rows.sort(key=lambda row: row["tone"] != "bad")  # what needs a person today comes first; the rest stays in order
    address = plan_url(year) if year is not None else ""
    return {"rows": rows[:SHOWN], "count": len(rows), "plan_url": address} if rows else None


def _indicator_row(row: dict) -> dict:
    task = row["task"]
    return {
        "about": row["about"],
        "what": row["indicator"].name,
        "url": reverse("indicators:indicator", args=[row["indicator"].code]),
        "tone": row["tone"],
        "word": row["word"],
        "reason": row["reason"],
        "lead": task.lead if task else None,
    }


def _late(year: FiscalYear, today: date) -> list[dict]:
    return [
        {
            "about": row.commitment.task or row.commitment.programme or year.outside_label,
            "what": row.commitment.description,
            "url": plan_url(year),
            "tone": "bad",
            "word": _("late"),
            "reason": _("%(amount)s was to be paid by %(day)s.")
            % {"amount": zl(row.to_pay_gr), "day": written_day(row.commitment.due_on)},
            "lead": row.commitment.task.lead if row.commitment.task else None,
        }
        for row in late_rows(commitment_rows(year), today)
    ]


def _behind(summary: PlanSummary) -> list[dict]:
    return [
        {
            "about": task,
            "what": _("plan %(plan)s, spent and committed %(used)s")
            % {"plan": zl(standing.plan_gr), "used": zl(_used_gr(standing))},
            "url": plan_url(summary.year),
            "tone": "warn",
            "word": _("too slow"),
            "reason": _("%(amount)s less than the calendar and a quarter of the plan allow.")
            % {"amount": zl(behind_gr)},
            "lead": task.lead,
        }
        for task, standing, behind_gr in tasks_behind(summary)
    ]


def differences(request: HttpRequest, today: date) -> dict | None:
    """Differences of all years that nobody explained or accepted."""
    region = current_region()
    years = open_differences(region)
    if not years and year_at_work(region, today.year) is None:
        return None
    return {"years": years, "count": sum(len(row.open) for row in years)}


def questions(request: HttpRequest, today: date) -> dict | None:
    """Questions to the accountant without an answer, by year."""
    counts = open_questions(current_region())
    return {"counts": counts, "count": sum(counts.values())} if counts else None


register_tile(
    "start",
    gettext_lazy("The first year"),
    0,
    "ledger/_tile_start.html",
    start,
    permission="ledger.import_year",
    width=FULL,
)
register_tile(
    "risks",
    gettext_lazy("Tasks at risk"),
    10,
    "ledger/_tile_risks.html",
    at_risk,
    permission="ledger.view_year",
    width=WIDE,
)
register_tile(
    "money",
    gettext_lazy("Plan and spending"),
    30,
    "ledger/_tile_money.html",
    money,
    permission="ledger.view_year",
    width=FULL,
)
register_tile(
    "differences",
    gettext_lazy("Open differences"),
    40,
    "ledger/_tile_differences.html",
    differences,
    permission="ledger.view_year",
    width=HALF,
)
register_tile(
    "questions",
    gettext_lazy("Questions to the accountant"),
    50,
    "ledger/_tile_questions.html",
    questions,
    permission="ledger.view_year",
    width=HALF,
)
