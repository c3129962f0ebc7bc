"""Facts remembered until the next deed: never longer, and never when the cache is off."""

from datetime import date

import pytest
from django.db import DatabaseError

from spoiwo.access import remembering
from spoiwo.access.remembering import ASKED_EVERY, LONGEST_LIFE, MOST, Facts, RecentHead, remembered


class World:
    """Time, day and head of a chain that move when told."""

    def __init__(self):
        self.now, self.day, self.head, self.asked, self.made = 100.0, date(2026, 3, 16), (7, "h"), 0, []

    def ask(self):
        """The head; how often it was asked is counted."""
        self.asked += 1
        return self.head

    def facts(self):
        """A memory in this world."""
        return Facts(RecentHead(lambda: self.day, lambda: self.now, self.ask))

    def make(self, text="fakt"):
        """A maker that counts."""
        return lambda: self.made.append(text) or f"{text} {len(self.made)}"


def test_a_fact_is_made_once_while_nothing_is_done():
    world = World()
    facts = world.facts()
    assert [facts.remembered(("a",), world.make()) for _time in range(3)] == ["fakt 1"] * 3
    assert facts.remembered(("b",), world.make()) == "fakt 2"
    assert world.asked == 1


@pytest.mark.parametrize(
    ("change", "later"),
    [({"head": (8, "i")}, ASKED_EVERY), ({"day": date(2026, 3, 17)}, 0), ({}, LONGEST_LIFE + 1)],
)
def test_a_fact_is_made_anew_after_a_deed_on_a_new_day_and_after_five_minutes(change, later):
    world = World()
    facts = world.facts()
    facts.remembered(("a",), world.make())
    vars(world).update(change)
    world.now += later
    assert facts.remembered(("a",), world.make()) == "fakt 2"


def test_a_deed_is_noticed_a_second_after_the_last_question():
    world = World()
    facts = world.facts()
    facts.remembered(("a",), world.make())
    world.head = (8, "i")
    world.now += ASKED_EVERY - 0.1
    assert facts.remembered(("a",), world.make()) == "fakt 1"


def test_a_deed_done_while_a_fact_was_made_makes_it_old():
    world = World()
    facts = world.facts()

    def make():
        world.head = (8, "i")
        return "przed czy po"

    facts.remembered(("a",), make)
    world.now += ASKED_EVERY
    assert facts.remembered(("a",), world.make()) == "fakt 1"


def test_the_memory_is_bounded_and_the_least_wanted_leaves():
    world = World()
    facts = world.facts()
    for number in range(MOST):
        facts.remembered((number,), world.make())
    facts.remembered((0,), world.make())
    facts.remembered(("new",), world.make())
    assert len(facts.held) == MOST
    assert (0,) in facts.held
    assert (1,) not in facts.held


def test_a_database_that_does_not_answer_is_told():
    def broken():
        raise DatabaseError

    with pytest.raises(DatabaseError):
        Facts(RecentHead(lambda: date(2026, 3, 16), lambda: 0.0, broken)).remembered(("a",), str)


@pytest.mark.django_db
def test_where_the_cache_is_off_nothing_is_remembered(settings, monkeypatch):
    world = World()
    monkeypatch.setattr(remembering, "_facts", world.facts())
    settings.PUBLIC_CACHE_BYTES = 0
    assert [remembered(("a",), world.make()) for _time in range(2)] == ["fakt 1", "fakt 2"]
    settings.PUBLIC_CACHE_BYTES = 1
    assert [remembered(("a",), world.make()) for _time in range(2)] == ["fakt 3", "fakt 3"]
