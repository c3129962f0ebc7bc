"""Pieces of blocks: text with figures, headings, paragraphs, tables."""

from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.words import NOTHING, tidy, value_text

Run = str | dict
Cell = list


class Runs:
    """Figures of one document as runs of text that know their identifier and number."""

    def __init__(self, content: dict, annex: Annex) -> None:
        self.figures = content["figures"]
        self.units = content["units"]
        self.annex = annex

    def figure(self, id_: str, text: str = "") -> Run:
        """A figure in a sentence: with its unit, or with the words a sentence has for it."""
        figure = self.figures.get(id_)
        if figure is None:
            return text or NOTHING
        return self._run(id_, text or value_text(figure, self.units))

    def pointer(self, id_: str) -> Run:
        """The way to another figure of the annex."""
        number = self.annex.number.get(id_)
        return {"t": f"liczba {number}", "f": id_, "n": number, "plain": True} if number else id_

    def _run(self, id_: str, shown: str) -> Run:
        number = self.annex.number.get(id_)
        return {"t": shown, "f": id_, "n": number} if number else shown

    def amount(self, id_: str | None, *, missing: str = NOTHING, gap: bool = False) -> Cell:
        """A figure in a table, without its unit. `missing` stands where nothing was reported.

        `gap` marks a difference that is not zero.
        """
        figure = self.figures.get(id_) if id_ else None
        if figure is None:
            return [NOTHING]
        if figure["value"] is None:
            return [NOTHING] if missing == NOTHING else [self._run(id_, missing)]
        run = self._run(id_, value_text(figure, self.units, unit=False))
        if isinstance(run, dict) and gap and figure["value"] and figure["status"] != "agrees":
            run["hit"] = True
        return [run]

    def sentence(self, segments: list) -> list[Run]:
        """A sentence of the content as runs."""
        return [tidy(part) if isinstance(part, str) else self.figure(part["figure"], part["text"]) for part in segments]


def cell(text: str, *, dot: str | None = None) -> Cell:
    """A cell of plain text, with a dot in the colour of a source before it."""
    return [{"t": tidy(text), "dot": dot}] if dot else [tidy(text)]


def heading(level: int, text: str, name: str = "") -> dict:
    """A heading; `name` is its place in the file."""
    return {"k": "h", "level": level, "text": tidy(text), "id": name}


def para(runs: list[Run], tone: str = "") -> dict:
    """A paragraph. Tones: "" plain, "quiet" for remarks."""
    return {"k": "p", "runs": runs, "tone": tone}


def table(
    name: str,
    caption: str,
    heads: list,
    rows: list[dict],
    *,
    weights: list[float],
    numbers: tuple[int, ...] | None = None,
    edge: int | None = None,
) -> dict:
    """A table with a header row.

    `weights` share out the width. `numbers`: columns set to the right, all but the first unless said.
    `edge`: the column before which a line stands.
    """
    aligned = numbers if numbers is not None else tuple(range(1, len(heads)))
    columns = [
        {"head": head if isinstance(head, list) else [tidy(head)], "num": i in aligned, "w": weights[i]}
        for i, head in enumerate(heads)
    ]
    return {"k": "table", "id": name, "caption": tidy(caption), "cols": columns, "rows": rows, "edge": edge}
