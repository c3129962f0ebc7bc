"""SQLite's own ways: VACUUM INTO for a copy, one step of its backup for writing back. Never the incremental backup.

Source: the incremental backup begins anew at each write of another connection and may never end.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from spoiwo.upkeep.services.archive import sync_folder

WITHOUT_ROWS = ("django_session", "access_visit")
PATIENCE_SECONDS = 60


def dump(config: dict, file: Path, *, sessions: bool = False) -> None:
    """Write a copy of the state at one moment; writers wait for nothing. Rows of sessions stay out unless asked for."""
    with closing(sqlite3.connect(config["NAME"], timeout=PATIENCE_SECONDS)) as source:
        source.execute("VACUUM INTO ?", [str(file)])
    if sessions:
        return
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA secure_delete=ON")  # what is deleted leaves no trace in a free page
        held = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in held & set(WITHOUT_ROWS):
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 # nosec B608 - names of our own
        copy.commit()


def load(config: dict, file: Path, *, over: bool) -> None:
    """Put a copy in place: a new file whole or not at all; with `over` into the open database, in one transaction."""
    target = Path(config["NAME"])
    if over and target.exists():
        with (
            closing(sqlite3.connect(file)) as source,
            closing(sqlite3.connect(target, timeout=PATIENCE_SECONDS)) as held,
        ):
            source.backup(held, pages=-1)
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    draft = target.with_name(f".{target.name}.new")
    shutil.copyfile(file, draft)
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
    for tail in ("-wal", "-shm", "-journal"):  # of a database that stood here: SQLite would put it over the new one
        if (left := target.with_name(target.name + tail)).exists():
            left.replace(left.with_name(f"{left.name}.old"))
    draft.replace(target)
    sync_folder(target.parent)


def is_empty(config: dict) -> bool:
    """Whether there is no database."""
    return not Path(config["NAME"]).exists()
