"""What commands ask for by name: a year, a person."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from spoiwo.access.models import User
from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.years import find_year


def year_or_refuse(year: int, region: str | None) -> FiscalYear:
    """The year asked for, or one sentence that names those there are."""
    try:
        return find_year(year, region)
    except YearNotFound as problem:
        years = ", ".join(map(str, problem.years)) or "–"
        raise CommandError(_("There is no year %(year)d. Years: %(years)s.") % {"year": year, "years": years}) from None


def person_or_refuse(email: str | None) -> User | None:
    """The account with this e-mail; None when none is named, as the deed is then the command line's."""
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("There is no account %(email)s.") % {"email": email})
    return user
