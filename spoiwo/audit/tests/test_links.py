"""The form of a link: rows written before keep their hashes, new columns are inside the hash of new rows."""

from datetime import UTC, datetime

import pytest

from spoiwo.audit.domain import ADDED, CURRENT, GENESIS, link_hash
from spoiwo.kernel.canonical import fingerprint

FIRST_ROW = {
    "sequence": 7,
    "at": datetime(2026, 3, 16, 12, 0, 0, 123456, tzinfo=UTC),
    "by": 3,
    "by_name": 'Zażółć "Gęślą" Jaźń',
    "deed": "tests.deed",
    "about_type": "access.user",
    "about_id": "3",
    "about_label": "Jan\nZmyślony \\ \u2028",
    "facts": {"b": [1, None, True], "a": {"ż": "\t🙂"}},
    "reason": "bo tak",
}


def test_a_row_of_the_first_form_has_the_hash_it_had_in_the_first_release():
    assert link_hash(FIRST_ROW, GENESIS) == "f331222841f38b891c179b9819bffb5dbccc10a0445b18ee04333b8382829be8"
    plain = FIRST_ROW | {"by": None, "at": FIRST_ROW["at"].replace(microsecond=0), "facts": {}}
    assert link_hash(plain, "a" * 64) == "fc79fed5d51fb90393777fc736791f24a0850e70ec16721cc71eb9da8ce5f453"


@pytest.mark.parametrize(
    "added", [{}, ADDED | {"form": CURRENT, "reading": True, "roles": "auditor", "request_id": "\x7f"}]
)
def test_a_link_is_the_fingerprint_of_its_canonical_json(added):
    row = FIRST_ROW | added
    stamped = row | {"at": "2026-03-16T12:00:00.123456+00:00"}
    assert link_hash(row, GENESIS) == fingerprint({"record": stamped, "previous": GENESIS})


@pytest.mark.parametrize(
    "added",
    [{"reading": True}, {"request_id": "x"}, {"roles": "auditor"}, {"address_hash": "f"}, {"form": 3}, {"form": 0}],
)
def test_a_row_of_the_first_form_with_something_in_a_later_column_has_no_hash(added):
    with pytest.raises(ValueError, match="form"):
        link_hash(FIRST_ROW | added, GENESIS)


@pytest.mark.parametrize("change", [{"sequence": "7"}, {"by": True}, {"by_name": None}, {"reason": 1}])
def test_a_value_of_another_kind_than_the_house_writes_has_no_hash(change):
    with pytest.raises(TypeError):
        link_hash(FIRST_ROW | change, GENESIS)
