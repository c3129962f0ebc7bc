"""Values of strangers, made safe to show in a sentence."""

import unicodedata

LONGEST_QUOTE = 80


def quoted(value: object) -> str:
    """The value in Polish quotation marks, as `shown`."""
    return f"„{shown(value)}”"


def shown(value: object) -> str:
    """The value as one short line, with invisible characters made visible: for names of files and columns."""
    text = "".join(_visible(character) for character in str(value)[: LONGEST_QUOTE + 1])
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _visible(character: str) -> str:
    """Control and formatting characters as U+XXXX, any other as it is."""
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return f"<U+{ord(character):04X}>"
    return character
