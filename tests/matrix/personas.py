"""Who comes to the doors, and what each of them should meet, as tables of our own."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from spoiwo.access.audience import Audience
from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.organisations.models import Membership, Organisation
from tests.factories import MembershipFactory, UserFactory
from tests.matrix.addresses import Door
from tests.test_permissions import TABLE
from tests.visitors import give_second_factor, prove

LET_IN, REFUSED, HIDDEN, TO_SIGN_IN = "let in", "refused", "hidden", "to sign in"
TO_PROVE, TO_SET_UP = "to prove", "to set up"
READING = ("get", "head")
CARE = Role.POWIAT_CARE_OFFICER
REGION = {Role.FOSTER_OFFICER, Role.DIRECTOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}

# Which persons of the register a care officer reaches: own unit, another, shielded, shielded in an own case.
OWN, OTHER, SHIELDED, OWN_CASE = "own", "other", "shielded", "own case"
RELATIONS = {"": ("",), "kept": (OWN, OTHER)}  # of organisations; all else that is narrowed is a person
OF_PERSONS = (OWN, OTHER, SHIELDED, OWN_CASE)
REACHED_BY_CARE = {
    "visible": {OWN, SHIELDED, OWN_CASE},
    "identifiable": {OWN, OWN_CASE},
    "assignable": {OWN, OWN_CASE},
    "answerable": {OWN, OWN_CASE},
    "kept": set(),
}
REACHED_BY_HEAD = REACHED_BY_CARE | {"assignable": {OWN, SHIELDED, OWN_CASE}, "kept": {OWN}}
# For whom a word opens the rows of the whole region.
WHOLE_REGION = {
    "visible": REGION,
    "answerable": {Role.DATA_PROTECTION_OFFICER},
    "kept": {Role.ADMINISTRATOR},
}
OF_HEADS = {"organisations.keep_accounts"}  # what is given by keeping the accounts of an organisation
# What a person without the second factor that their role needs may still open.
SETTING_UP = {
    "account_logout", "account_reauthenticate", "account_session", "mfa_index", "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}  # fmt: skip
# Pages that many may read and fewer may send: the view refuses the rest with a page that says why.
SENT_BY = {"report-office:draft": "reports.finalise"}


@dataclass(frozen=True)
class Persona:
    """A kind of visitor."""

    name: str
    roles: frozenset[str] = frozenset()
    known: bool = True  # signed in with an account that is open
    closed: bool = False
    proved: bool = True
    factor: bool = True
    head: bool = False
    ended: bool = False  # all roles and memberships ended yesterday

    def may(self, permission: str) -> bool:
        """By the table of roles."""
        if not self.known or self.ended:
            return False
        return bool(TABLE[permission] & self.roles or (self.head and permission in OF_HEADS))


EVERYTHING = frozenset(Role)
PERSONAS = [
    Persona("nobody in particular", known=False),
    *[Persona(role.value, frozenset({role})) for role in Role],
    Persona("account without a role"),
    Persona("account with an unknown role", frozenset({"emperor"})),
    Persona("closed account", EVERYTHING, known=False, closed=True),
    Persona("all roles until yesterday", EVERYTHING, ended=True),
    Persona("head of the unit", frozenset({CARE}), head=True),
    Persona("not proved lately", EVERYTHING, proved=False),
    Persona("without a second factor", frozenset({CARE}), factor=False),
]


def should_meet(door: Door, persona: Persona, method: str, relation: str) -> str:
    """What the declaration means for a visitor."""
    who = door.asks(method)
    if not _admitted(who, persona):
        return REFUSED if persona.known else TO_SIGN_IN
    if who.kind != "public":
        if not persona.factor and door.name not in SETTING_UP:
            return TO_SET_UP
        if who.step_up and not persona.proved:
            return TO_PROVE if method in READING else REFUSED
    if method == "post" and door.name in SENT_BY and not persona.may(SENT_BY[door.name]):
        return REFUSED
    return HIDDEN if relation and not _reached(door.rows, persona, relation) else LET_IN


def relations_of(door: Door) -> tuple[str, ...]:
    """How the rows of a door may stand to a visitor."""
    return RELATIONS.get(door.rows, OF_PERSONS)


def _admitted(who: Audience, persona: Persona) -> bool:
    if who.kind == "public":
        return True
    return persona.known and (who.kind == "signed_in" or persona.may(who.permission))


def _reached(rows: str, persona: Persona, relation: str) -> bool:
    if WHOLE_REGION.get(rows, set()) & persona.roles:
        return True
    reached = REACHED_BY_HEAD if persona.head else REACHED_BY_CARE
    return CARE in persona.roles and relation in reached[rows]


def made(persona: Persona, unit: Organisation) -> User | None:
    """The account of a persona; care officers run the cases of the unit."""
    if not persona.known and not persona.closed:
        return None
    user = UserFactory(full_name=persona.name.title(), roles=sorted(persona.roles), is_active=not persona.closed)
    if CARE in persona.roles:
        MembershipFactory(organisation=unit, user=user, administers=persona.head, cares=True)
    if persona.ended:
        yesterday = timezone.localdate() - timedelta(days=1)
        RoleAssignment.objects.filter(user=user).update(until=yesterday)
        Membership.objects.filter(user=user).update(until=yesterday)
    return user


def browser_of(persona: Persona, user: User | None) -> Client:
    """The browser of a persona, which shows pages of faults as a server does."""
    client = Client(raise_request_exception=False)
    if user is not None:
        if persona.factor:
            give_second_factor(user)
        client.force_login(user)
        if persona.proved:
            prove(client, user)
    return client
