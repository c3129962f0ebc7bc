"""How tests are spread over processes: what prepares something long stays together, and the order stays as it is."""

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

PREPARED = ("tests/acceptance", "tests/browser", "tests/test_benchmarks.py")  # each on something made once, and long


def place_in_line(path: str) -> int:
    """Where tests of a file begin: what is prepared for long first, all others where they were."""
    return next((at for at, name in enumerate(PREPARED) if PurePosixPath(path).is_relative_to(name)), len(PREPARED))


def stretches(nodeids: list[str]) -> dict[str, str]:
    """The stretch that each test belongs to: its neighbours of the same file, or of the same folder in PREPARED.

    A file may have two: pytest-django puts tests that empty the database after all others, and so they stay.
    """
    found, before, number = {}, None, 0
    for nodeid in nodeids:
        path = nodeid.partition("::")[0]
        place = place_in_line(path)
        here = PREPARED[place] if place < len(PREPARED) else path
        if here != before:
            before, number = here, number + 1
        found[nodeid] = f"{number} {here}"
    return found


class Stretches(LoadScopeScheduling):
    """Give each process one stretch after another, in order."""

    def schedule(self) -> None:
        """Find the stretches in what was collected, then spread them."""
        if self.collection is None and self.registered_collections:
            self.found = stretches(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self.found[nodeid]
