"""Files that wait between a dry run and a decision: away from the web, for the one who sent them, for a day.

They are read by the door for packages and thrown away; nothing of them is kept or handed out.
"""

import secrets
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest

from spoiwo.doors.domain.files import safe_name

KEPT_SECONDS = 24 * 3600


def lay_aside(request: HttpRequest, upload: UploadedFile, kind: str, **facts) -> str:
    """Keep an upload under a random name and remember it in the session; yesterday's leftovers go."""
    settings.UPLOADS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in settings.UPLOADS_DIR.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    token = secrets.token_urlsafe(18)
    folder = settings.UPLOADS_DIR / token
    folder.mkdir(mode=0o700)
    with (folder / kind).open("xb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    remember(request, kind, token, {"name": safe_name(upload.name), **facts})
    return token


def remember(request: HttpRequest, kind: str, token: str, facts: dict) -> None:
    """Note facts of a waiting file in the session of the one who sent it."""
    request.session[f"waiting-{kind}"] = {**request.session.get(f"waiting-{kind}", {}), token: facts}


def waiting(request: HttpRequest, kind: str, token: str) -> tuple[Path, dict]:
    """A waiting file and its facts. Raises Http404 for anybody else."""
    facts = request.session.get(f"waiting-{kind}", {}).get(token)
    path = settings.UPLOADS_DIR / token / kind
    if facts is None or not path.exists():
        raise Http404
    return path, facts


def throw_away(request: HttpRequest, kind: str, token: str) -> None:
    """The file is no longer needed."""
    shutil.rmtree(settings.UPLOADS_DIR / token, ignore_errors=True)
    held = request.session.get(f"waiting-{kind}", {})
    request.session[f"waiting-{kind}"] = {key: value for key, value in held.items() if key != token}
