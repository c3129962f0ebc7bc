"""Proof 9: how many visitors the public pages carry, on two cores, pressed from a separate process.

The server is the one of `spoiwo serve` with its own settings (JSON log, two processes of two threads, every commit on
the disk), on PostgreSQL as in production where it is installed, else on SQLite (`python -m checks.load sqlite`).
Beside it: a plain Django list page under the same server, and nginx with the same pages as files. With 16 connections
each request comes over a new one, as from nginx in front (kept ones would all stay with the process that took them),
and with a cookie, so that every page is made anew. Remembered until the next deed (`access.remembering`): the region,
the names of the office, sums of drafts, lists of indicators and how the parts of a strategy stand.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from checks.attack.clerk import Clerk
from checks.attack.pressing import Press, press, tool
from tests.houses import House, status_of, wait_for
from tests.postgres import _free_port, programs, server
from tests.tree import ROOT

SECONDS = 10
LIGHT = ["/pomoc/", "/sprawozdania/", "/kwoty-ogloszone/", "/wskazniki/", "/konsultacje/", "/mapa-strony/"]
ALL = [*LIGHT, "/", "/strategie/2021-2030/", "/programy/2014-P2/", "/sprawozdania/2017/", "/sprawozdania/2019/",
       "/wydatki/2019/?program=2014-P2", "/wskazniki/piecza-rodzinna/"]  # fmt: skip
LIST = "/kwoty-ogloszone/"
CALM, SPIKE = 16, 500
NGINX = """user root; worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{ access_log off; include /etc/nginx/mime.types; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; gzip on; gzip_types text/css;
  server {{ listen 127.0.0.1:{port}; root {root}; charset utf-8;
    location / {{ try_files "${{uri}}index@${{args}}.html" "${{uri}}index.html" $uri =404; }} }} }}
"""


class Report:
    """What was found, line by line, and whether a promise was broken."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def line(self, what: str, found: Press, *, rate: float = 0, p95: float = 0, clean: bool = False) -> Press:
        """One measurement beside its goal."""
        missed = found.rate < rate or (p95 and found.p95 > p95) or (clean and found.errors)
        goal = f"cel ≥ {rate:.0f}/s, p95 ≤ {p95:.0f} ms: {'NIE' if missed else 'tak'}" if rate else ""
        print(f"  {what:<52} {found}  obciążenie {os.getloadavg()[0]:4.1f}  {goal}", flush=True)
        if missed:
            self.broken.append(what)
        return found


