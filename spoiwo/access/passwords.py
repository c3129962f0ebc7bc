"""Passwords that are tried first, beside those that Django knows: Polish words with a number at the end."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST = 1000  # far above any sentence; hashing something longer would only cost time
TRIED_FIRST = frozenset((Path(__file__).parent / "data" / "tried_first.txt").read_text(encoding="ascii").split())
WITHOUT = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


def core_of(password: str) -> str:
    """What is left of a password without its digits and signs, in small letters: "Misiaczek_2024!" is "misiaczek"."""
    plain = password.translate(WITHOUT).casefold()
    return "".join(sign for sign in plain if sign.isalpha())


class KnownPasswordValidator:
    """Refuses a word that is tried first, whatever number stands after it, and a text too long to be a password.

    No rules of composition: they make passwords worse (NIST SP 800-63B, 5.1.1.2).
    """

    def validate(self, password: str, user=None) -> None:
        """Raises: ValidationError."""
        if len(password) > LONGEST:
            words = ngettext("At most %(n)d character.", "At most %(n)d characters.", LONGEST) % {"n": LONGEST}
            raise ValidationError(words, code="password_too_long")
        if password.casefold() in TRIED_FIRST or core_of(password) in TRIED_FIRST:
            raise ValidationError(
                _("This password is among those that are tried first. Use a few words that only you put together."),
                code="password_tried_first",
            )

    def get_help_text(self) -> str:
        """For the page."""
        return _("Best are a few words that only you put together; a word with a year at its end is guessed at once.")
