"""Taking measurements: wall clock, CPU seconds, peak memory, how busy the machine was."""

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """One run. Units: seconds; `cpu_s` is user and system time of all processes that did the work."""

    wall_s: float
    cpu_s: float


@dataclass
class Measurement:
    """One case in one process. Units: seconds, bytes; `first` is the call before the counted ones."""

    load: Run
    first: Run
    runs: list[Run] = field(default_factory=list)
    start_bytes: int = 0
    peak_bytes: int = 0
    busy: float = 0.0


def summary(found: list[dict]) -> dict:
    """Measurements of one case in one or more processes as one: all runs, their best and median, the highest peak."""
    runs = [run for case in found for run in case["runs"]]
    walls, cpus = [run["wall_s"] for run in runs], [run["cpu_s"] for run in runs]
    return found[0] | {
        "runs": runs,
        "n": len(runs),
        "best_wall_s": min(walls), "median_wall_s": median(walls),
        "best_cpu_s": min(cpus), "median_cpu_s": median(cpus),
        "peak_bytes": max(case["peak_bytes"] for case in found),
        "busy": max(case["busy"] for case in found),
    }  # fmt: skip


def timed(work: Callable[[], object], server: int | None = None) -> tuple[object, Run]:
    """Do the work and tell how long it took; `server`: the process of the database that works for us."""
    cpu, wall = _cpu_s(server), time.perf_counter()
    result = work()
    return result, Run(time.perf_counter() - wall, _cpu_s(server) - cpu)


def repeated(
    work: Callable[[], object], *, before: Callable[[], None], repeat: int, budget_s: float, server: int | None
) -> tuple[list[object], list[Run]]:
    """Up to `repeat` counted runs, at least one, none begun after `budget_s` seconds."""
    results, runs, end = [], [], time.monotonic() + budget_s
    while not runs or (len(runs) < repeat and time.monotonic() < end):
        before()
        result, run = timed(work, server)
        results.append(result)
        runs.append(run)
    return results, runs


def _cpu_s(server: int | None) -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time() + children.ru_utime + children.ru_stime
    return own + (_server_cpu_s(server) if server else 0.0)


def _server_cpu_s(pid: int) -> float:
    """CPU of a database process on the same machine, in steps of a clock tick; 0 where it cannot be read."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_bytes() -> int:
    """The most memory this process has held so far, with the largest of its finished children.

    `ru_maxrss` of the process itself would not do: it is inherited from whoever started it.
    """
    status = Path("/proc/self/status")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM:"))
        own = int(line.split()[1]) * 1024
    return own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def busy() -> float:
    """Processes that wanted the processor in the last minute, on average."""
    return os.getloadavg()[0]
