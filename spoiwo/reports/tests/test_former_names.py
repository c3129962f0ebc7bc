"""A report of a year keeps the names that were in force on its last day (journey J3)."""

from datetime import UTC, date, datetime

import pytest

from spoiwo.reports.services.records import light_records_of
from spoiwo.reports.services.versions import draft
from spoiwo.strategy.models import Programme, Task
from spoiwo.strategy.services import consultations, updating

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
OLD, NEW = "Lubuski Tydzień Seniora", "Lubuskie Dni Seniora"
PROGRAMME, SHORT = "Wojewódzki Program Przeciwdziałania Narkomanii", "Przeciwdziałanie narkomanii"


def adopted(strategy, binding_from):
    """A version that renames a programme and a task, adopted and written into the tree."""
    version = updating.open_draft(strategy=strategy, title="Aktualizacja", now=NOW, by=None)
    for kind, code, values in (
        ("programme", "2021-P4", {"name": "Program Uzależnienia", "short_name": "Uzależnienia"}),
        ("task", "2021-p1-lts", {"name": NEW}),
    ):
        on = date(2026, 3, 2)
        updating.change_element(draft=version, kind=kind, code=code, seen_version=1, values=values, on=on, by=None)
    opened = date(2026, 3, 10)
    version.refresh_from_db()
    row = consultations.start_consultation(
        draft=version,
        seen_version=version.version,
        title="K",
        about="K",
        opens_on=opened,
        closes_on=opened,
        on=opened,
        by=None,
    )
    consultations.publish_consultation_report(
        consultation=row, seen_version=1, summary="S", now=NOW, on=date(2026, 3, 11), by=None
    )
    version.refresh_from_db()
    updating.adopt(
        draft=version, seen_version=version.version, adopting_body="Sejmik", resolution="XX/1/26",
        adopted_on=date(2025, 1, 1), binding_from=binding_from, now=NOW, on=date(2026, 5, 4), by=None,
    )  # fmt: skip


def names_in(content):
    """The names of the programme and of the task, wherever a report tells them."""
    section = next(row for row in content["sections"] if row["programme"] == "2021-P4")
    tasks = {task["code"]: task["name"] for row in content["sections"] for task in row["tasks"]}
    rows = {row["programme"]: row["short_name"] for row in content["matrix"]["rows"]}
    return section["title"], rows["2021-P4"], tasks["2021-p1-lts"]


@pytest.mark.parametrize(
    ("binding_from", "expected"),
    [
        (date(2026, 1, 1), (PROGRAMME, SHORT, OLD)),
        (date(2025, 12, 31), ("Program Uzależnienia", "Uzależnienia", NEW)),
    ],
    ids=["the day after the year", "its last day"],
)
def test_a_report_of_2025_has_the_names_that_bound_on_its_last_day(year, now, binding_from, expected):
    row = year(2025)
    assert names_in(draft(row, now=now)) == (PROGRAMME, SHORT, OLD)
    adopted(row.strategy, binding_from)
    assert (Programme.objects.get(code="2021-P4").short_name, Task.objects.get(code="2021-p1-lts").name) == (
        "Uzależnienia", NEW
    )  # fmt: skip
    assert names_in(draft(row, now=now)) == expected
    records = light_records_of(row)
    assert {one["name"] for one in records["programmes"] if one["code"] == "2021-P4"} == {expected[0]}
    assert {one["name"] for one in records["tasks"] if one["code"] == "2021-p1-lts"} == {expected[2]}
