"""Work that is killed at a random moment: what was confirmed is there, nothing is half done. More: checks.crash."""

import random
from functools import partial

import pytest

from tests.crash_cases import Approval, Backing, Finalising, Import, crash

KILLS = 3
CASES = {"import": Import, "approval": partial(Approval, lines=60), "finalising": Finalising, "backup": Backing}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_nothing_confirmed_is_lost_and_nothing_is_half_done(house, case):
    tally, _seconds = crash(case(), KILLS, random.Random(20260316))
    assert (tally.lost, tally.half) == ([], [])
    assert tally.kills == KILLS
