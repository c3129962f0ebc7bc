"""The child process: puts limits on itself, reads one package, tells its parent line by line."""

import os
import sys
from pathlib import Path

from spoiwo.doors.intake import fence
from spoiwo.ledger.domain.faults import Fault, shown
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.protocol import Outlet
from spoiwo.ledger.intake.refusal import Refused

WHOLE = "plik, który da się odczytać w całości"


def main(path: str, kind: str = "package") -> None:
    """Read the package, or the one table, at the path and write it to standard output."""
    limit_process()
    outlet = Outlet(sys.stdout.buffer, shown(Path(path).name))
    try:
        read(Path(path), outlet, kind)
        outlet.end()
    except BrokenPipeError:
        os._exit(1)  # the parent has gone; there is nobody to tell


def limit_process() -> None:
    """Put the fence up, with the figures of a package."""
    fence.limit_process(memory=limits.CHILD_BYTES, cpu_seconds=limits.CHILD_CPU_SECONDS, open_files=limits.CHILD_FILES)


def read(path: Path, outlet: Outlet, kind: str = "package") -> None:
    """Read what is at the path. Whatever goes wrong with the content becomes a fault."""
    from spoiwo.ledger.intake.onetable import read_table_path  # after the limits: they bring the readers
    from spoiwo.ledger.intake.recognise import read_path

    file = shown(path.name)
    try:
        (read_table_path if kind == "table" else read_path)(path, outlet)
        return
    except Refused as refusal:
        fault = refusal.fault
    except MemoryError:
        fault = Fault("too_much_memory", file, found="plik, który zajmuje zbyt wiele pamięci", expected=WHOLE)
    except BrokenPipeError:
        raise
    except OSError:
        fault = Fault("unreadable_file", file, found="plik, którego system nie pozwala odczytać", expected=WHOLE)
    except BaseException:  # also panics of native readers, which are no Exception
        fault = Fault("broken_file", file, found="plik uszkodzony albo w nieznanej odmianie", expected=WHOLE)
    outlet.fault(fault)
    outlet.broken()
