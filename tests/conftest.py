"""Fixtures of the whole house."""

import pytest

from tests.plugin import ROOT


@pytest.fixture(scope="session")
def root():
    """The top folder of the project."""
    return ROOT
