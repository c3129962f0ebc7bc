"""Fixtures of the room."""

import pytest
from django.utils import translation

from spoiwo.ui.tests import render


@pytest.fixture(autouse=True)
def _shell_addresses(settings):
    """The addresses that stand for other rooms, and Polish words."""
    settings.ROOT_URLCONF = "spoiwo.ui.tests.urls"
    with translation.override("pl"):
        yield


@pytest.fixture
def house():
    """A house whose rooms have registered in the shell."""
    with render.rooms():
        yield
