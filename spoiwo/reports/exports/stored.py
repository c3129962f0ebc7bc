"""Files and pictures of reports, made once and kept by their fingerprint."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString

from spoiwo.kernel.canonical import fingerprint
from spoiwo.reports import exports
from spoiwo.reports.domain.chart import chart_spec
from spoiwo.reports.exports.chart import chart_svg


def rendered(content: dict, format: str) -> bytes:
    """One format of a whole content, from the store when the same content was made before."""
    bare = {name: value for name, value in content.items() if name not in {"as_of", "fingerprint"}}
    key = content["fingerprint"] if content["state"] == "final" else fingerprint(bare)
    return _stored(settings.RENDERED_DIR / key / f"report.{format}", lambda: exports.FORMATS[format][0](content))


def chart(content: dict, *, narrow: bool = False) -> SafeString:
    """The chart as SVG, or nothing; made from data by our own renderer, so it may stand in a page as it is."""
    spec = chart_spec(content, narrow=narrow)
    if spec is None:
        return SafeString("")
    path = settings.RENDERED_DIR / "charts" / f"{fingerprint([content['year'], repr(spec)])}.svg"
    return SafeString(_stored(path, lambda: chart_svg(content, narrow=narrow).encode()).decode())


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
