"""Fixtures of the room: every test has keys of its own."""

import pytest

from spoiwo.vault.services import keyring


@pytest.fixture
def keys(tmp_path, settings):
    """A keyring in an empty folder."""
    settings.KEYS_DIR = tmp_path / "keys"
    return keyring()
