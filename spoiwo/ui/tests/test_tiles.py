"""The morning page is put together from what rooms registered; one broken tile breaks nothing else."""

import logging
from datetime import date

import pytest
from django.db import connection

from spoiwo.ui import tiles
from spoiwo.ui.tests.render import Person, request_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
KV = "ui/parts/kv.html"


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    """No room has registered."""
    monkeypatch.setattr(tiles, "_tiles", {})


class Holder(Person):
    """Somebody who holds one permission."""

    def has_perm(self, perm, obj=None):
        return perm == "ledger.view_year"


def fake(name, order, words="słowo", **facts):
    """A tile that shows one word."""
    tiles.register_tile(name, name.title(), order, KV, lambda request, today: {"pairs": [("x", words)]}, **facts)


def shown(user=None):
    """The page of a person: (name, width, failed)."""
    request = request_for("/", user or Holder())
    return [(tile.name, tile.width, tile.failed) for tile in tiles.read_tiles(request, TODAY)]


def test_tiles_stand_by_their_order_and_equal_ones_by_name():
    fake("c", 10)
    fake("b", 20, width=tiles.HALF)
    fake("a", 20)
    assert shown() == [("c", "full", False), ("a", "full", False), ("b", "half", False)]


def test_a_room_that_registers_twice_stands_once():
    fake("a", 10)
    fake("a", 10, width=tiles.WIDE)
    assert shown() == [("a", "wide", False)]


def test_a_tile_stands_only_for_who_may_see_it():
    fake("money", 10, permission="ledger.view_year")
    fake("secret", 20, permission="audit.view_record")
    assert [name for name, _width, _failed in shown()] == ["money"]


def test_facts_get_the_day_and_nothing_to_show_is_no_tile():
    days = []
    tiles.register_tile("none", "None", 10, KV, lambda request, today: days.append(today))
    assert shown() == []
    assert days == [TODAY]


def test_the_words_of_a_tile_are_escaped():
    fake("a", 10, words="<script>")
    (tile,) = tiles.read_tiles(request_for("/", Holder()), TODAY)
    assert "&lt;script&gt;" in tile.html
    assert "<script>" not in tile.html


def divided(request, today):
    """A rule that fails."""
    return {"pairs": [("x", 1 // 0)]}


def asked_wrongly(request, today):
    """A question that the database refuses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    ("facts", "template"),
    [(divided, KV), (asked_wrongly, KV), (lambda request, today: {}, "ui/parts/there_is_none.html")],
)
def test_a_tile_that_fails_says_so_is_logged_and_leaves_the_others_whole(facts, template, caplog):
    tiles.register_tile("broken", "Zepsuty kafelek", 10, template, facts)
    tiles.register_tile("whole", "Cały", 20, KV, lambda request, today: {"pairs": [("x", _one_row())]})
    with caplog.at_level(logging.ERROR):
        broken, whole = tiles.read_tiles(request_for("/", Holder()), TODAY)
    assert (broken.failed, whole.failed) == (True, False)
    assert "Zepsuty kafelek" in broken.html
    assert [record.getMessage() for record in caplog.records if record.name == tiles.__name__] == [
        "the tile broken could not be read"
    ]


def _one_row():
    """The database still answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def test_a_width_that_does_not_exist_is_refused_at_the_start():
    with pytest.raises(ValueError, match="huge"):
        fake("a", 10, width="huge")
