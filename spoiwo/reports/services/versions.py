"""Making a report final, and setting a final report beside what is known now."""

import json
from datetime import datetime

from django.db import transaction

from spoiwo.audit.services import chain_head, name_of, record
from spoiwo.kernel.canonical import canonical_json
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.reports.domain.content import changed_figures, sealed
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.errors import DifferencesOpen, DoesNotHold, NothingChanged, ReasonMissing, SnapshotBroken
from spoiwo.reports.models import Report
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.records import records_of

HEAVY = ("entries", "earlier")  # records that grow with the number of lines


PRINTED = ("title", "notice", "figures", "sections", "summary", "narratives", "differences", "comparison", "records")


def draft(year: FiscalYear, *, now: datetime) -> dict:
    """The whole draft with its records and fingerprint."""
    return sealed(content_of(year, now=now) | {"records": records_of(year)})


def summary_of(report: Report) -> dict:
    """The content of a final report without its records."""
    return json.loads(report.content)


def whole(report: Report) -> dict:
    """The content of a final report with its records, as it was frozen. Raises: SnapshotBroken."""
    content = json.loads(report.content) | {"records": all_records(report)}
    if sealed(content)["fingerprint"] != report.fingerprint:
        raise SnapshotBroken
    return content


def all_records(report: Report) -> dict:
    """Every record of a final report, as it was frozen."""
    return json.loads(report.records) | json.loads(report.lines)


@transaction.atomic
def finalise(*, year: FiscalYear, by, now: datetime, reason: str = "") -> Report:
    """Freeze the year's report as its next version.

    Raises: DifferencesOpen; DoesNotHold when the gathered report fails its own check; for a second and
    later version ReasonMissing and NothingChanged.
    """
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)
    waiting = reconcile_year(year).open
    if waiting:
        raise DifferencesOpen([row.declared.key for row in waiting])
    last = year.reports.first()
    content = content_of(year, now=now) | {"records": records_of(year)}
    if last:
        content |= _correction(whole(last), content, last, reason)
    sequence, head = chain_head()
    content |= {
        "state": "final",
        "version": last.version + 1 if last else 1,
        "finalised": {"at": now.isoformat(timespec="seconds"), "by": name_of(by)},
        "audit_head": {"sequence": sequence, "hash": head},
    }
    content = sealed(content)
    if problems := verify(content):
        raise DoesNotHold(problems)
    return _freeze(year, content, by, now, reason)


def _correction(before: dict, after: dict, last: Report, reason: str) -> dict:
    changes = changed_figures(before, after)
    if all(canonical_json(before.get(name, [])) == canonical_json(after[name]) for name in PRINTED):
        raise NothingChanged
    if len(reason.strip()) < 10:
        raise ReasonMissing
    return {"changes": changes, "reason": reason.strip(), "previous_fingerprint": last.fingerprint}


def _freeze(year: FiscalYear, content: dict, by, now: datetime, reason: str) -> Report:
    records = content.pop("records")
    lines = {name: records.pop(name) for name in HEAVY}
    report = Report.objects.create(
        year=year,
        version=content["version"],
        content=canonical_json(content).decode(),
        records=canonical_json(records).decode(),
        lines=canonical_json(lines).decode(),
        fingerprint=content["fingerprint"],
        reason=reason.strip(),
        finalised_at=now,
        finalised_by=by,
        by_name=name_of(by),
    )
    facts = {"version": report.version, "fingerprint": report.fingerprint}
    record(by=by, deed="reports.report_finalised", about=report, reason=report.reason, **facts)
    return report


def known_now(report: Report, *, now: datetime) -> list[dict]:
    """Figures that differ between the final report and the records as they are now."""
    return changed_figures(summary_of(report), content_of(report.year, now=now))
