"""Hiding small numbers in public statistics so that nobody gets them back by adding and subtracting.

`suppress()` is the one function for every public figure about people: it hides what is too small (primary), then as few
others as it can (secondary) until no hidden cell can be told from the published ones, in all tables given together and
together with what was published before. Sources: act of 29 June 1995 on public statistics, art. 38 (data that can be
tied to a person; for businesses fewer than three contributors or one above three quarters); the house's threshold is 5.
"""

from spoiwo.kernel.suppression.model import (
    CannotProtect,
    Cell,
    NotAdditive,
    Policy,
    Relation,
    Suppressed,
    is_sensitive,
    table_relations,
)
from spoiwo.kernel.suppression.protect import suppress

__all__ = [
    "CannotProtect",
    "Cell",
    "NotAdditive",
    "Policy",
    "Relation",
    "Suppressed",
    "is_sensitive",
    "suppress",
    "table_relations",
]
