"""The nearest name to one that is not known, for a helpful message."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_COMPARED = 2_000


def nearest(wrong: str, names: Iterable[str]) -> str:
    """The most similar of the names, or an empty text when none is similar."""
    by_folded = {name.casefold(): name for name in names}
    if len(by_folded) > MOST_COMPARED or len(wrong) > 100:
        return ""
    found = get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""
