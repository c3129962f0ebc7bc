"""What the public and the office may read of a year: the final version, a version, or the draft."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from spoiwo.access.remembering import remembered
from spoiwo.ledger.models import FiscalYear
from spoiwo.reports.models import Report
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.records import chosen, entry_rows, light_records_of, records_of
from spoiwo.reports.services.versions import all_records, draft, summary_of, whole


@dataclass
class Reading:
    """One report to read; `report` is None for the draft."""

    year: FiscalYear
    report: Report | None
    content: dict
    now: datetime
    public: bool = False  # a draft that everybody reads may be worked out once until the next deed
    _records: dict | None = field(default=None, repr=False)
    _light: dict | None = field(default=None, repr=False)

    def whole(self) -> dict:
        """The content with all its records."""
        return whole(self.report) if self.report else draft(self.year, now=self.now)

    def entries(self, where: dict, start: int, size: int) -> tuple[list[dict], int]:
        """One page of the lines that a rule names, and how many there are."""
        if self.report is None:
            rows = chosen(self.year, where)
            ids = list(rows.order_by("date", "pk").values_list("pk", flat=True)[start : start + size])
            return entry_rows(self.year.entries.filter(pk__in=ids)), rows.count()
        rows = [row for row in self.records()["entries"] if holds(row, where)]
        return rows[start : start + size], len(rows)

    def records(self) -> dict:
        """The records: frozen ones of a final report, else those of now."""
        if self._records is None:
            self._records = all_records(self.report) if self.report else records_of(self.year)
        return self._records

    def light(self) -> dict:
        """The records without the lines of money: what a page of the report needs."""
        if self._light is None:
            self._light = json.loads(self.report.records) if self.report else self._light_of_draft()
        return self._light

    def _light_of_draft(self) -> dict:
        if not self.public:
            return light_records_of(self.year)
        name = ("light records", self.year.pk)
        return json.loads(remembered(name, lambda: json.dumps(light_records_of(self.year))))

    def record(self, table: str, key: str) -> dict | None:
        """One record by its key or code."""
        name = "code" if table in {"documents", "tasks", "programmes"} else "key"
        return next((row for row in self.light()[table] if row[name] == key), None)


def holds(row: dict, where: dict) -> bool:
    """Whether a line of money belongs to a rule."""
    if "programme" in where:
        code = where["programme"]
        if row["programme"] is None if code == "*" else row["programme"] != code:
            return False
    if "source" in where and row["source"] != where["source"]:
        return False
    return "tag" not in where or where["tag"] in row["tags"]


def for_public(year: FiscalYear, *, now: datetime, version: int | None = None) -> Reading | None:
    """The version asked for, else the latest final one, else the draft if it may be seen."""
    reports = year.reports.defer("lines")
    report = reports.first() if version is None else reports.filter(version=version).first()
    if report:
        return Reading(year, report, summary_of(report), now)
    if version is None and year.shown_before_final:
        made = remembered(("draft", year.pk), lambda: json.dumps(content_of(year, now=now)))
        return Reading(year, None, json.loads(made), now, public=True)
    return None


def for_office(year: FiscalYear, *, now: datetime) -> Reading:
    """The draft as the records are now."""
    return Reading(year, None, content_of(year, now=now), now)
