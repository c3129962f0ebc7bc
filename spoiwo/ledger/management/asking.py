"""What commands ask for by name: a year, a person; and why a file is refused."""

import errno

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from spoiwo.access.models import User
from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.years import find_year


def why(problem: OSError) -> str:
    """What keeps a file from being read or written, in words."""
    words = {
        errno.ENOENT: _("there is no such file"),
        errno.EISDIR: _("this is a folder, not a file"),
        errno.ENOTDIR: _("a file stands where a folder should be"),
        errno.EEXIST: _("a file stands where a folder should be"),
        errno.EACCES: _("access is not allowed"),
        errno.EPERM: _("access is not allowed"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENOSPC: _("the disk is full"),
        errno.ELOOP: _("the links lead round in a circle"),
    }
    return words.get(problem.errno, _("the system refused (%(n)s)") % {"n": problem.errno})


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
