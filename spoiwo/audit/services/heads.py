"""Heads of the chain taken out of the house: written into a file each hour, carried further by the rooms above."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from spoiwo.audit.domain.heads import Head, read_head
from spoiwo.audit.errors import HeadUnreadable
from spoiwo.audit.models import Record
from spoiwo.audit.services.key import installation, key_for
from spoiwo.audit.services.verifying import chain_head
from spoiwo.kernel.sealing import keyed_fingerprint

PURPOSE = "heads"
_carriers: list[Callable[[Head], None]] = []


def register_carrier(carry: Callable[[Head], None]) -> None:
    """Add a way by which a head leaves the house beside the file, such as a letter; asked once a day."""
    if carry not in _carriers:
        _carriers.append(carry)


def export_head(*, now: datetime, carry: bool = False) -> Head:
    """Write the head of this moment into the file of the month; the first one of a day is carried further too.

    The file is only added to, and is on the disk before anything else happens. Raises: OSError.
    """
    sequence, head_hash = chain_head()
    at = timezone.localtime(now).isoformat(timespec="seconds")
    head = signed(Head(sequence, head_hash, at, Record.objects.count(), installation()))
    first_today = _append(head, timezone.localtime(now))
    if first_today or carry:
        for carrier in _carriers:
            carrier(head)
    return head


def signed(head: Head) -> Head:
    """The head with the signature of this installation."""
    return Head(**(vars(head) | {"signature": keyed_fingerprint(key_for(PURPOSE), head.signed_text())}))


def _append(head: Head, now: datetime) -> bool:
    """Add a line to the file of the month; whether it is the first of its day."""
    folder = Path(settings.HEADS_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"heads-{now:%Y-%m}.jsonl"
    known, _problems = read_heads(file) if file.exists() else ([], [])
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{head.line()}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return not any(timezone.localtime(held.moment).date() == now.date() for held in known)


def read_heads(path: Path) -> tuple[list[Head], list[str]]:
    """The heads in a file, or in all files of a folder, and one sentence for each line that cannot be trusted.

    Raises: FileNotFoundError for a path that is not there, OSError.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    heads, problems = [], []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                head = read_head(line)
            except HeadUnreadable:
                problems.append(f"{file.name}, wiersz {number}: to nie jest głowa dziennika.")
                continue
            problem = _distrust(head)
            if problem:
                problems.append(f"{file.name}, wiersz {number}: {problem}")
            else:
                heads.append(head)
    return heads, problems


def _distrust(head: Head) -> str:
    if head.installation != installation():
        return f"głowa innej instalacji ({head.installation})."
    return "" if signed(head) == head else "podpis głowy nie zgadza się z jej treścią."


def latest_head() -> Head | None:
    """The latest head in the folder of heads; None when there is none. For the health of the house."""
    folder = Path(settings.HEADS_DIR)
    heads = [head for file in sorted(folder.glob("heads-*.jsonl"))[-2:] for head in read_heads(file)[0]]
    return max(heads, key=lambda head: head.moment, default=None)
