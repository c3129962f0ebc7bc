"""How gunicorn serves the house: `gunicorn --config python:spoiwo.config.serving spoiwo.config.wsgi:application`."""

import os
import shutil
import tempfile
from pathlib import Path

import gunicorn

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoiwo.config.settings")
from django.conf import settings  # noqa: E402 - it reads the variable above

gunicorn.SERVER = "Spoiwo"  # whose server it is, not which version of what
preload_app = True
threads = 2
timeout = 120  # seconds: the longest report, with room
limit_request_line = 8190  # longer ones are refused here; from 4 000 signs on, with our own page
accesslog = None  # every answer has its line from spoiwo.access.observing, without addresses
loglevel = "warning"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": settings.LOGGING["formatters"],
    "handlers": settings.LOGGING["handlers"],
    "root": settings.LOGGING["root"],
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True}},
}


MEMORY = Path("/dev/shm")  # nosec B108 - a folder with a random name is made in it


def _counting_together() -> Path:
    """An empty folder where the processes of this server keep their counters; set before the counters are made.

    In memory where there is such a place: a counter that finds no room on the disk ends its process (SIGBUS). The
    folder of the server before goes; which one that was is noted in the data directory.
    """
    noted = settings.DATA_DIR / "metrics-folder"
    if noted.exists():
        shutil.rmtree(noted.read_text(encoding="utf-8"), ignore_errors=True)
    folder = tempfile.mkdtemp(prefix="spoiwo-metrics-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
    noted.write_text(folder, encoding="utf-8")
    return Path(folder)


os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_counting_together())


def child_exit(server, worker) -> None:
    """A process that ended no longer counts what is going on."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def when_ready(server) -> None:
    """Read every address and view once, before the processes part: none of them is slow at its first page."""
    from django.urls import get_resolver

    get_resolver()._populate()
