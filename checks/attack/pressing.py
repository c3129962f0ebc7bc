"""Pressing a server from a separate process: `wrk` where it is installed, else a client of our own in threads."""

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

COOKIE = '["Cookie"] = "smakolyk=1"'
SCRIPT = """
local paths = {%s}
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[(turn %% #paths) + 1], {["Accept-Encoding"] = "gzip", ["Connection"] = "%s", %s})
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("FOUND %%d %%f %%f %%f %%f %%d\\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


HEADERS = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Press:
    """What a client met: requests in a second, times in milliseconds, answers that were no answers."""

    rate: float
    p50: float
    p95: float
    p99: float
    errors: int

    def __str__(self) -> str:
        times = f"p50 {self.p50:6.0f} ms  p95 {self.p95:6.0f} ms  p99 {self.p99:6.0f} ms"
        return f"{self.rate:8.0f}/s  {times}  błędów {self.errors}"


def tool() -> str:
    """What presses on this machine."""
    return "wrk" if shutil.which("wrk") else "klient w wątkach (brak programu wrk)"


def press(url: str, paths: list[str], *, connections: int, seconds: float, anew: bool = False) -> Press:
    """Ask for these paths in turn over so many connections.

    `anew`: over a new one for each request, as from nginx in front, and with a cookie, so that no page is kept.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        return _in_threads(url, paths, connections, seconds, anew)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "press.lua")
        named = ", ".join(f'"{path}"' for path in paths)
        script.write_text(SCRIPT % (named, "close" if anew else "keep-alive", COOKIE if anew else ""), encoding="utf-8")
        words = [wrk, "-t2", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "20s", "-s", str(script), url]
        told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    many, took, p50, p95, p99, errors = re.search(r"FOUND (.*)", told).group(1).split()
    return Press(int(many) / float(took), float(p50), float(p95), float(p99), int(errors))


def _in_threads(url: str, paths: list[str], connections: int, seconds: float, anew: bool) -> Press:
    took: list[float] = []
    errors: list[int] = []
    until = time.monotonic() + seconds

    def one(first: int) -> None:
        line, turn = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20), first
        while time.monotonic() < until:
            began, turn = time.monotonic(), turn + 1
            try:
                line.request(
                    "GET", paths[turn % len(paths)], headers=HEADERS | ({"Cookie": "smakolyk=1"} if anew else {})
                )
                answer = line.getresponse()
                answer.read()
                errors.append(answer.status != 200)
                if anew:
                    line.close()
            except OSError:
                errors.append(1)
                line.close()
            took.append((time.monotonic() - began) * 1000)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(took, n=100)
    return Press(len(took) / seconds, cuts[49], cuts[94], cuts[98], sum(errors))
