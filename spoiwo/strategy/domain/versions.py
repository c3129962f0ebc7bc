"""Versions of a strategy: the tree as one document, the difference of two documents, what adoption writes.

A document is {"goals": [...], "programmes": [...], "tasks": [...], "targets": [...]}; every element is a mapping
with its code and the fields of FIELDS, days as ISO text. `version` of an element counts its changes in a draft and
is no part of the difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from spoiwo.strategy.errors import StepRefused

PARTS = {"goal": "goals", "programme": "programmes", "task": "tasks", "target": "targets"}
FIELDS = {
    "goal": ("number", "name", "parent", "ended_on"),
    "programme": ("number", "name", "short_name", "from_year", "to_year", "goals"),
    "task": ("number", "name", "programme", "goal", "from_date", "to_date"),
    "target": ("value",),
}
ENDS = {"goal": "ended_on", "programme": "to_year", "task": "to_date"}
FIXED = {"goal": ("order",), "programme": ("order", "kind"), "task": ("order", "kind"), "target": ("indicator", "year")}
NAMES = ("number", "name", "short_name")
POINTS_AT = {"parent": "goal", "goal": "goal", "goals": "goal", "programme": "programme"}
WHAT = dict.fromkeys(NAMES, "renamed") | dict.fromkeys(POINTS_AT, "moved") | {"value": "target"}
# From a state by a step to a state; what is not here is refused.
STEPS = {
    ("draft", "consult"): "consulted",
    ("draft", "withdraw"): "withdrawn",
    ("consulted", "withdraw"): "withdrawn",
    ("consulted", "adopt"): "adopted",
}


def next_state(state: str, step: str) -> str:
    """Where a step leads. Raises: StepRefused."""
    if (state, step) not in STEPS:
        raise StepRefused(state, step)
    return STEPS[state, step]


@dataclass(frozen=True)
class Change:
    """One thing that differs: of which element, what, in which field, before and after.

    `what`: added, ended, renamed, moved, period, target. An added element has no field and no `before`; one that
    left the document has no field and no `after`.
    """

    kind: str
    code: str
    label: str
    what: str
    field: str = ""
    before: object = None
    after: object = None

    @property
    def ref(self) -> str:
        """Kind and code, as addresses and remarks name the element."""
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True)
class Write:
    """What adoption writes into one element of the tree."""

    kind: str
    code: str
    new: bool
    values: dict


def element(kind: str, row: dict) -> dict:
    """An element of a document from a plain row: its code, its fields, and where it begins to be counted."""
    names = ("code", *FIELDS[kind], *FIXED[kind]) if kind != "target" else ("code", "name", *FIXED[kind], "value")
    return {name: _plain(row.get(name)) for name in names} | {"version": row.get("version", 1)}


def document(**parts: Iterable[dict]) -> dict:
    """The tree as one document: `goals`, `programmes`, `tasks`, `targets` as plain rows."""
    return {part: [element(kind, row) for row in parts.get(part, ())] for kind, part in PARTS.items()}


def find(doc: dict, kind: str, code: str) -> dict | None:
    """The element of a document, or None."""
    return next((row for row in doc.get(PARTS.get(kind, ""), ()) if row["code"] == code), None)


def put(doc: dict, kind: str, row: dict) -> dict:
    """The document with an element put in: in the place of the one with its code, else at the end."""
    part = PARTS[kind]
    rows = [row if held["code"] == row["code"] else held for held in doc[part]]
    return doc | {part: rows if find(doc, kind, row["code"]) else [*rows, row]}


def without(doc: dict, kind: str, code: str) -> dict:
    """The document without one element."""
    part = PARTS[kind]
    return doc | {part: [row for row in doc[part] if row["code"] != code]}


def pointing_at(doc: dict, kind: str, code: str) -> list[dict]:
    """Elements that would lose what they belong to if this one were left out."""
    fields = [name for name, target in POINTS_AT.items() if target == kind]
    return [
        row
        for part in PARTS.values()
        for row in doc[part]
        if any(code == row.get(name) or (name == "goals" and code in row.get(name, ())) for name in fields)
    ]


def label_of(kind: str, row: dict) -> str:
    """An element as people call it: number and name; a target by its indicator and year."""
    if kind == "target":
        return f"{row['name']} ({row['year']})"
    return f"{row['number']}. {row['name']}" if row.get("number") else row["name"]


def diff(before: dict, after: dict) -> list[Change]:
    """Everything in which two documents differ, in the order of the later one, part by part."""
    changes = []
    for kind, part in PARTS.items():
        held = {row["code"]: row for row in before.get(part, ())}
        for row in after.get(part, ()):
            old = held.pop(row["code"], None)
            changes += [_added(kind, row)] if old is None else _changed(kind, old, row)
        changes += [
            Change(kind, code, label_of(kind, row), "ended", "", label_of(kind, row)) for code, row in held.items()
        ]
    return changes


def _added(kind: str, row: dict) -> Change:
    after = row["value"] if kind == "target" else label_of(kind, row)
    return Change(kind, row["code"], label_of(kind, row), "added", "", None, after)


def _changed(kind: str, old: dict, row: dict) -> list[Change]:
    label = label_of(kind, old)
    return [
        Change(kind, row["code"], label, _what(kind, name, old[name], row[name]), name, old[name], row[name])
        for name in FIELDS[kind]
        if old[name] != row[name]
    ]


def _what(kind: str, field: str, before: object, after: object) -> str:
    if field == ENDS.get(kind) and after is not None and (before is None or after < before):
        return "ended"
    return WHAT.get(field, "period")


def writes(before: dict, after: dict, binding_from: date) -> list[Write]:
    """What adoption writes, element by element: goals first, what is new first, a strategic goal before those below it.

    What is new begins on the binding day unless it says when; what left the document ends the day before.
    """
    found: dict[str, Write] = {}
    for change in diff(before, after):
        row = find(after, change.kind, change.code)
        if change.what == "added":
            found[change.ref] = Write(change.kind, change.code, True, _begun(change.kind, row, binding_from))
        elif row is None:
            found[change.ref] = Write(change.kind, change.code, False, _left(change.kind, binding_from))
        else:
            values = found[change.ref].values if change.ref in found else {}
            found[change.ref] = Write(change.kind, change.code, False, values | {change.field: change.after})
    order = list(PARTS)
    return sorted(found.values(), key=lambda one: (order.index(one.kind), not one.new, bool(one.values.get("parent"))))


def _begun(kind: str, row: dict, day: date) -> dict:
    values = {name: value for name, value in row.items() if name not in {"code", "version"}}
    if kind == "programme" and values["from_year"] is None:
        values["from_year"] = day.year
    if kind == "task" and values["from_date"] is None:
        values["from_date"] = day.isoformat()
    return values


def _left(kind: str, day: date) -> dict:
    last = date.fromordinal(day.toordinal() - 1)
    return {} if kind == "target" else {ENDS[kind]: last.year if kind == "programme" else last.isoformat()}


def overwritten(base: dict, content: dict, live: dict) -> list[Change]:
    """What adoption would write over: fields of the draft that the tree itself changed after the draft was opened."""
    mine = {(change.ref, change.field) for change in diff(base, content)}
    return [change for change in diff(base, live) if (change.ref, change.field) in mine]


def former_names(before: dict, after: dict) -> dict[tuple[str, str], dict[str, str]]:
    """(kind, code) of every renamed element → its names before, only those that changed."""
    former: dict[tuple[str, str], dict[str, str]] = {}
    for change in diff(before, after):
        if change.field in NAMES:
            former.setdefault((change.kind, change.code), {})[change.field] = change.before
    return former


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts word by word: pairs of ("same" | "old" | "new", words)."""
    old, new = before.split(), after.split()
    pieces = []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", " ".join(old[i:j])))
            continue
        pieces += [(mark, " ".join(words)) for mark, words in (("old", old[i:j]), ("new", new[k:m])) if words]
    return pieces


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, (list, tuple, set)) else value
