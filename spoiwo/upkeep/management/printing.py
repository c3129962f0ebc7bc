"""How the commands of this room speak: progress on the error output, a table at the end, refusals in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _

from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.errors import UpkeepRefused
from spoiwo.upkeep.refusals import in_words


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """A refusal of the room ends the command with its sentence."""
    try:
        yield
    except UpkeepRefused as refusal:
        raise CommandError(in_words(refusal)) from refusal


def print_proofs(out: OutputWrapper, rows: list[Proof]) -> None:
    """A table of what was checked; what does not hold is marked by a word, not by a colour."""
    width = max(len(row.what) for row in rows)
    for row in rows:
        out.write(f"  {mark(row.holds):<6} {row.what:<{width}}  {row.found}")


def mark(holds: bool) -> str:
    """The word before a line."""
    return _("good") if holds else _("BAD")


def steps(err: OutputWrapper):
    """A function that says which step begins, when a person is looking."""
    words = {
        "backup": _("Backup"),
        "database": _("Copy of the database"),
        "figures": _("Rows, sums and fingerprints"),
        "files": _("Files"),
        "archive": _("Archive"),
        "copy": _("Copy to come back to"),
        "migrate": _("Migrations"),
        "check": _("Checks"),
        "back": _("Return to the state before"),
        "restore": _("Restoring elsewhere"),
        "look": _("Looking over what stands"),
    }

    def say(step: str) -> None:
        if err.isatty():
            err.write(f"· {words.get(step, step)}")

    return say
