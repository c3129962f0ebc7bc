"""A year's facts as a Frictionless Data Package: CSV tables with keys, lists of values and patterns, in one ZIP."""

import hashlib
import io
import json
import zipfile

from spoiwo.ledger.exports.facts import TABLES, Field, Table, table_csv
from spoiwo.ledger.services.facts import YearFacts

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can hold: files carry no time of making
NOTE = (
    "Kwoty w groszach, liczby całkowite; brak kwoty to pusta komórka. Tekst, który arkusz wziąłby za formułę "
    "(zaczyna się od = + - @), ma przed sobą apostrof."
)


def package_files(facts: YearFacts) -> dict[str, bytes]:
    """The files of the package by name: `datapackage.json` and one CSV for each table."""
    tables = {f"{table.name}.csv": table_csv(table, facts) for table in TABLES}
    described = {
        "profile": "tabular-data-package",
        "name": f"spoiwo-{facts.region}-{facts.year}",
        "title": facts.title,
        "description": f"{NOTE} {facts.notice}".strip(),
        "invented": facts.invented,
        "resources": [_resource(table, tables[f"{table.name}.csv"]) for table in TABLES],
    }
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": text.encode("utf-8"), **tables}


def facts_package(facts: YearFacts) -> bytes:
    """The package as one ZIP; the same facts give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in package_files(facts).items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return packed.getvalue()


def _resource(table: Table, data: bytes) -> dict:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict:
    """The Table Schema of one table."""
    keys = [_foreign_key(table, field) for field in table.fields if field.refers]
    return {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(field: Field) -> dict:
    limits: dict = {}
    if field.required:
        limits["required"] = True
    if field.values:
        limits["enum"] = list(field.values)
    if field.pattern:
        limits["pattern"] = field.pattern
    described = {"name": field.name, "title": field.title, "type": field.kind}
    return described | ({"constraints": limits} if limits else {})


def _foreign_key(table: Table, field: Field) -> dict:
    target = next(other for other in TABLES if other.name == field.refers)
    resource = "" if target is table else target.name.replace("_", "-")
    return {"fields": [field.name], "reference": {"resource": resource, "fields": list(target.key)}}
