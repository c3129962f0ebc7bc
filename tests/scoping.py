"""Random units, people and days, and what the rule of the register says of them, told once more in plain words.

Used by `spoiwo/persons/tests/test_scope.py` on some hundreds of cases, and by `checks/scoping.py` on ten thousand.
"""

from datetime import date, timedelta

from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st

from spoiwo.access.models import Role, Substitution
from spoiwo.organisations.models import Membership
from spoiwo.persons.models import Caseworker, Person
from tests.factories import UserFactory
from tests.registered import entered, unit
from tests.visitors import visitor

UNITS, PERSONS = 3, 4
DAYS = st.integers(-2, 2)  # from the day on which somebody looks
ENDS = st.none() | DAYS
REGION = {Role.FOSTER_OFFICER, Role.DIRECTOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}
WORLD = st.fixed_dictionaries(
    {
        "roles": st.just({Role.POWIAT_CARE_OFFICER})
        | st.sets(st.sampled_from([Role.POWIAT_CARE_OFFICER, *sorted(REGION), Role.ADMINISTRATOR]), max_size=2),
        "active": st.sampled_from([True, True, True, False]),
        # of a unit, from a day, until a day, and whether as one who runs its cases
        "memberships": st.lists(
            st.tuples(st.integers(0, UNITS - 1), DAYS, ENDS, st.sampled_from([True, True, False])), max_size=3
        ),
        "lent": st.none() | st.tuples(st.integers(0, UNITS - 1), DAYS, DAYS),
        "persons": st.lists(
            st.fixed_dictionaries(
                {
                    "unit": st.integers(0, UNITS - 1),
                    "shielded": st.booleans(),
                    "closed": st.booleans(),
                    "erased": st.booleans(),
                    "run": st.none() | st.tuples(DAYS, ENDS),
                }
            ),
            min_size=PERSONS,
            max_size=PERSONS,
        ),
    }
)


class Undone(Exception):
    """Everything a case did is taken back."""


def in_force(since: int, until: int | None) -> bool:
    """Whether the day lies between two days, both included."""
    return since <= 0 and (until is None or until >= 0)


def runs(run: tuple | None) -> bool:
    """Whether a case is run on the day; its last day is the first one without."""
    return run is not None and run[0] <= 0 and (run[1] is None or run[1] > 0)


def expected(world: dict) -> tuple[set[int], set[int]]:
    """Which persons are visible and which may be opened, by the rule told once more in plain words."""
    lent, officer = world["lent"], Role.POWIAT_CARE_OFFICER in world["roles"]
    own = {at for at, since, until, cares in world["memberships"] if officer and cares and in_force(since, until)}
    own |= {lent[0]} if lent and in_force(*lent[1:]) else set()
    region = bool(world["roles"] & REGION)
    if not world["active"]:
        return set(), set()
    here = {place for place, facts in enumerate(world["persons"]) if facts["unit"] in own}
    shut = {place for place, facts in enumerate(world["persons"]) if facts["shielded"] and not runs(facts["run"])}
    return set(range(PERSONS)) if region else here, here - shut


def tidied(world: dict) -> dict:
    """The same world without what the database refuses: an end before its beginning, the same twice from one day."""
    memberships = {
        (at, since): (until, cares)
        for at, since, until, cares in world["memberships"]
        if until is None or until >= since
    }
    persons = [
        facts
        | {
            "run": facts["run"]
            if facts["run"] and (facts["run"][1] is None or facts["run"][1] >= facts["run"][0])
            else None
        }
        for facts in world["persons"]
    ]
    lent = world["lent"] if world["lent"] and world["lent"][2] >= world["lent"][1] else None
    return world | {
        "memberships": [(at, since, *facts) for (at, since), facts in memberships.items()],
        "persons": persons,
        "lent": lent,
    }


class Stage:
    """Units and persons that each case dresses anew; rows of persons are changed, not sealed again."""

    def __init__(self) -> None:
        self.units = [unit() for _one in range(UNITS)]
        self.persons = [entered(self.units[0]) for _one in range(PERSONS)]
        self.places = {person.pk: place for place, person in enumerate(self.persons)}

    def judge(self, world: dict, check, today: date) -> None:
        """Dress the stage, let the check look, take everything back."""
        world = tidied(world)
        try:
            with transaction.atomic():
                check(self, self.dressed(world, today), *expected(world), today)
                raise Undone
        except Undone:
            pass

    def dressed(self, world: dict, today: date):
        """The person who looks, in a world."""

        def day(number: int | None) -> date | None:
            return None if number is None else today + timedelta(days=number)

        user = UserFactory(roles=sorted(world["roles"]), is_active=world["active"])
        for at, since, until, cares in world["memberships"]:
            facts = {"since": day(since), "until": day(until), "cares": cares}
            Membership.objects.create(organisation=self.units[at], user=user, **facts)
        if world["lent"]:
            at, since, until = world["lent"]
            absent = UserFactory(roles=[Role.POWIAT_CARE_OFFICER])
            for place, one in enumerate(self.units):  # a member of all, who runs the cases of one
                Membership.objects.create(organisation=one, user=absent, since=day(-9), cares=place == at)
            facts = {"since": day(since), "until": day(until), "reason": "urlop"}
            Substitution.objects.create(absent=absent, substitute=user, **facts)
        for person, facts in zip(self.persons, world["persons"], strict=True):
            closed = today if facts["closed"] or facts["erased"] else None
            columns = {"closed_on": closed, "keep_until": closed, "erased_on": today if facts["erased"] else None}
            columns |= {"unit": self.units[facts["unit"]], "shielded": facts["shielded"], "since": day(-9)}
            Person.objects.filter(pk=person.pk).update(**columns)
            if facts["run"]:
                since, ended_on = facts["run"]
                Caseworker.objects.create(person=person, user=user, since=day(since), ended_on=day(ended_on))
        return user


def by_rules(stage: Stage, user, visible: set, openable: set, today: date) -> None:
    """The two questions answer as the rule says."""
    seen = {stage.places[pk] for pk in Person.objects.visible_to(user, today).values_list("pk", flat=True)}
    opened = {stage.places[pk] for pk in Person.objects.identifiable_by(user, today).values_list("pk", flat=True)}
    assert (seen, opened) == (visible, openable)


OPENING = ("open", "change", "close", "erasure-ask", "paper-new", "caseworkers")


def by_pages(stage: Stage, user, visible: set, openable: set, today: date) -> None:
    """The list is what opens; what one may not know of is not found, and never refused."""
    client = visitor(user)
    shown = client.get(reverse("persons:list"))
    if not user.has_perm("persons.view_list"):
        assert shown.status_code == 403
        return
    listed = {place for place, person in enumerate(stage.persons) if str(person.uid) in shown.content.decode()}
    found = {name: codes_of(client, name, stage.persons) for name in ("person", *OPENING)}
    assert listed == visible == {place for place, code in enumerate(found["person"]) if code == 200}
    assert set(found["person"]) <= {200, 404}
    for name in OPENING:
        if not user.has_perm("persons.open_person"):
            assert (name, set(found[name])) == (name, {403})
        else:
            assert (name, set(found[name]) - {200, 302, 404}) == (name, set())
            assert {place for place, code in enumerate(found[name]) if code != 404} == openable


def codes_of(client: Client, name: str, persons: list) -> list[int]:
    """How a page answers for each person."""
    return [client.get(reverse(f"persons:{name}", args=[person.uid])).status_code for person in persons]
