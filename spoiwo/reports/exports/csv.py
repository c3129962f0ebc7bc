"""Tables for other programs: figures and lines of money as CSV, described by a data package."""

import io
import json
import zipfile

from spoiwo.kernel.cells import csv_bytes, safe_cell
from spoiwo.kernel.money import zl_plain
from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.words import clean

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can hold: files carry no time of making

FIGURES = (
    ("id", "string", "Identyfikator liczby, ten sam w każdym formacie"),
    ("label", "string", "Co to za liczba"),
    ("value", "string", "Wartość: kwota w groszach, liczba albo procent z kropką; puste: nic nie podano"),
    ("unit", "string", "gr, % albo kod jednostki miary"),
    ("value_gr", "integer", "Kwota w groszach; puste, gdy to nie kwota albo kwoty nie podano"),
    ("value_zl", "string", "Ta sama kwota w złotych, z przecinkiem, na przykład 9025049,77"),
    ("precision", "string", "exact, rounded albo about"),
    ("status", "string", "agrees, open, explained, accepted, no_lines albo puste"),
    ("rule", "string", "Jak liczba powstała, JSON"),
    ("records", "integer", "Z ilu rekordów"),
)
ENTRIES = (
    ("number", "integer", "Numer pozycji w załączniku"),
    ("key", "string", "Klucz pozycji"),
    ("figure", "string", "Identyfikator komórki tabeli, do której pozycja należy"),
    ("programme", "string", "Kod programu; puste: poza programami"),
    ("task", "string", "Kod zadania"),
    ("source", "string", "Kod źródła"),
    ("kind", "string", "payment albo refund"),
    ("amount_gr", "integer", "Kwota w groszach; zwrot jest ujemny"),
    ("amount_zl", "string", "Ta sama kwota w złotych, z przecinkiem"),
    ("date", "date", "Dzień"),
    ("description", "string", "Opis"),
    ("document", "string", "Kod dokumentu"),
    ("organisation", "string", "Kod instytucji"),
    ("place", "string", "Kod TERYT"),
    ("tags", "string", "Przekroje, oddzielone średnikiem"),
    ("entered_by", "string", "Kto wprowadził"),
    ("entered_at", "string", "Kiedy wprowadzono"),
    ("checked_by", "string", "Kto sprawdził"),
    ("version", "integer", "Która wersja pozycji"),
)
NOTE = (
    "UTF-8 ze znacznikiem BOM, przecinek. Tekst, który arkusz wziąłby za formułę (zaczyna się od = + - @), "
    "ma przed sobą apostrof; liczb to nie dotyczy."
)


def csv_files(content: dict) -> dict[str, bytes]:
    """The tables by file name: `figures.csv`, `entries.csv`, and `datapackage.json` that describes them."""
    annex = Annex(content)
    return {
        "datapackage.json": _package(content),
        "figures.csv": _table(FIGURES, _figures(content, annex)),
        "entries.csv": _table(ENTRIES, _entries(annex)),
    }


def render_csv(content: dict) -> bytes:
    """All tables in one ZIP. The same content gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in csv_files(clean(content)).items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return packed.getvalue()


def _table(columns: tuple, rows) -> bytes:
    return csv_bytes([[name for name, _kind, _words in columns], *rows], delimiter=",")


def _figures(content: dict, annex: Annex):
    for id_ in annex.order:
        figure = content["figures"][id_]
        value = figure["value"]
        money = figure["kind"] == "money" and value is not None
        yield (
            safe_cell(id_),
            safe_cell(annex.label(figure)),
            "" if value is None else value,
            figure["unit"],
            value if money else "",
            zl_plain(value) if money else "",
            figure["precision"],
            figure["status"],
            json.dumps(figure["rule"], ensure_ascii=False, sort_keys=True),
            figure["records"],
        )


def _entries(annex: Annex):
    for number, group, entry in annex.entries():
        yield (
            number,
            safe_cell(entry["key"]),
            safe_cell(group.cell),
            safe_cell(entry["programme"]),
            safe_cell(entry["task"]),
            safe_cell(entry["source"]),
            entry["kind"],
            entry["amount_gr"],
            zl_plain(entry["amount_gr"]),
            entry["date"] or "",
            safe_cell(entry["description"]),
            safe_cell(entry["document"]),
            safe_cell(entry["organisation"]),
            entry["place"] or "",
            safe_cell(";".join(entry["tags"])),
            safe_cell(entry["entered_by"]),
            entry["entered_at"],
            safe_cell(entry["checked_by"]),
            entry["version"],
        )


def _package(content: dict) -> bytes:
    """A Frictionless Data Package with the meaning of each column."""
    version = content["version"] or "projekt"
    described = {
        "name": f"sprawozdanie-{content['year']}",
        "title": content["title"],
        "description": NOTE + (f" {content['notice']}" if content["notice"] else ""),
        "version": str(version),
        "created": content["finalised"]["at"] if content["finalised"] else content["as_of"],
        "fingerprint": content["fingerprint"],
        "invented": content["invented"],
        "resources": [_resource("figures", FIGURES, "id"), _resource("entries", ENTRIES, "key")],
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(name: str, columns: tuple, key: str) -> dict:
    fields = [{"name": field, "type": kind, "description": words} for field, kind, words in columns]
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {"fields": fields, "primaryKey": key},
    }
