"""Files and pictures of reports, made once and kept by what they are made of."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString

from spoiwo.audit.services import chain_head
from spoiwo.kernel.canonical import fingerprint
from spoiwo.reports import exports
from spoiwo.reports.domain.chart import chart_spec
from spoiwo.reports.exports.chart import chart_svg
from spoiwo.reports.models import Report


class Busy(Exception):
    """Another large file is being made; ask again in a moment."""


def rendered(report: Report | None, year_pk: int, content: dict, format_: str, whole: Callable[[], dict]) -> bytes:
    """One format of a report: of a final version by its fingerprint, of a draft by its figures and the last deed.

    `content` is the report without its records; the file of a draft's state before is thrown away.
    One large file is made at a time. Raises: Busy.
    """
    if report:
        folder, name = settings.RENDERED_DIR / report.fingerprint, f"report.{format_}"
    else:
        bare = {name: value for name, value in content.items() if name not in {"as_of", "fingerprint"}}
        state = fingerprint([bare, chain_head()[1]])
        folder, name = settings.RENDERED_DIR / f"draft-{year_pk}", f"{state}.{format_}"
    path = folder / name
    if path.exists():
        return path.read_bytes()
    with _alone():
        made = _stored(path, lambda: exports.FORMATS[format_][0](whole()))
    if not report:
        for old in folder.glob(f"*.{format_}"):
            old.unlink(missing_ok=True) if old != path else None
    return made


@contextmanager
def _alone() -> Iterator[None]:
    settings.RENDERED_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.RENDERED_DIR / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Busy from problem
        yield


def chart(content: dict, *, narrow: bool = False) -> SafeString:
    """The chart as SVG, or nothing; made from data by our own renderer, so it may stand in a page as it is."""
    spec = chart_spec(content, narrow=narrow)
    if spec is None:
        return SafeString("")
    path = settings.RENDERED_DIR / "charts" / f"{fingerprint([content['year'], repr(spec)])}.svg"
    return SafeString(_stored(path, lambda: chart_svg(content, narrow=narrow).encode()).decode())  # nosec B703 B308 - our own SVG


def _stored(path: Path, make: Callable[[], bytes]) -> bytes:
    if path.exists():
        return path.read_bytes()
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as target:
        target.write(made)
    os.replace(name, path)
    return made
