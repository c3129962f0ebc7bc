"""Reading a report's content in tests."""


def value(content: dict, figure: str) -> object:
    """The value of a figure."""
    return content["figures"][figure]["value"]


def sentence(segments: list) -> str:
    """A sentence as it reads, hard spaces as plain ones."""
    parts = [part if isinstance(part, str) else part["text"] for part in segments]
    return "".join(parts).replace("\u00a0", " ")


def sentences(content: dict) -> list[str]:
    """Every sentence of the sections, in order."""
    return [sentence(row) for section in content["sections"] for row in section["sentences"]]


def section(content: dict, programme: str | None) -> dict:
    """The section of a programme; None: outside programmes."""
    return next(row for row in content["sections"] if row["programme"] == programme)
