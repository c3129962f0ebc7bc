"""A whole installation of its own: a data directory, a database and the console command, as an operator has them."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.postgres import _free_port
from tests.tree import ROOT


class House:
    """One installation in a folder; on PostgreSQL when an address is given."""

    def __init__(self, folder: Path, url: str = "", **settings: str) -> None:
        self.data, self.url = folder, url
        self.settings = {f"SPOIWO_{name}": value for name, value in settings.items()}

    def environment(self) -> dict[str, str]:
        """Its settings and nobody else's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPOIWO_", "DJANGO_"))}
        own = {"SPOIWO_DATA_DIR": str(self.data), "SPOIWO_DATABASE_URL": self.url, "SPOIWO_PLAIN_HTTP": "1"}
        own["DJANGO_SETTINGS_MODULE"] = "spoiwo.config.settings"
        return kept | own | self.settings

    def start(self, *words: object) -> subprocess.Popen:
        """Start `spoiwo WORDS`, in a group of its own so that all of it can be killed."""
        return self.python("-m", "spoiwo.config", *words)

    def python(self, *words: object) -> subprocess.Popen:
        """Start Python with the settings of this house."""
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def spoiwo(self, *words: object, timeout: float = 600) -> tuple[int, str, str]:
        """Run `spoiwo WORDS` to its end: code, output, errors."""
        process = self.start(*words)
        out, err = process.communicate(timeout=timeout)
        return process.returncode, out, err

    def done(self, *words: object) -> str:
        """Run `spoiwo WORDS`, which must succeed; what it printed."""
        code, out, err = self.spoiwo(*words)
        assert code == 0, f"spoiwo {' '.join(map(str, words))}: {err or out}"
        return out

    @contextmanager
    def served(self, *words: object, patience: float = 60) -> Iterator[str]:
        """Its server, answering at the address given; killed with all it started at the end."""
        port = _free_port()
        process = self.start("serve", "--empty", "--port", port, *words)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz", patience, process)
            yield address
        finally:
            kill(process)


def kill(process: subprocess.Popen) -> None:
    """End a process of ours and everything in its group, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def status_of(address: str, timeout: float = 10) -> int:
    """The status that an address answers with; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=timeout) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def wait_for(address: str, patience: float, process: subprocess.Popen | None = None, status: int = 200) -> float:
    """Wait until an address answers so; the seconds it took. Raises: TimeoutError."""
    began = time.monotonic()
    while status_of(address) != status:
        if time.monotonic() - began > patience or (process and process.poll() is not None):
            raise TimeoutError(address)
        time.sleep(0.05)
    return time.monotonic() - began
