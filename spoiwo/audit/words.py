"""How deeds and the fields they change are called on the screen; every room registers its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_words: dict[str, str | Promise] = {}
_fields: dict[str, str | Promise] = {}
_roles: dict[str, str | Promise] = {}


def register(words: dict[str, str | Promise]) -> None:
    """Add the words of a room's deeds."""
    _words.update(words)


def register_fields(words: dict[str, str | Promise]) -> None:
    """Add the words of the fields that a room's deeds change."""
    _fields.update(words)


def register_roles(words: dict[str, str | Promise]) -> None:
    """Add the words of the roles in which people act."""
    _roles.update(words)


def deeds_called(words: str) -> list[str]:
    """Deeds whose words on the screen contain these words."""
    return [deed for deed, shown in _words.items() if words.casefold() in str(shown).casefold()]


def in_words(deed: str) -> str:
    """The deed as a person reads it; an unknown one as it is stored."""
    return str(_words.get(deed, deed))


def field_in_words(name: str) -> str:
    """The field as a person reads it; an unknown one as it is stored."""
    return str(_fields.get(name, name))


def roles_in_words(roles: str) -> str:
    """Roles as a person reads them, from their codes."""
    return ", ".join(str(_roles.get(role, role)) for role in roles.split())


register(
    {
        "audit.opened": _("Record opened"),
        "audit.key_laid_anew": _("New key of the record laid"),
        "audit.refused": _("Protected page refused"),
        "audit.review_signed": _("Weekly review signed"),
    }
)
