"""Standing in for a person on leave."""

from datetime import date, timedelta

from django.db import transaction

from spoiwo.access.domain.substitutions import Days, chained, doubled
from spoiwo.access.errors import OwnAccount, SamePerson, SubstitutionChained, SubstitutionDoubled, SubstitutionEnded
from spoiwo.access.models import Substitution, User
from spoiwo.access.services.versions import locked, moved
from spoiwo.audit.services import record
from spoiwo.doors.locking import unchanged


@transaction.atomic
def begin_substitution(
    *, absent: User, substitute: User, since: date, until: date, reason: str, by: User | None
) -> Substitution:
    """Lend the roles and units of a person on leave for some days; the same asked twice is there once.

    Raises: SamePerson; OwnAccount, for nobody lends to themself; SubstitutionDoubled when the person has a substitute
    on one of the days; SubstitutionChained when the substitute is on leave then, or the person on leave stands in.
    """
    if absent.pk == substitute.pk:
        raise SamePerson
    if by is not None and by.pk == substitute.pk:
        raise OwnAccount
    first, second = sorted([absent, substitute], key=lambda person: person.pk)
    people = {person.pk: locked(person) for person in (first, second)}  # always in this order
    same = Substitution.objects.filter(absent=absent, substitute=substitute, since=since, until=until, ended_on=None)
    if row := same.first():
        return row
    new = Days(absent.pk, substitute.pk, since, until)
    held = [_days(row) for row in Substitution.objects.meeting(since, until)]
    if doubled(new, held):
        raise SubstitutionDoubled
    if chained(new, held):
        raise SubstitutionChained
    row = Substitution.objects.create(absent=absent, substitute=substitute, since=since, until=until, reason=reason)
    moved(people[substitute.pk], substitute)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    facts = {"substitute": str(substitute), "roles": sorted(absent.own_roles)}
    record(by=by, deed="access.substitution_began", about=absent, reason=reason, **facts, **days)
    return row


def _days(row: Substitution) -> Days:
    last = row.until if row.ended_on is None else min(row.until, row.ended_on - timedelta(days=1))
    return Days(row.absent_id, row.substitute_id, row.since, last)


@transaction.atomic
def end_substitution(*, substitution: Substitution, on: date, seen_version: int, by: User | None) -> Substitution:
    """End a substitution early; `on` is the first day without it. Raises: ChangedMeanwhile, SubstitutionEnded."""
    substitute = locked(substitution.substitute)  # first, as where an account is closed and its substitutions end
    row = Substitution.objects.select_for_update(no_key=True).get(pk=substitution.pk)
    unchanged(row, seen_version)
    if row.ended_on or row.until < on:
        raise SubstitutionEnded
    row.ended_on, row.version = on, row.version + 1
    row.save(update_fields=["ended_on", "version"])
    moved(substitute)
    record(by=by, deed="access.substitution_ended", about=row.absent, substitute=str(row.substitute), on=on.isoformat())
    return row
