"""The report's figures and records as the page writes them."""

from datetime import date, datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.kernel.money import zl
from spoiwo.reports.tables import in_words
from spoiwo.ui import text

register = template.Library()


@register.filter
def get(mapping: dict, key: str) -> object:
    """The value under a key, or nothing."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def get_name(documents: dict, code: str) -> str:
    """The document's name, or its code when it is not listed."""
    return documents[code]["name"] if code in documents else code or "–"


@register.filter
def in_zl(content: dict, figure: dict) -> str:
    """A figure's value in words."""
    return in_words(content, figure)


@register.filter
def figure_zl(content: dict, id_: str) -> str:
    """The value of a figure named by its identifier."""
    return in_words(content, content["figures"][id_])


@register.filter
def declared_zl(row: dict, content: dict) -> str:
    """What the document states, for a difference."""
    return figure_zl(content, row["declared"])


@register.filter
def computed_zl(row: dict, content: dict) -> str:
    """What the lines give, for a difference."""
    return figure_zl(content, row["computed"])


@register.filter
def difference_href(row: dict, hrefs: dict) -> str:
    """The page of a difference."""
    return hrefs.get(row["figure"], "")


@register.filter
def section_title(section: dict) -> str:
    """Number and title of a section."""
    return f"{section['number']}. {section['title']}" if section["number"] else section["title"]


@register.filter
def change_value(change: dict, side: str) -> str:
    """One side of a changed figure."""
    value = change[side]
    if change["unit"] == "gr":
        return zl(value)
    if value is None:
        return "–"
    return str(value).replace(".", ",") + ("\u00a0%" if change["unit"] == "%" else "")


@register.filter
def iso_day(value: str) -> str:
    """2019-10-04 → 4.10.2019."""
    return text.written_day(date.fromisoformat(value), "table")


@register.filter
def iso_moment(value: str) -> str:
    """A moment of a record, in the office's zone."""
    return text.written_moment(datetime.fromisoformat(value), "table")


@register.filter
def precision_words(precision: str) -> str:
    """How exact a figure is."""
    return {
        "exact": _("exact, to the last unit"),
        "rounded": _("rounded by its source"),
        "about": _("about; the source gives no exact number"),
    }[precision or "exact"]


@register.filter
def programme_name(code: str, content: dict) -> str:
    """The short name of a programme of the report."""
    names = {row["programme"]: row["short_name"] for row in content["matrix"]["rows"]}
    return names.get(code, code)


@register.filter
def rule_words(rule: dict, content: dict) -> str:
    """How a figure is counted, in a sentence."""
    match rule["op"], rule.get("of"):
        case "sum", "entries":
            return _("sum of lines: %(where)s") % {"where": _where(rule["where"], content)}
        case "sum", "results":
            return _("sum of the results with this measure")
        case "sum", "earlier":
            return _("sum of the lines of %(year)d") % {"year": rule["year"]}
        case "stated", "declared":
            return _("stated in the document")
        case "stated", _of:
            return _("a recorded result")
        case "minus", _of:
            return _("declared minus computed")
        case "count", _of:
            return _("number of records")
        case _op:
            return _("part of the whole, in per cent")


def _where(where: dict, content: dict) -> str:
    sources = {row["code"]: row["name"] for row in content["sources"]}
    tags = {row["tag"]: row["name"] for row in content["cross_cuts"]}
    parts = []
    if "programme" in where:
        code = where["programme"]
        parts.append(
            _("in any programme")
            if code == "*"
            else content["outside_label"]
            if code is None
            else programme_name(code, content)
        )
    if "source" in where:
        parts.append(sources.get(where["source"], where["source"]))
    if "tag" in where:
        parts.append(tags.get(where["tag"], where["tag"]))
    return ", ".join(parts) or _("all of the year")


@register.filter
def record_facts(record: dict, documents: dict) -> list[tuple[str, str]]:
    """A stated record as terms and values."""
    facts = []
    if "amount_gr" in record:
        facts.append((_("Amount"), zl(record["amount_gr"])))
    if record.get("value") is not None:
        facts.append((_("Value"), str(record["value"]).replace(".", ",")))
    if record.get("people") is not None:
        facts.append((_("People reached"), str(record["people"])))
    if record.get("rounded_to_gr"):
        facts.append((_("Rounded to"), zl(record["rounded_to_gr"])))
    if record.get("place"):
        count = len(record["place"])
        words = ngettext("%(n)d place: %(codes)s", "%(n)d places: %(codes)s", count)
        facts.append((_("Places (TERYT)"), words % {"n": count, "codes": ", ".join(record["place"])}))
    facts.append((_("Document"), get_name(documents, record["document"])))
    if code := documents.get(record["document"], {}).get("address"):
        facts.append((_("Address of the document"), code))
    if record.get("note"):
        facts.append((_("Note"), record["note"]))
    facts.append((_("Key of the record"), record["key"]))
    return facts
