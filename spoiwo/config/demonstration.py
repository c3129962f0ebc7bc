"""The demonstration region: four years of Lubuskie, a draft in consultation, and people who do not exist."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from spoiwo.access.errors import AccountExists
from spoiwo.access.models import Role, User
from spoiwo.access.services import give_role, open_account
from spoiwo.ledger.domain.periods import next_to_close
from spoiwo.ledger.models import EntryState, FiscalYear
from spoiwo.ledger.services.closing import close_month, closed_months
from spoiwo.ledger.services.entries import check_entry
from spoiwo.ledger.services.import_year import import_year
from spoiwo.ledger.services.published import import_published
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.organisations.models import Kind
from spoiwo.organisations.services import add_member, add_organisation
from spoiwo.persons.services.invented import enter_invented_persons
from spoiwo.reports.services.versions import finalise
from spoiwo.strategy.models import Consultation, Strategy, StrategyVersion
from spoiwo.strategy.services.consultations import answer_remark, receive_remark, start_consultation
from spoiwo.strategy.services.updating import add_element, change_element, open_draft

EXAMPLES = settings.PROJECT_DIR / "examples"
PACKAGES = ("lubuskie-2017", "lubuskie-2019", "lubuskie-demo", "lubuskie-2026")
WITH_A_PLAN = "lubuskie-2026"
PASSWORD = "spoiwo-pokaz-2026"  # noqa: S105 - printed on the screen; works only on a computer of one's own
PEOPLE = (
    ("anna@pokaz.example", "Anna Przykładowa", (Role.ROPS_OFFICER,)),
    ("jan@pokaz.example", "Jan Wzorcowy", (Role.TREASURER,)),
    ("ewa@pokaz.example", "Ewa Pokazowa", (Role.DIRECTOR,)),
    ("olga@pokaz.example", "Olga Próbna", (Role.AUDITOR,)),
    ("adam@pokaz.example", "Adam Zmyślony", (Role.ADMINISTRATOR,)),
    ("pat@pokaz.example", "Patrycja Pokazowa", (Role.POWIAT_CARE_OFFICER,)),
    ("paula@pokaz.example", "Paula Przykładowa", (Role.POWIAT_CARE_OFFICER,)),
    ("piotr@pokaz.example", "Piotr Sąsiedzki", (Role.POWIAT_CARE_OFFICER,)),
    ("dora@pokaz.example", "Dorota Wzorcowa", (Role.DATA_PROTECTION_OFFICER,)),
)
UNITS = {  # institutions that keep the protected register, and who works there
    ("pcpr-pokaz", "PCPR pokazowe (zmyślone)"): ("pat@pokaz.example", "paula@pokaz.example"),
    ("pcpr-obok", "PCPR sąsiednie (zmyślone)"): ("piotr@pokaz.example",),
}
REGISTER = "pcpr-pokaz"  # keeps persons who do not exist
ROLES_SINCE = date(2017, 1, 1)
STATE_OF = date(2026, 11, 20)  # the day on which the year in progress stands
CLOSED_TO = 9  # its last closed month
CONSULTED = "2021-2030"  # the strategy with an invented draft in consultation
DRAFTED_ON, OPENS_ON, CLOSES_ON = date(2026, 10, 12), date(2026, 11, 2), date(2026, 12, 31)
DRAFT = "Aktualizacja strategii 2021–2030 (przykład zmyślony)"
ABOUT = (
    "Przykład zmyślony: takiego projektu nie ma, a nadawcy uwag nie istnieją. Pokazuje, jak powiaty, organizacje "
    "i mieszkańcy czytają projekt zmiany strategii i jak urząd odpowiada na każdą uwagę."
)
CHANGES = (
    ("goal", "2021-C1", {"name": "Lepsza jakość życia seniorów i ich opiekunów (zmiana zmyślona)"}),
    ("target", "es-przedsiebiorstwa@2030", {"value": "70"}),
)
NEW_PROGRAMME = {
    "number": "",
    "name": "Lubuski Program Rozwoju Ekonomii Społecznej na lata 2027–2030 (zmyślony)",
    "short_name": "Ekonomia społeczna 2027–2030 (zmyślony)",
    "from_year": 2027,
    "to_year": 2030,
    "goals": ["2021-C7"],
}
REMARKS = (
    (
        date(2026, 11, 5),
        {
            "sender_kind": "powiat",
            "sender": "Powiat pokazowy (zmyślony)",
            "element": "programme:2021-ES",
            "text": "Prosimy dopisać doradztwo dla powiatów, w których nie ma ośrodka wsparcia ekonomii społecznej.",
        },
        ("partly", "Doradztwo dopiszemy. O miejscach dyżurów zdecyduje plan na każdy rok, nie strategia."),
    ),
    (
        date(2026, 11, 9),
        {
            "sender_kind": "ngo",
            "sender": "Organizacja pokazowa nr 1 (zmyślona)",
            "element": "target:es-przedsiebiorstwa@2030",
            "text": "70 przedsiębiorstw w 2030 roku ma sens tylko wtedy, gdy wsparcie obejmie też te już działające.",
        },
        ("accepted", "Zgadzamy się. Program obejmie także przedsiębiorstwa, które już działają."),
    ),
    (
        date(2026, 11, 17),
        {
            "sender_kind": "resident",
            "element": "goal:2021-C1",
            "text": "Dobrze, że cel wymienia opiekunów. Brakuje mi zdania o tym, kto ich zastąpi, gdy chorują.",
        },
        None,
    ),
)


def load(say: Callable[[str], None]) -> None:
    """Fill the house; doing it again adds only what is missing."""
    people = {email: _person(email, name, roles) for email, name, roles in PEOPLE}
    officer, treasurer = people["anna@pokaz.example"], people["jan@pokaz.example"]
    director = people["ewa@pokaz.example"]
    for name in PACKAGES:
        say(name)
        by = treasurer if name == WITH_A_PLAN else officer  # a plan is the treasurer's
        import_year(path=_package(name), by=by, name=name)
    import_published(path=EXAMPLES / "lubuskie-kwoty", by=officer)
    _check_all(2019, treasurer)
    _close_months(find_year(STATE_OF.year), treasurer)
    first = find_year(2017)
    if not first.reports.exists():
        finalise(year=first, by=director, now=timezone.localtime())
    for year in (2019, 2025):
        show_before_final(year=find_year(year), shown=True, by=director)
    strategy = Strategy.objects.get(code=CONSULTED)
    if not strategy.versions.exists():
        closes_on = max(CLOSES_ON, timezone.localdate() + timedelta(days=60))
        _consult(_draft(strategy, officer), director, closes_on, answering=officer)
    _keep_registers(find_year(STATE_OF.year).region, people)


def _keep_registers(region: str, people: dict[str, User]) -> None:
    """Units with their people, and the invented persons of one of them."""
    for (code, name), emails in UNITS.items():
        unit = add_organisation(region=region, code=code, name=name, kind=Kind.PCPR, by=None)
        for email in emails:
            add_member(organisation=unit, user=people[email], since=ROLES_SINCE, by=None, cares=True)
        if code == REGISTER:
            enter_invented_persons(unit=unit, by=people[emails[0]], now=_at_noon(STATE_OF))


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


def _close_months(year: FiscalYear, treasurer: User) -> None:
    for month in range(next_to_close(closed_months(year)) or CLOSED_TO + 1, CLOSED_TO + 1):
        close_month(year=year, month=month, today=STATE_OF, by=treasurer)


def _draft(strategy: Strategy, by: User) -> StrategyVersion:
    draft = open_draft(strategy=strategy, title=DRAFT, now=_at_noon(DRAFTED_ON), by=by)
    for kind, code, values in CHANGES:
        change_element(draft=draft, kind=kind, code=code, seen_version=1, values=values, on=DRAFTED_ON, by=by)
    add_element(draft=draft, kind="programme", code="2021-ES", values=NEW_PROGRAMME, on=DRAFTED_ON, by=by)
    draft.refresh_from_db()
    return draft


def _consult(draft: StrategyVersion, by: User, closes_on: date, *, answering: User) -> Consultation:
    """Put the draft to consultation and take the remarks; the last one waits for its answer."""
    term = {"opens_on": OPENS_ON, "closes_on": closes_on, "on": OPENS_ON}
    consultation = start_consultation(draft=draft, seen_version=draft.version, title=DRAFT, about=ABOUT, by=by, **term)
    for day, said, answer in REMARKS:
        remark = receive_remark(consultation=consultation, key="", now=_at_noon(day), on=day, **said)
        if answer:
            decision, words = answer
            said_on = _at_noon(STATE_OF)
            answer_remark(remark=remark, seen_version=1, decision=decision, answer=words, now=said_on, by=answering)
    return consultation


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
