"""PostgreSQL's own programs: a dump within one snapshot, and loading it back in one transaction."""

import os
import shutil
import subprocess
from pathlib import Path

from spoiwo.upkeep.errors import ToolFailed, ToolMissing

PLACES = Path("/usr/lib/postgresql")
WITHOUT_ROWS = ("django_session", "access_visit")
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"


def tool(name: str) -> str:
    """The newest program of this name. Raises: ToolMissing."""
    held = sorted(PLACES.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(held[-1]) if held else shutil.which(name)
    if not found:
        raise ToolMissing(name=name)
    return found


def environment(config: dict) -> dict[str, str]:
    """The address and password as these programs read them: not among their arguments, which everybody sees."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {name: str(config.get(key) or "") for name, key in names.items()}
    return os.environ | {name: value for name, value in given.items() if value} | {"PGCONNECT_TIMEOUT": "10"}


def run(name: str, *arguments: str, config: dict) -> str:
    """Run one program to its end. Raises: ToolMissing, ToolFailed with its own last words."""
    command = [tool(name), *arguments]
    done = subprocess.run(
        command, env=environment(config), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise ToolFailed(name=name, words=lines[-1] if lines else str(done.returncode))
    return done.stdout


def dump(config: dict, file: Path, *, snapshot: str, sessions: bool = False) -> None:
    """Write a dump of the state that the snapshot shows; rows of sessions stay out unless asked for."""
    without = [f"--exclude-table-data={table}" for table in WITHOUT_ROWS if not sessions]
    shape = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    run("pg_dump", *shape, *without, f"--file={file}", "--no-password", config=config)


def load(config: dict, file: Path, *, over: bool) -> None:
    """Load a dump in one transaction; with `over` what is there goes in the same transaction."""
    if not over:
        whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
        run("pg_restore", *whole, f"--dbname={config['NAME']}", str(file), config=config)
        return
    script = file.with_suffix(".sql")
    try:
        run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file), config=config)
        held = ", ".join(_psql("--tuples-only", "--no-align", "--command", TABLES, config=config).split())
        first = ["--command", f"DROP TABLE {held} CASCADE"] if held else []
        _psql("--single-transaction", *first, "--file", str(script), config=config)
    finally:
        script.unlink(missing_ok=True)


def _psql(*arguments: str, config: dict) -> str:
    return run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password", *arguments, config=config)


def is_empty(config: dict) -> bool:
    """Whether the database holds no table."""
    return not _psql("--tuples-only", "--no-align", "--command", TABLES, config=config).strip()


def create(config: dict, name: str) -> None:
    """Make an empty database of this name on the same server."""
    run("createdb", "--no-password", "--encoding=UTF8", "--template=template0", name, config=config)


def drop(config: dict, name: str) -> None:
    """Drop a database of this name, if it is there."""
    run("dropdb", "--no-password", "--if-exists", "--force", name, config=config)
