"""What tests of several files of this room need."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from spoiwo.access import remembering
from spoiwo.access.remembering import Facts, RecentHead


@dataclass
class Memory:
    """The memory of this test; its seconds pass when told."""

    now: float = 100.0


@pytest.fixture
def memory(monkeypatch, settings):
    """Facts are remembered, as in life."""
    held = Memory()
    monkeypatch.setattr(remembering, "_facts", Facts(RecentHead(timezone.localdate, lambda: held.now)))
    settings.PUBLIC_CACHE_BYTES = 1
    return held
