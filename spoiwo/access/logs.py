"""Lines of the log: what happened, where and for how long, and never to whom, from which address or about what.

A line is made of a fixed sentence, known fields and, after a fault, the kind of the fault and the places in the code.
The words of an exception, local variables, paths, queries, headers and forms do not enter it; arguments of foreign
packages enter only when they are numbers. `SPOIWO_LOG` chooses JSON for machines or plain lines for people.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from spoiwo.kernel.cleaning import without_persons

OURS, REFUSALS = "spoiwo", "django.security"
FIELDS = ("request", "view", "method", "status", "ms", "user", "probe", "chore", "letter", "file", "count")
FRAMES = 25
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]")
current_request: ContextVar[str] = ContextVar("current_request", default="")


class LinesFormatter(logging.Formatter):
    """The common part: what of a record may be written down."""

    def facts(self, record: logging.LogRecord) -> dict[str, object]:
        """The record as fields, in the order of reading."""
        facts: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": event_of(record),
            "logger": record.name,
        }
        if request := current_request.get():
            facts["request"] = request
        for name in FIELDS:
            value = getattr(record, name, None)
            if value is not None and isinstance(value, str | int | float):
                facts[name] = without_persons(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[1]:
            facts["fault"], facts["at"] = fault_of(record.exc_info[1])
        return facts


class JsonLines(LinesFormatter):
    """One JSON object in a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(self.facts(record), ensure_ascii=False)


class PlainLines(LinesFormatter):
    """The same for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the places of a fault."""
        facts = self.facts(record)
        places = facts.pop("at", [])
        first = f"{facts.pop('time')} {facts.pop('level')} {facts.pop('event')}"
        rest = " ".join(f"{name}={value}" for name, value in facts.items())
        return "\n".join([f"{first} {rest}", *(f"    {place}" for place in places)])


def event_of(record: logging.LogRecord) -> str:
    """The sentence of a record."""
    if record.name.split(".")[0] == OURS:
        return without_persons(record.getMessage())
    if record.name.startswith(REFUSALS):  # their sentence quotes what was sent
        return "refused"
    return without_persons(_without_arguments(str(record.msg), record.args))


def _without_arguments(template: str, given: object) -> str:
    """A sentence of a foreign package: its numbers stay, all else that it would tell is left out."""
    if not given:
        return template.split("\n")[0]
    values = list(given.values()) if isinstance(given, dict) else list(given) if isinstance(given, tuple) else [given]
    numbers = iter([str(value) if isinstance(value, int | float) else "…" for value in values])
    return _PLACEHOLDER.sub(lambda _found: next(numbers, "…"), template.split("\n")[0])


def fault_of(problem: BaseException) -> tuple[str, list[str]]:
    """The kinds of a fault and its causes, and the places in the code; not a word of what it said."""
    kinds, seen = [], problem
    while seen is not None and len(kinds) < FRAMES:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}".removeprefix("builtins."))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
    return " < ".join(kinds), [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """A file without the folders of this machine."""
    parts = path.replace("\\", "/").split("/")
    for root in ("site-packages", OURS):
        if root in parts:
            return "/".join(parts[parts.index(root) + (root == "site-packages") :])
    return parts[-1]
