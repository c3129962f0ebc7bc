"""The project's own files: what git keeps or would keep, or all of them where there is no git."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "build", "dist", "node_modules", "__pycache__", ".setup.lock"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, sorted; absolute paths."""
    listed = _by_git()
    if not listed:
        listed = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in listed if path.is_file() and not path.is_symlink()))


def _by_git() -> list[Path]:
    if not (ROOT / ".git").exists():
        return []
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=30)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name] if done.returncode == 0 else []


def relative(path: Path) -> str:
    """The path as it is written in messages."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    """The content of a text file in UTF-8; None for binary files."""
    raw = path.read_bytes()
    if b"\0" in raw[:8000]:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def modules(*, tests: bool = True) -> list[Path]:
    """Python files of the package, without migrations; `tests=False` leaves the rooms' tests out."""
    return [
        path
        for path in files()
        if path.suffix == ".py"
        and relative(path).startswith("spoiwo/")
        and "migrations" not in path.parts
        and (tests or "tests" not in path.parts)
    ]


def templates() -> list[Path]:
    """The templates of the package: pages, parts of them, and short messages."""
    return [path for path in files() if path.suffix in {".html", ".txt"} and "templates" in path.parts]
