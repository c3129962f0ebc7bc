"""What changed between two states of a row, and the refusal of a change made on an old one."""

from collections.abc import Mapping


class ChangedMeanwhile(Exception):
    """Somebody changed the record in the meantime; nothing was saved. `current` is the record as it is now, if any."""

    def __init__(self, current: object) -> None:
        super().__init__(current)
        self.current = current


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list]:
    """What differs, for the record of deeds: name → [before, after]; what one side lacks is None there."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = {name: [before.get(name), after.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
