"""Changing any line of 2019 by one grosz changes the verdict and every figure that holds the line."""

import pytest
from django.db import transaction

from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.settlements import accept_difference
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.reports.domain.content import changed_figures
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.errors import DifferencesOpen
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.versions import draft, finalise
from tests.factories import UserFactory
from tests.imported import EXAMPLES

KEYS = [
    line.split(",", 1)[0]
    for line in (EXAMPLES / "lubuskie-2019" / "money.csv").read_text(encoding="utf-8").splitlines()[1:]
]


@pytest.fixture
def settled(year):
    """2019 with both differences accepted: nothing is open."""
    row = year(2019)
    for key in ("2019-own", "2019-ngo"):
        accept_difference(declared=row.declared.get(key=key), reason="Przyjęte na potrzeby próby.", by=UserFactory())
    assert reconcile_year(row).open == []
    return row


def test_all_ten_lines_are_tried():
    assert len(KEYS) == len(set(KEYS)) == 10


@pytest.mark.parametrize("grosze", [1, -1])
@pytest.mark.parametrize("key", KEYS)
def test_a_grosz_in_any_line_opens_a_difference_and_bars_the_way_to_final(settled, now, key, grosze):
    before = content_of(settled, now=now)
    line = settled.entries.get(key=key)
    Entry.objects.filter(pk=line.pk).update(amount_gr=line.amount_gr + grosze)
    opened = {row.declared.key: row.difference_gr for row in reconcile_year(settled).open}
    source = f"2019-{line.source.code}"
    assert opened[source] == before["figures"][f"source.{line.source.code}.difference"]["value"] - grosze
    assert ("2019-ngo" in opened) is bool(line.tags.count())
    with pytest.raises(DifferencesOpen) as refusal, transaction.atomic():
        finalise(year=settled, by=None, now=now)
    assert source in refusal.value.keys
    after = content_of(settled, now=now)
    moved = {
        row["figure"]: row["after"] - row["before"] for row in changed_figures(before, after) if row["unit"] == "gr"
    }
    programme = (line.programme.code if line.programme else "outside").lower()
    expected = {
        "total.computed": grosze,
        "total.difference": -grosze,
        f"source.{line.source.code}.computed": grosze,
        f"source.{line.source.code}.difference": -grosze,
        f"programme.{programme}": grosze,
        f"cell.{programme}.{line.source.code}": grosze,
    }
    if line.programme:
        expected["programmes.computed"] = grosze
    if line.tags.count():
        expected |= {"tag.ngo.computed": grosze, "tag.ngo.difference": -grosze}
    assert moved == expected


@pytest.mark.parametrize("position", range(10))
def test_a_grosz_in_any_record_of_the_file_is_found_by_its_figures(year, now, position):
    content = draft(year(2019), now=now)
    assert verify(content) == []
    content["records"]["entries"][position]["amount_gr"] += 1
    told = {str(problem) for problem in verify(content)}
    assert any("total.computed" in words for words in told)
    assert len(told) >= 5
