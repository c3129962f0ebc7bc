"""A house of its own for the tests of upkeep: its data directory, its keys, somebody who can open its backups."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pyrage
import pytest

from spoiwo.upkeep.services.backups import Made, Order, make_backup

NOW = datetime(2026, 3, 16, 1, 30, tzinfo=UTC)


def empty_pdf() -> bytes:
    """A PDF of one empty page."""
    out = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


@dataclass
class Shelf:
    """Where backups of a test lie, and the private key that opens them."""

    folder: Path
    identity: pyrage.x25519.Identity

    @property
    def archives(self) -> Path:
        return self.folder / "kopie"

    @property
    def keys(self) -> Path:
        return self.folder / "klucze-osobno"

    @property
    def identity_file(self) -> Path:
        """The private key as age-keygen writes it."""
        file = self.folder / "tozsamosc.txt"
        file.write_text(f"# created: 2026-03-16\n{self.identity}\n", encoding="ascii")
        return file

    def order(self, **facts: object) -> Order:
        wanted = {"to": self.archives, "keys_to": self.keys, "recipients": (str(self.identity.to_public()),)}
        return Order(**wanted | facts)

    def backup(self, now: datetime = NOW, **facts: object) -> Made:
        return make_backup(self.order(**facts), now=now)


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    """An empty shelf for backups."""
    return Shelf(tmp_path / "polka", pyrage.x25519.Identity.generate())


@pytest.fixture
def house(settings, tmp_path, transactional_db) -> Path:
    """The data directory of a house that stands by itself; what it commits can be copied."""
    place = tmp_path / "dom"
    place.mkdir()
    settings.DATA_DIR, settings.KEYS_DIR, settings.PAPERS_DIR = place, place / "keys", place / "papers"
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": place / "files"}}
    }
    return place
