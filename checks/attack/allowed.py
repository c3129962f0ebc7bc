"""Where a protected word may stand: who sees which fields of whom, on which page, after which act. Nowhere else."""

from dataclasses import dataclass

from checks.attack.canaries import Hit
from checks.attack.register import House
from spoiwo.access.models import Role
from tests.matrix.personas import CARE, OTHER, OWN, OWN_CASE, SHIELDED, Persona

NAMED = frozenset({"first_name", "last_name", "pesel", "born_on", "notes"})
WHERE = frozenset({"address", "contact"})
DPO = Role.DATA_PROTECTION_OFFICER
ALL = frozenset({OWN, OTHER, SHIELDED, OWN_CASE})


@dataclass(frozen=True)
class Allowed:
    """One row: fields of the person whose page it is, after this was sent for a purpose."""

    view: str
    statuses: frozenset[int]
    role: str
    relations: frozenset[str]
    fields: frozenset[str]
    step_up: bool = False


OPENED, SHOWN_AGAIN = frozenset({200}), frozenset({200, 409})
ALLOWED = (
    Allowed("persons:open", OPENED, CARE, frozenset({OWN}), NAMED | WHERE),
    Allowed("persons:open", OPENED, CARE, frozenset({OWN_CASE}), NAMED),
    Allowed("persons:address", OPENED, CARE, frozenset({OWN_CASE}), WHERE, step_up=True),
    Allowed("persons:change", SHOWN_AGAIN, CARE, frozenset({OWN}), NAMED | WHERE),
    Allowed("persons:change", SHOWN_AGAIN, CARE, frozenset({OWN_CASE}), NAMED),
    Allowed("persons:change-address", SHOWN_AGAIN, CARE, frozenset({OWN_CASE}), WHERE, step_up=True),
    Allowed("persons:paper", OPENED, CARE, frozenset({OWN, OWN_CASE}), frozenset({"paper"})),
    Allowed("persons:export", OPENED, DPO, ALL, NAMED | WHERE, step_up=True),
)
# What somebody typed comes back to them alone, in the form they sent.
TYPED_BACK = {
    "persons:new": {422},
    "persons:change": {409, 422},
    "persons:open": {422},
    "persons:search": {200, 422},
    "persons:erasure-ask": {422},
    "account_login": {200, 422},
    "account_reset_password": {200, 422},
}
# The address that somebody asked for, in the link to the same page in the other language. The public cache gives it
# only to who asks for the very same address: `remains.cached` holds each answer against its key.
ADDRESS_BACK = {"-": {404}, "strategy:task": {404}, "portal:home": {200}}
FILE_BACK = {"ledger:import-plan": {200, 422}}  # the name of one's own file, before the decision
# A package of a year waits for its sender's decision for a day: the file, and its name in the sender's session.
ASIDE = {"pliki na dysku", "sesje i komunikaty", "baza danych"}


@dataclass(frozen=True)
class Visit:
    """One request: whose, to which view, about which person, and which words were typed into the form."""

    persona: Persona
    view: str
    method: str
    status: int
    about: int | None = None
    typed: frozenset[tuple[int, str]] = frozenset()


def is_allowed(house: House, visit: Visit, hit: Hit) -> bool:
    """Whether a word may stand in the page that a visit led to."""
    if (hit.person, hit.field) in visit.typed:
        back = TYPED_BACK if visit.method == "post" else ADDRESS_BACK | FILE_BACK
        return visit.status in back.get(visit.view, ())
    if visit.method != "post":
        return False
    who = visit.persona
    if hit.person != visit.about or not who.known or who.ended or not who.factor:
        return False
    return any(
        row.view == visit.view
        and visit.status in row.statuses
        and row.role in who.roles
        and house.relation(who, hit.person) in row.relations
        and hit.field in row.fields
        and (who.proved or not row.step_up)
        for row in ALLOWED
    )


def is_aside(house: House, kind: str, hit: Hit) -> bool:
    """Whether a word is one of the package that waits, in a place where packages wait."""
    return hit.person == house.aside and kind in ASIDE
