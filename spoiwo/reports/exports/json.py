"""The document itself as JSON: the file that `spoiwo verify-report` checks."""

import json


def render_json(content: dict) -> bytes:
    """The exact document, keys sorted, one record or figure to a line.

    `json.loads` of it gives the content back; the order of keys in the content changes nothing.
    """
    parts = ["{"]
    names = sorted(content)
    for i, name in enumerate(names):
        comma = "," if i < len(names) - 1 else ""
        parts.append(f'"{name}": {_value(content[name], 2 if name == "records" else 1)}{comma}')
    parts.append("}\n")
    return "\n".join(parts).encode()


def _value(value: object, depth: int) -> str:
    """A value, its items on lines of their own as far down as `depth`."""
    if depth and isinstance(value, list) and value:
        return "[\n" + ",\n".join(_value(item, 0) for item in value) + "\n]"
    if depth and isinstance(value, dict) and value:
        lines = [f"{_text(name)}: {_value(value[name], depth - 1)}" for name in sorted(value)]
        return "{\n" + ",\n".join(lines) + "\n}"
    return _text(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
