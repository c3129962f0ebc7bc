"""How deeds are called on the screen; every room registers its own."""

from django.utils.functional import Promise

_words: dict[str, str | Promise] = {}


def register(words: dict[str, str | Promise]) -> None:
    """Add the words of a room's deeds."""
    _words.update(words)


def deeds_called(words: str) -> list[str]:
    """Deeds whose words on the screen contain these words."""
    return [deed for deed, shown in _words.items() if words.casefold() in str(shown).casefold()]


def in_words(deed: str) -> str:
    """The deed as a person reads it; an unknown one as it is stored."""
    return str(_words.get(deed, deed))
