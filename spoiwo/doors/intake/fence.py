"""The fence around a process that opens files of strangers, and how such a process is started."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import spoiwo

ROOT = Path(spoiwo.__file__).resolve().parent.parent
START = "import sys; sys.path.append(sys.argv[1]); from {module} import main; main(*sys.argv[2:])"
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.")


def limit_process(*, memory: int, cpu_seconds: int, open_files: int) -> None:
    """Take from this process what a reader does not need: memory, time, files to write, network, children."""
    for kind, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
    ):
        _soft, hard = resource.getrlimit(kind)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(kind, (limit, hard if kind == resource.RLIMIT_CPU else limit))
        except (OSError, ValueError):
            if sys.platform == "linux":  # elsewhere RLIMIT_AS cannot be set; the other fences stay
                raise
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple) -> None:
    """Nothing that a reader has a use for starts programs or opens connections."""
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(event)


def start_child(module: str, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen:
    """Start `main(*arguments)` of a module in a bare Python of its own; the module puts the fence up itself."""
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", START.format(module=module), str(ROOT), *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
    )
