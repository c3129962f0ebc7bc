"""Those who answer the same questions: the house, and its rivals beside it."""

from importlib import import_module

from benchmarks.engines.base import Engine

# Name on the command line → module and class; imported only in the process that does the work.
ENGINES = {
    "spoiwo": ("spoiwo", "Spoiwo"),
    "sql": ("sql", "PlainSql"),
    "pandas": ("frames", "Pandas"),
    "duckdb": ("duck", "DuckDb"),
    "python": ("plain", "PlainPython"),
    "limit": ("limits", "Limits"),
}


def engine_of(name: str, lines: int) -> Engine:
    """The engine of that name for a ledger of so many lines."""
    module, cls = ENGINES[name]
    return getattr(import_module(f"benchmarks.engines.{module}"), cls)(lines)
