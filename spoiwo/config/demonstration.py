"""The demonstration region: three years of Lubuskie and people who do not exist."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from spoiwo.access.errors import AccountExists
from spoiwo.access.models import Role, User
from spoiwo.access.services import give_role, open_account
from spoiwo.ledger.models import EntryState
from spoiwo.ledger.services.entries import check_entry
from spoiwo.ledger.services.import_year import import_year
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.reports.services.versions import finalise

EXAMPLES = settings.PROJECT_DIR / "examples"
PACKAGES = ("lubuskie-2017", "lubuskie-2019", "lubuskie-demo")
PASSWORD = "spoiwo-pokaz-2026"  # noqa: S105 - printed on the screen; works only on a computer of one's own
PEOPLE = (
    ("anna@pokaz.example", "Anna Przykładowa", (Role.ROPS_OFFICER,)),
    ("jan@pokaz.example", "Jan Wzorcowy", (Role.TREASURER,)),
    ("ewa@pokaz.example", "Ewa Pokazowa", (Role.DIRECTOR,)),
    ("olga@pokaz.example", "Olga Próbna", (Role.AUDITOR,)),
    ("adam@pokaz.example", "Adam Zmyślony", (Role.ADMINISTRATOR,)),
)
ROLES_SINCE = date(2017, 1, 1)


def load(say: Callable[[str], None]) -> None:
    """Fill the house; doing it again adds only what is missing."""
    people = {email: _person(email, name, roles) for email, name, roles in PEOPLE}
    officer, treasurer = people["anna@pokaz.example"], people["jan@pokaz.example"]
    director = people["ewa@pokaz.example"]
    for name in PACKAGES:
        say(name)
        import_year(path=_package(name), by=officer, name=name)
    _check_all(2019, treasurer)
    first = find_year(2017)
    if not first.reports.exists():
        finalise(year=first, by=director, now=timezone.localtime())
    for year in (2019, 2025):
        show_before_final(year=find_year(year), shown=True, by=director)


def _package(name: str) -> Path:
    return EXAMPLES / name


def _person(email: str, name: str, roles: tuple[Role, ...]) -> User:
    try:
        user = open_account(email=email, full_name=name, password=PASSWORD, by=None, invented=True)
    except AccountExists:
        user = User.objects.get(email=email)
    for role in roles:
        give_role(user=user, role=role, since=ROLES_SINCE, by=None)
    return user


def _check_all(year: int, treasurer: User) -> None:
    for entry in find_year(year).entries.filter(state=EntryState.ENTERED):
        check_entry(entry=entry, seen_version=entry.version, by=treasurer)
