"""Every form that changes: who was second is shown both versions, chooses their own, and it is saved at once."""

import pytest

from spoiwo.audit.models import Record
from tests.racing import House, Shared, with_files
from tests.racing_records import changeable
from tests.visitors import as_chosen, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What leaves nothing to choose: the second is told who was first, or shown the record as it is now.
NOTHING_TO_CHOOSE = {
    "updating:withdraw": "told",
    "updating:adopt": "told",
    "updating:report": "told",
    "ledger:withdraw": "told",
    "books:answer": "a page of its own",
    "organisations:caring": "shown",
    "audit:review-sign": "shown",
    "accounts:invitation-again": "shown",
    "accounts:invitation-withdraw": "shown",
    "accounts:substitution-end": "shown",
    "ledger:entry-check": "shown",
}
ANSWERED = {"told": 409, "a page of its own": 409, "shown": 302}


def second_after_first(house: House, shared: Shared):
    """What the two typed, and what the second is answered once the first has saved."""
    words, sent = shared.typed_by(house)
    (first, page), (second, other) = shared.of(house)
    assert first.post(page, with_files(sent[0])).status_code == 302
    return words, second.post(other, with_files(sent[1]))


def with_own(house: House, shared: Shared, answer):
    """What the second is answered who chooses their own version in every field."""
    client, page = shared.of(house)[1]
    return client.post(page, as_chosen(answer, **{row.name: "mine" for row in answer.context["found"]}))


def fault_of(house: House, kind: str, shared: Shared) -> str:
    """What went wrong with one form; nothing when its second person could save their own version."""
    words, answer = second_after_first(house, shared)
    if kind in NOTHING_TO_CHOOSE:
        kept = answer.status_code == ANSWERED[NOTHING_TO_CHOOSE[kind]] and shared.read() == words[0]
        return "" if kept and _is_told(kind, words, answer) else f"{kind}: {answer.status_code}, {shared.read()}"
    if answer.status_code != 409 or shared.read() != words[0]:
        return f"{kind}: {answer.status_code}, {shared.read()}"
    saved = with_own(house, shared, answer)
    if shared.one_state:
        return "" if saved.status_code in (302, 422) and shared.read() == words[0] else f"{kind}: {saved.status_code}"
    kept = shared.read().split(", ")[-1]  # of deeds done twice for a reason the last one counts
    return "" if (saved.status_code, kept) == (302, words[1]) else f"{kind}: {saved.status_code}, {shared.read()}"


def _is_told(kind: str, words: tuple[str, str], answer) -> bool:
    """Whether who is told that there is nothing to choose reads who was first, and their own words."""
    if NOTHING_TO_CHOOSE[kind] != "told":
        return True
    who = Record.objects.last().by_name
    return bool(who) and who in text_of(answer).partition("<main")[2] and words[1] in text_of(answer)


def test_who_was_second_chooses_their_own_version_and_it_is_saved():
    house = House()
    kinds = changeable(house)
    assert [fault for kind, make in kinds.items() if (fault := fault_of(house, kind, make()))] == []
    assert set(NOTHING_TO_CHOOSE) < set(kinds)
