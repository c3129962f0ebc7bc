"""The director's morning page: rooms put their tiles on it, and a tile that cannot be read says so.

A room registers in its `AppConfig.ready()`. Registering the same name again replaces the tile. The page is put
together from what is registered, so it stands without any of the rooms that fill it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise

log = logging.getLogger(__name__)

FULL, WIDE, NARROW, HALF = "full", "wide", "narrow", "half"
WIDTHS = {FULL, WIDE, NARROW, HALF}
PATIENCE = "5s"  # after so long PostgreSQL ends a tile's question; SQLite has no such limit
FAILED = "ui/parts/tile_failed.html"


@dataclass(frozen=True)
class Tile:
    """One part of the page.

    `label` names it when it cannot be read. `facts` gets the request and the day, and gives the context of
    `template`, or None when there is nothing to show. `permission`: only who holds it sees the tile.
    """

    name: str
    label: str | Promise
    order: int
    template: str
    facts: Callable[[HttpRequest, date], dict | None]
    permission: str | None = None
    width: str = FULL


@dataclass(frozen=True)
class Shown:
    """A tile as it stands on the page."""

    name: str
    width: str
    html: str
    failed: bool = False


_tiles: dict[str, Tile] = {}


def register_tile(
    name: str,
    label: str | Promise,
    order: int,
    template: str,
    facts: Callable[[HttpRequest, date], dict | None],
    *,
    permission: str | None = None,
    width: str = FULL,
) -> None:
    """Put a tile on the morning page; each amount and count on it links to the list it counts."""
    if width not in WIDTHS:
        raise ValueError(f"unknown width of a tile: {width!r}")
    _tiles[name] = Tile(name, label, order, template, facts, permission, width)


def registered() -> list[Tile]:
    """All tiles in their order; equal orders by name, so that the page never jumps."""
    return sorted(_tiles.values(), key=lambda tile: (tile.order, tile.name))


def read_tiles(request: HttpRequest, today: date) -> list[Shown]:
    """The tiles that this person may see and that have something to show."""
    seen = [tile for tile in registered() if tile.permission is None or request.user.has_perm(tile.permission)]
    shown = [_read(tile, request, today) for tile in seen]
    return [tile for tile in shown if tile is not None]


def _read(tile: Tile, request: HttpRequest, today: date) -> Shown | None:
    """One tile; whatever goes wrong in it stays in it, is logged, and is said on the page."""
    try:
        with transaction.atomic():  # a question that fails does not spoil the next tile's
            _limit_time()
            facts = tile.facts(request, today)
            if facts is None:
                return None
            html = render_to_string(tile.template, {"today": today} | facts, request)
    except Exception:
        log.exception("the tile %s could not be read", tile.name)
        html = render_to_string(FAILED, {"label": tile.label}, request)
        return Shown(tile.name, tile.width, html, failed=True)
    return Shown(tile.name, tile.width, html)


def _limit_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
