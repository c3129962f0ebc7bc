"""The ledger's words on the screen."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain import schema
from spoiwo.ledger.models import DeclaredTotal, FiscalYear, Scope
from spoiwo.ledger.services.import_year import ImportPlan, RowChange
from spoiwo.ledger.year_tabs import year_tabs as registered_tabs

register = template.Library()


@register.filter
def declared_label(declared: DeclaredTotal, year: FiscalYear) -> str:
    """What a declared total speaks of, in words."""
    match declared.scope:
        case Scope.GRAND:
            return _("Grand total %(year)d") % {"year": year.year}
        case Scope.SOURCE:
            return str(declared.source)
        case Scope.PROGRAMME:
            return str(declared.programme)
        case Scope.CELL:
            return f"{declared.programme}, {declared.source}"
        case _other:
            return _("Cross-cut: %(name)s") % {"name": declared.tag}


@register.inclusion_tag("ledger/_year_tabs.html", takes_context=True)
def year_tabs(context, year: FiscalYear) -> dict:
    """The pages of one year, the present one marked."""
    here = context["request"].resolver_match.view_name
    groups = []
    for label, tabs in registered_tabs():
        found = [
            {"label": tab.label, "url": reverse(tab.url_name, args=[year.year]), "current": tab.url_name == here}
            for tab in tabs
        ]
        groups.append({"label": label, "tabs": found})
    return {"groups": groups}


@register.filter
def table_label(name: str) -> str:
    """The table as the workbook calls it."""
    return schema.table(name).label


@register.filter
def unchanged_count(plan: ImportPlan) -> int:
    """Rows that stay as they are."""
    return sum(plan.unchanged.values())


@register.filter
def plan_tables(plan: ImportPlan) -> list[dict]:
    """The plan by table: what is new and what changes."""
    result = []
    for name, counts in plan.counts().items():
        result.append(
            {
                "label": table_label(name),
                "new": [change for change in plan.new if change.table == name],
                "changed": [change for change in plan.changed if change.table == name],
                "new_note": _("new: %(n)d") % {"n": counts["new"]},
                "changed_note": _("changed: %(n)d") % {"n": counts["changed"]},
            }
        )
    return result


@register.filter
def in_short(change: RowChange) -> str:
    """A new row in a line: amounts in złote, then the words."""
    parts = [
        _shown(name, change.values[name])
        for name in ("amount_gr", "description", "name", "statement", "title")
        if change.values.get(name) is not None
    ]
    return " · ".join(parts) or "–"


@register.filter
def field_changes(change: RowChange) -> list[dict]:
    """Columns that change, with both values."""
    return [
        {"name": _column_label(change.table, name), "before": _shown(name, a), "after": _shown(name, b)}
        for name, (a, b) in change.changed.items()
    ]


def _column_label(table: str, name: str) -> str:
    bare = name.removesuffix("_gr")
    return next((column.label for column in schema.table(table).columns if column.name in {name, bare}), name)


def _shown(name: str, value: object) -> str:
    if name.endswith("_gr"):
        return zl(value)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
