"""The office that runs the house, as data of the region."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from spoiwo.access.models import User
from spoiwo.audit.services import record
from spoiwo.organisations.models import Kind, Membership, Organisation
from spoiwo.places.models import Place


@dataclass(frozen=True)
class RegionProfile:
    """How the region and its office are called on every page."""

    code: str
    name: str
    office: str
    assembly: str
    address: str


def region_profile(region: str) -> RegionProfile:
    """Names for a region, from its organisations; plain words when none are entered yet."""
    name = Place.objects.filter(code=region, valid_to=None).values_list("name", flat=True).first() or region
    rows = Organisation.objects.of_region(region).filter(kind__in=[Kind.ROPS, Kind.ASSEMBLY])
    found = {row.kind: row for row in rows.order_by("-pk")}
    office, assembly = found.get(Kind.ROPS), found.get(Kind.ASSEMBLY)
    return RegionProfile(
        code=region,
        name=name,
        office=office.name if office else f"Regionalny Ośrodek Polityki Społecznej, województwo {name}",
        assembly=assembly.name if assembly else f"Sejmik Województwa ({name})",
        address=office.address if office else "",
    )


@transaction.atomic
def add_member(*, organisation: Organisation, user: User, since: date, by: User | None) -> Membership:
    """Tie a person to an organisation; doing it again changes nothing."""
    held = organisation.memberships.filter(user=user, until=None).first()
    if held:
        return held
    membership = Membership.objects.create(organisation=organisation, user=user, since=since)
    record(by=by, deed="organisations.member_added", about=organisation, user=str(user), since=since.isoformat())
    return membership
