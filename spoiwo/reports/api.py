"""Final reports, for everybody: their versions and their content."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Field, Path, Schema

from spoiwo.access.api import HouseRouter, Missing
from spoiwo.access.audience import PUBLIC
from spoiwo.reports.models import Report
from spoiwo.strategy.services import current_region

router = HouseRouter(tags=["sprawozdania"])
YEAR = Path(ge=1990, le=2100, description="Rok budżetowy.")


class VersionOut(Schema):
    """One final version."""

    version: int
    fingerprint: str = Field(description="SHA-256 treści i wszystkich pozycji.")
    reason: str
    finalised_at: datetime


@router.operation(
    "GET", "/reports/{year}/versions", who=PUBLIC, response=list[VersionOut], summary="Wersje sprawozdania"
)
def versions(request: HttpRequest, year: int = YEAR):
    """Final versions of a year's report, the latest first."""
    rows = list(
        Report.objects.filter(year__region=current_region(), year__year=year).defer("content", "records", "lines")
    )
    if not rows:
        raise Missing("Sprawozdanie za ten rok nie jest zamknięte.")
    return rows
