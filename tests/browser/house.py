"""A house of its own for the browser: a data directory, the server as a process, its accounts."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.plugin import ROOT

PATIENCE = 180  # seconds until a slow machine has loaded the demonstration region
PASSWORD = "spoiwo-pokaz-2026"


@dataclass
class House:
    """A running server and where its data lie."""

    url: str
    data: Path
    process: subprocess.Popen

    def spoiwo(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess:
        """Run a command on the same data."""
        return run(self.data, *words, stdin=stdin)

    def close(self) -> None:
        """End the server that was started here."""
        self.process.terminate()
        self.process.wait(timeout=20)


def environment(data: Path) -> dict[str, str]:
    """SQLite in the directory, plain HTTP on the loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
    return kept | {"SPOIWO_DATA_DIR": str(data), "SPOIWO_PLAIN_HTTP": "1"}


def run(data: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess:
    """`spoiwo WORDS` on a data directory."""
    command = [sys.executable, "-m", "spoiwo.config", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(data), input=stdin, capture_output=True, text=True, timeout=PATIENCE
    )


def open_house(data: Path, *, empty: bool = False) -> House:
    """Start the server on a free port and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--port", str(port), "--workers", "1", *(["--empty"] if empty else [])]
    with (data / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "spoiwo.config", *words], cwd=ROOT, env=environment(data), stdout=log, stderr=log
        )
    house = House(f"http://localhost:{port}", data, process)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(house.url + "/pomoc/", timeout=5):
                return house
        except OSError:
            time.sleep(0.3)
    process.kill()
    raise AssertionError((data / "serve.log").read_text(encoding="utf-8"))


def packed(example: str, target: Path) -> Path:
    """An example package as one ZIP, as an officer would upload it."""
    made = shutil.make_archive(str(target / example), "zip", ROOT / "examples" / example)
    return Path(made)
