"""Places of the region, for everybody."""

from django.http import HttpRequest
from ninja import Field, Query, Schema

from spoiwo.access.api import HouseRouter, Page, Paging
from spoiwo.access.audience import PUBLIC
from spoiwo.places.models import Level, Place

router = HouseRouter(tags=["miejsca"])


class PlaceOut(Schema):
    """One unit of the territorial division."""

    code: str = Field(description="Kod TERYT ważny dziś.")
    level: Level
    kind: str
    name: str
    parent: str | None = Field(description="Kod TERYT jednostki, w której leży.")

    @staticmethod
    def resolve_parent(row: Place) -> str | None:
        """The code of the unit above."""
        return row.parent.code if row.parent_id else None


class PlaceFilter(Paging):
    """Which places."""

    level: Level | None = None
    name: str = Field("", max_length=80, description="Początek nazwy.")


@router.operation("GET", "/places", who=PUBLIC, response=Page[PlaceOut], summary="Województwo, powiaty i gminy")
def list_places(request: HttpRequest, asked: Query[PlaceFilter]):
    """Units that are valid today, by code."""
    rows = Place.objects.filter(valid_to=None).select_related("parent").order_by("code")
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.name:
        rows = rows.filter(name__istartswith=asked.name)
    return asked.of(rows)
