"""The public face as plain files, so that any server can show it when ours cannot: decision 0023.

A copy is made in a folder of its own and shown by one change of a link: who reads sees the old one or the new one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation

from spoiwo import __version__
from spoiwo.audit.services import chain_head
from spoiwo.upkeep.domain.copying import (
    NOT_HERE,
    address_of,
    addresses_in,
    addresses_in_styles,
    file_of,
    inside,
    led_inside,
)
from spoiwo.upkeep.errors import SnapshotFailed
from spoiwo.upkeep.services.crawling import Stranger, Taken, crawl

CURRENT, MANIFEST, ROOT = "current", "manifest.json", "www"
MOST = 10_000  # addresses
KEPT = 2  # copies
OFFICE = "/biuro/"


@dataclass
class Copy:
    """What was gathered: the place of each address, and each file under its place."""

    root: Path
    places: dict[str, str] = field(default_factory=dict)  # address -> address of its place
    pages: dict[str, str] = field(default_factory=dict)  # address of a page -> its file
    asked: int = 0

    def write(self, file: str, content: bytes) -> None:
        """One file, readable by any server."""
        target = self.root / file
        _open_folder(target.parent, self.root)
        target.write_bytes(content)
        target.chmod(0o644)

    def place_of(self, address: str, language: str) -> str:
        """Where an address lies in the copy: itself, what it leads to, its plain page, or the page that explains."""
        for known in (address, address.partition("?")[0]):
            if known in self.places:
                return self.places[known]
        return f"/{language}{NOT_HERE}"


@dataclass(frozen=True)
class Made:
    """A copy that stands: where, how many pages and files, or that nothing had changed."""

    folder: Path
    pages: int
    files: int
    size: int
    fresh: bool = True


def make_snapshot(folder: Path, *, now: datetime, only_if_changed: bool = False) -> Made:
    """Write every public page and show the new copy. Raises: SnapshotFailed; the old copy stays."""
    mark = _mark(now)
    shown = _manifest(folder)
    if only_if_changed and shown and shown["mark"] == mark:
        return Made(folder / CURRENT, shown["pages"], len(shown["files"]), shown["size"], fresh=False)
    new = folder / now.strftime("%Y%m%dT%H%M%S%f")
    _open_folder(new / ROOT, folder)
    try:
        with translation.override(translation.get_language()):  # each page is made in its own
            copy = _gather(Copy(new / ROOT), now)
        faults = list(faults_of(copy.root))
        if faults:
            raise SnapshotFailed(words="; ".join(faults[:3]))
        facts = _describe(copy, now, mark)
        (new / MANIFEST).write_text(json.dumps(facts, indent=1), encoding="utf-8")
        (new / MANIFEST).chmod(0o644)
        _show(folder, new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _forget_old(folder, new)
    return Made(new, facts["pages"], len(facts["files"]), facts["size"])


def _mark(now: datetime) -> list:
    return [*chain_head(), now.date().isoformat(), __version__]


def _manifest(folder: Path) -> dict | None:
    try:
        return json.loads((folder / CURRENT / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _gather(copy: Copy, now: datetime) -> Copy:
    stranger, leads = Stranger(now), {}
    for address, taken in crawl(stranger, [f"/{prefix}" for prefix in _prefixes().values()], MOST):
        copy.asked += 1
        _keep(copy, leads, address, taken)
    for prefix in _prefixes().values():
        if f"/{prefix}" not in copy.places:
            raise SnapshotFailed(words=f"/{prefix}")
    _explain(copy, stranger)
    for address, target in leads.items():
        if target in copy.places:
            copy.places[address] = copy.places[target]
    _lead_inside(copy)
    return copy


def _prefixes() -> dict[str, str]:
    """The start of addresses in each language."""
    codes = [code for code, _name in settings.LANGUAGES]
    return {code: "" if code == settings.LANGUAGE_CODE else f"{code}/" for code in codes}


def _language_of(address: str) -> str:
    return next((prefix for prefix in _prefixes().values() if prefix and address.startswith(f"/{prefix}")), "")


def _keep(copy: Copy, leads: dict[str, str], address: str, taken: Taken) -> None:
    """Write down one answer; a page still with its old links."""
    if taken.status >= 500:
        raise SnapshotFailed(words=f"{taken.status} {address}")
    if taken.leads_to:
        leads[address] = taken.leads_to
    file = file_of(address)
    if file is None or not taken.belongs:
        return
    if taken.page:
        copy.write(file, taken.page.encode())
        copy.pages[address] = file
        copy.places[address] = address_of(file) if "?" in address else address
    else:
        file = str(Path(file).parent / Path(taken.name).name)
        copy.write(file, taken.file)
        copy.places[address] = address_of(file)


def _explain(copy: Copy, stranger: Stranger) -> None:
    """The page for everything that works only in the house itself."""
    for code, prefix in _prefixes().items():
        address = f"/{prefix}{NOT_HERE}"
        with translation.override(code):
            page = render_to_string("upkeep/not_in_copy.html", request=stranger.request(address))
        copy.write(file_of(address), page.encode())
        copy.pages[address], copy.places[address] = file_of(address), address


def _lead_inside(copy: Copy) -> None:
    """Turn every link to a place of the copy, and take along the files of the pages."""
    wanted = set()
    for address, file in copy.pages.items():
        html = (copy.root / file).read_text(encoding="utf-8")
        wanted |= {link for link in (inside(found, address) for found in addresses_in(html)) if link}
        copy.write(file, led_inside(html, address, partial(_place, copy, _language_of(address))).encode())
    for address in sorted(wanted):
        if address.startswith(settings.STATIC_URL):
            _take_static(copy, address)


def _place(copy: Copy, prefix: str, target: str) -> str:
    return target if target.startswith(settings.STATIC_URL) else copy.place_of(target, prefix)


def _take_static(copy: Copy, address: str) -> None:
    """A file of the pages, and what a style sheet asks for in its turn."""
    name = address.removeprefix(settings.STATIC_URL)
    source, file = _static_source(name), address.lstrip("/")
    if source is None or (copy.root / file).exists():
        return
    content = source.read_bytes()
    copy.write(file, content)
    if source.suffix == ".css":
        for link in addresses_in_styles(content.decode()):
            _take_static(copy, inside(link, address))


def _static_source(name: str) -> Path | None:
    collected = Path(settings.STATIC_ROOT, name)
    if collected.is_file() and collected.resolve().is_relative_to(Path(settings.STATIC_ROOT).resolve()):
        return collected
    found = finders.find(name)
    return Path(found) if found else None


def faults_of(root: Path) -> Iterator[str]:
    """What is wrong with a copy: a link that leads nowhere, an address of the office, a trace of this machine."""
    for page in sorted(root.rglob("*.html")):
        here = "/" + page.relative_to(root).as_posix()
        html = page.read_text(encoding="utf-8")
        if str(settings.PROJECT_DIR) in html or str(settings.DATA_DIR) in html:
            yield f"{here}: {settings.PROJECT_DIR}"
        for link in addresses_in(html):
            target = inside(link, here)
            if target and (OFFICE in target or not _is_there(root, target)):
                yield f"{here}: {target}"


def _is_there(root: Path, address: str) -> bool:
    file = unquote(address.partition("?")[0].lstrip("/"))
    return (root / file).is_file() or (root / file / "index.html").is_file()


def _describe(copy: Copy, now: datetime, mark: list) -> dict:
    files = {}
    for path in sorted(copy.root.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            facts = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            files[path.relative_to(copy.root).as_posix()] = facts
    size = sum(facts["size"] for facts in files.values())
    return {"made_at": now.isoformat(), "mark": mark, "pages": len(copy.pages), "size": size,
            "whole": copy.asked < MOST, "files": files}  # fmt: skip


def _show(folder: Path, new: Path) -> None:
    """Point the link at the new copy in one step."""
    link = folder / f".{new.name}"
    link.symlink_to(new.name, target_is_directory=True)
    os.replace(link, folder / CURRENT)


def _forget_old(folder: Path, new: Path) -> None:
    copies = sorted(
        path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name[:1].isdigit()
    )
    for old in copies[:-KEPT]:
        if old != new:
            shutil.rmtree(old, ignore_errors=True)


def _open_folder(folder: Path, top: Path) -> None:
    """A folder that any server may enter, whatever the mask of this process."""
    missing = [path for path in (folder, *folder.parents) if path.is_relative_to(top) and not path.exists()]
    for path in reversed(missing):
        path.mkdir(parents=True)
        path.chmod(0o755)


def renew_snapshot(now: datetime) -> str:
    """The chore: a new copy when something has changed; says in one Polish sentence what was done."""
    if not settings.SNAPSHOT_DIR:
        return "Kopia stron publicznych nie jest ustawiona."
    made = make_snapshot(Path(settings.SNAPSHOT_DIR), now=timezone.localtime(now), only_if_changed=True)
    if not made.fresh:
        return "Kopia stron publicznych jest aktualna."
    return f"Kopia stron publicznych: stron {made.pages}, plików {made.files}."
