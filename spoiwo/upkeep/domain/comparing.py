"""Two descriptions of a house set side by side: what was saved and what stands after restoring."""

from dataclasses import dataclass

COMPARED = ("tables", "ledger", "audit", "migrations", "files")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: of what kind, which, and both values."""

    kind: str
    name: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.expected} ≠ {self.found}"


def differences(saved: dict, found: dict, kinds: tuple[str, ...] = COMPARED) -> list[Difference]:
    """Everything that differs between two descriptions, by kind and name; nothing when they are equal."""
    rows = []
    for kind in kinds:
        left, right = saved.get(kind, {}), found.get(kind, {})
        names = sorted({*left, *right})
        rows += [
            Difference(kind, name, left.get(name), right.get(name))
            for name in names
            if left.get(name) != right.get(name)
        ]
    return rows
