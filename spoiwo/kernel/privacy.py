"""The five classes of a field, said beside its model.

A field without a class fails the build (`tests/test_privacy.py`): whoever adds a column says what it holds.
Source: GDPR art. 4(1), 9 and 25; the classes are the house's own.
"""

from collections.abc import Callable
from enum import StrEnum


class Privacy(StrEnum):
    """What a field holds, from what everybody may read to what nobody reads back."""

    PUBLIC = "public"  # stands on public pages
    INTERNAL = "internal"  # work of the office, nobody's personal data
    PERSONAL = "personal"  # tells something about a person who can be told
    SPECIAL = "special"  # of GDPR art. 9, or of a person in danger or in care: only as a sealed value
    SECRET = "secret"  # noqa: S105 - the name of a class: passwords, keys and tokens, only hashed or sealed


_declared: dict[str, dict[str, Privacy]] = {}


def classified(**fields: str) -> Callable:
    """Say the class of every field of the model below: `@classified(public="code name", personal="sender")`."""

    def mark(model: type) -> type:
        model.privacy = classes_of(fields)
        return model

    return mark


def classes_of(fields: dict[str, str]) -> dict[str, Privacy]:
    """Names of fields, by their class. Raises: ValueError for an unknown class or a name said twice."""
    classes: dict[str, Privacy] = {}
    for privacy, names in fields.items():
        for name in names.split():
            if name in classes:
                raise ValueError(f"{name}: classified twice")
            classes[name] = Privacy(privacy)
    return classes


def declare(label: str, **fields: str) -> None:
    """Say the classes of a model that comes from a package, by its label ("account.EmailAddress")."""
    _declared[label.lower()] = classes_of(fields)


def privacy_of(model: type) -> dict[str, Privacy]:
    """The classes said for a model, together with those said for its abstract bases; empty when nothing was said."""
    said: dict[str, Privacy] = {}
    for base in reversed(model.__mro__):
        said |= vars(base).get("privacy", {})
    return said | _declared.get(model._meta.label_lower, {})
