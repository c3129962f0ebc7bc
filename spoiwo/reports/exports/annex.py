"""The annex: figures numbered for reference, lines of money listed once under the cell they belong to."""

from dataclasses import dataclass, field

from spoiwo.kernel.polish import counted
from spoiwo.reports.exports.words import RECORD, Names

SHOWN_RANGES = 6  # more than these say less than the name of the cross-cut does


@dataclass
class Group:
    """The lines of one cell of the matrix. `first` is the number of the first line in the annex, from 1."""

    cell: str
    programme: str | None
    source: str
    first: int = 0
    entries: list[dict] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.first + len(self.entries) - 1


class Annex:
    """Numbers of figures and places of records, worked out once for all formats."""

    def __init__(self, content: dict) -> None:
        self.content = content
        self.names = Names(content)
        self.order = _order(content)
        listed = [id_ for id_ in self.order if not _is_empty_cell(content["figures"][id_])]
        self.number = {id_: i for i, id_ in enumerate(listed, 1)}
        self.labels = _labels(content)
        self.groups = _groups(content)

    def label(self, figure: dict) -> str:
        """What a figure says: the sentence it stands in, or its own label."""
        return self.labels.get(figure["id"], figure["label"])

    def entries(self):
        """(number in the annex, group, entry) of every line, in the order of the annex."""
        for group in self.groups:
            yield from ((i, group, entry) for i, entry in enumerate(group.entries, group.first))

    def records_text(self, figure: dict) -> str:
        """Where the records of a figure are: "pozycje 1–4", "dokument: Nota ..."."""
        rule = figure["rule"]
        if rule["op"] == "stated":
            return self._stated(rule)
        if rule["op"] == "sum" and rule["of"] == "entries":
            return self._lines(figure, rule["where"])
        if rule["op"] == "sum":
            return counted(figure["records"], RECORD) if figure["records"] else "brak pozycji"
        return ""

    def first_line(self, figure: dict) -> tuple[int, str] | None:
        """(number, cell) of the first line of money that a figure is made of."""
        rule = figure["rule"]
        if rule["op"] != "sum" or rule["of"] != "entries" or not figure["records"]:
            return None
        tag = rule["where"].get("tag")
        for group in self.groups:
            for number, entry in enumerate(group.entries, group.first):
                if not _meets(group, rule["where"]):
                    break
                if tag is None or tag in entry["tags"]:
                    return number, group.cell
        return None

    def _stated(self, rule: dict) -> str:
        rows = self.content["records"][rule["of"]]
        row = next((row for row in rows if row["key"] == rule["key"]), None)
        return f"dokument: {self.names.document(row['document'])}" if row else ""

    def _lines(self, figure: dict, where: dict) -> str:
        if not figure["records"]:
            return "brak pozycji"
        ranges = self._tagged(where["tag"]) if "tag" in where else self._ranges(where)
        if len(ranges) > SHOWN_RANGES and "tag" in where:
            tag = self.names.tags.get(where["tag"], where["tag"])
            return f"{counted(figure['records'], RECORD)} z oznaczeniem „{tag}”"
        word = "pozycja" if figure["records"] == 1 else "pozycje"
        return f"{word} " + ", ".join(_range(first, last) for first, last in ranges)

    def _ranges(self, where: dict) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for group in self.groups:
            if not group.entries or not _meets(group, where):
                continue
            _extend(found, group.first, group.last)
        return found

    def _tagged(self, tag: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for number, _group, entry in self.entries():
            if tag in entry["tags"]:
                _extend(found, number, number)
        return found


def _is_empty_cell(figure: dict) -> bool:
    """A cell without a line needs no row in a list of figures; in the matrix it is a dash."""
    return figure["value"] is None and figure["id"].startswith("cell.")


def _labels(content: dict) -> dict[str, str]:
    """Figures of sentences by identifier, with the whole sentence."""
    labels: dict[str, str] = {}
    told = [sentence for section in content["sections"] for sentence in section["sentences"]]
    for sentence in [*told, *content.get("summary", [])]:
        words = "".join(part if isinstance(part, str) else part["text"] for part in sentence)
        for part in sentence:
            if not isinstance(part, str):
                labels.setdefault(part["figure"], words)
    return labels


def _extend(found: list[tuple[int, int]], first: int, last: int) -> None:
    if found and found[-1][1] == first - 1:
        found[-1] = (found[-1][0], last)
    else:
        found.append((first, last))


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _meets(group: Group, where: dict) -> bool:
    if "source" in where and where["source"] != group.source:
        return False
    if "programme" not in where:
        return True
    return group.programme is not None if where["programme"] == "*" else group.programme == where["programme"]


def _groups(content: dict) -> list[Group]:
    """Cells in the order of the matrix with their lines, oldest first; last any line the matrix has no place for."""
    groups: dict[tuple, Group] = {}
    for row in content["matrix"]["rows"]:
        for source, cell in row["cells"].items():
            groups[row["programme"], source] = Group(cell, row["programme"], source)
    for entry in content["records"]["entries"]:
        place = (entry["programme"], entry["source"])
        if place not in groups:
            groups[place] = Group("", *place)
        groups[place].entries.append(entry)
    first = 1
    for group in groups.values():
        group.entries.sort(key=lambda entry: (entry["date"] or "", entry["key"]))
        group.first = first
        first += len(group.entries)
    return list(groups.values())


def _order(content: dict) -> list[str]:
    """Identifiers as a reader meets them: totals, sources, programmes with their cells, cross-cuts, the rest."""
    figures = content["figures"]
    wanted = ["total.computed", "total.declared", "total.difference", "programmes.computed"]
    for source in content["sources"]:
        stem = f"source.{source['code'].lower()}"
        wanted += [f"{stem}.computed", f"{stem}.declared", f"{stem}.difference", f"share.{source['code'].lower()}"]
    for row in content["matrix"]["rows"]:
        for stem in (row["total"], *(row["cells"][code] for code in content["matrix"]["columns"])):
            wanted += [stem, f"{stem}.declared", f"{stem}.difference"]
    for row in content["cross_cuts"]:
        wanted += [row[line] for line in ("computed", "declared", "difference") if row[line]]
    order = dict.fromkeys(id_ for id_ in wanted if id_ in figures)
    return [*order, *sorted(id_ for id_ in figures if id_ not in order)]