def main() -> int:
    """Print every figure with the load of the machine; 1 when a goal was missed."""
    report = Report()
    print(f"narzędzie: {tool()}; rdzeni: {os.cpu_count()}; obciążenie na początku: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="spoiwo-load-") as folder, _database() as address:
        print(f"baza: {'PostgreSQL' if address else 'SQLite (WAL, FULL)'}")
        house = House(Path(folder, "house"), address, LOG="json")
        house.done("migrate", "--verbosity", "0")
        house.done("demo")
        _uncached(house, report)
        cached = _cached(house, report)
        file = _snapshot(house, Path(folder), report)
        plain = _plain(Path(folder), report)
    ratios = (
        f"{cached.rate / plain.rate:.1f} razy szybciej niż zwykła lista Django, {cached.rate / file.rate:.2f} plików"
    )
    print(f"  z pamięci: {ratios}")
    for what in report.broken:
        print(f"NIE PRZESZŁO: {what}")
    return 1 if report.broken else 0


def _uncached(house: House, report: Report) -> None:
    with _served(house) as url:
        press(url, ALL, connections=4, seconds=3, anew=True)
        for page in [LIST, "/", "/sprawozdania/2017/", "/sprawozdania/2019/"]:
            report.line(
                f"strony robione od nowa, 16 połączeń: {page}",
                press(url, [page], connections=CALM, anew=True, seconds=5),
            )
        found = press(url, LIGHT, connections=CALM, anew=True, seconds=SECONDS)
        report.line(
            "strony robione od nowa, 16 połączeń: pomoc, listy, wskaźniki", found, rate=150, p95=250, clean=True
        )
        report.line(
            "strony robione od nowa, 16 połączeń: wszystkie rodzaje",
            press(url, ALL, connections=CALM, anew=True, seconds=SECONDS),
            rate=150,
            p95=250,
        )


def _cached(house: House, report: Report) -> Press:
    with _served(house) as url:
        press(url, ALL, connections=4, seconds=3)
        found = press(url, ALL, connections=SPIKE, seconds=SECONDS)
        report.line("z pamięci, 500 połączeń: wszystkie rodzaje", found, rate=800, p95=1000, clean=True)
        clerk, saves = Clerk(url, "anna@pokaz.example", "spoiwo-pokaz-2026"), []
        crowd = Thread(target=lambda: saves.append(press(url, ALL, connections=SPIKE, seconds=2 * SECONDS)))
        crowd.start()
        took = clerk.save_until(time.monotonic() + 2 * SECONDS)
        crowd.join()
        report.line("to samo, gdy urzędnik zapisuje", saves[0])
        p95 = statistics.quantiles(took, n=20)[-1] * 1000
        middle = statistics.median(took) * 1000
        print(f"  zapisów w tym czasie: {len(took)}; p50 {middle:.0f} ms, p95 {p95:.0f} ms (cel ≤ 2000)")
        if p95 > 2000:
            report.broken.append("zapis urzędnika w czasie szczytu")
        return found


def _snapshot(house: House, folder: Path, report: Report) -> Press:
    house.done("snapshot", folder / "copy")
    root = folder / "copy" / "current" / "www"
    with _files(root, folder) as (url, name):
        there = [page for page in ALL if status_of(url + page) == 200]
        if len(there) < len(ALL):
            report.broken.append(f"w kopii brak: {', '.join(set(ALL) - set(there))}")
        found = press(url, there, connections=SPIKE, seconds=SECONDS)
        report.line(f"kopia w plikach ({name}), 500 połączeń", found, rate=800 if name == "nginx" else 0, p95=1000)
    return found


def _plain(folder: Path, report: Report) -> Press:
    env = os.environ | {"PLAIN_DATABASE": str(folder / "plain.sqlite3")}
    subprocess.run([sys.executable, "-m", "checks.attack.plain"], cwd=ROOT, env=env, check=True)
    port = _free_port()
    words = ["gunicorn", "checks.attack.plain:application", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with _process([sys.executable, "-m", *words, "--threads", "2"], env, folder / "plain.log") as process:
        wait_for(f"http://127.0.0.1:{port}/", 30, process)
        report.line(
            "zwykła lista Django, 16 połączeń",
            press(f"http://127.0.0.1:{port}", ["/"], connections=CALM, anew=True, seconds=5),
        )
        found = press(f"http://127.0.0.1:{port}", ["/"], connections=SPIKE, seconds=SECONDS)
        return report.line("zwykła lista Django, 500 połączeń", found)


@contextmanager
def _database() -> Iterator[str]:
    """The address of a PostgreSQL of our own that writes through; empty for SQLite."""
    if "sqlite" in sys.argv[1:] or programs() is None:
        yield ""
        return
    with server("max_connections=40") as held:
        yield held.url()


@contextmanager
def _served(house: House) -> Iterator[str]:
    """The server of the house, its log in a file as in life."""
    port = _free_port()
    words = [sys.executable, "-m", "spoiwo.config", "serve", "--empty", "--no-chores", "--port", str(port)]
    with _process(words, house.environment(), house.data / "serve.log") as process:
        wait_for(f"http://127.0.0.1:{port}/healthz", 60, process)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _files(root: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """nginx over the copy, or Python's own server of files where there is no nginx."""
    port, nginx = _free_port(), shutil.which("nginx")
    words = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root)]
    if nginx:
        conf = folder / "nginx.conf"
        conf.write_text(NGINX.format(folder=folder, root=root, port=port), encoding="utf-8")
        words = [nginx, "-c", str(conf), "-p", str(folder)]
    else:
        print("NIE SPRAWDZONO: kopia pod nginx: brak programu nginx")
    with _process(words, dict(os.environ), folder / "files.log") as process:
        wait_for(f"http://127.0.0.1:{port}/pomoc/", 30, process)
        yield f"http://127.0.0.1:{port}", "nginx" if nginx else "serwer plików Pythona"


@contextmanager
def _process(words: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    with log.open("ab") as out:
        process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
