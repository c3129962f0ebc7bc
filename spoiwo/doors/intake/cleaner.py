"""The parent's side: start the limited child process, hand it the file, take what is left of it."""

import json
import signal
import subprocess
from threading import Timer

from spoiwo.doors.domain import limits
from spoiwo.doors.domain.files import Cleaned, Kind
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake.fence import start_child

SMALLER = "mniejszy plik albo plik zapisany na nowo"


def cleaned(kind: Kind, content: bytes) -> Cleaned:
    """What is left of a file: everything that touches its content happens in a child process.

    It has 512 MB of address space, 20 s of processor time and 40 s of wall time; it cannot write files, open
    connections or start programs. Raises: FileRefused, also when the child did not come to its end.
    """
    expired = False
    with start_child("spoiwo.doors.intake.child", kind.name, stdin=subprocess.PIPE) as child:
        clock = Timer(limits.CHILD_WALL_SECONDS, child.kill)
        clock.start()
        try:
            said, _nothing = child.communicate(content)
        except BrokenPipeError:
            said = b""
        finally:
            expired = not clock.is_alive()
            clock.cancel()
            child.kill()
    return _understood(said, child.returncode, expired=expired)


def _understood(said: bytes, returncode: int, *, expired: bool) -> Cleaned:
    """What the child said, as a file or a refusal."""
    line, _newline, left = said.partition(b"\n")
    try:
        told = json.loads(line)
    except ValueError:
        told = {}
    if "refused" in told:
        raise FileRefused(*told["refused"])
    if "notes" in told and returncode == 0 and 0 < len(left) <= limits.CLEANED_BYTES:
        return Cleaned(left, told["notes"], told["signed"])
    if expired or returncode == -signal.SIGXCPU:
        raise FileRefused("took_too_long", "plik, którego sprawdzanie trwało zbyt długo", SMALLER)
    raise FileRefused("reader_stopped", "plik, na którym sprawdzanie się przerwało", SMALLER)
