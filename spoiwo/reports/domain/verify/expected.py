"""Which figures a report must have, by which rule, and what they come to.

The rule of a figure follows from its identifier and place, never from what the file says about it:
whoever changes a rule in the file changes nothing here.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from spoiwo.kernel.money import percent_value
from spoiwo.reports.domain.verify.recount import ANY_PROGRAMME, Recount, Tally, as_text

OUTSIDE = "outside"  # the row of money outside programmes, in identifiers
PEOPLE = "people"  # the unit of heads
EVENTS = "events."  # how identifiers of counted events begin


@dataclass(frozen=True)
class Expected:
    """A figure as the records make it. None in `records`: its number is not checked."""

    id: str
    kind: str
    unit: str
    rule: dict
    value: int | str | None
    precision: str = "exact"
    records: int | None = None
    status: str = ""


@dataclass
class Standing:
    """One declared total beside the computed one: identifiers, values in grosze, and how it stands."""

    record: dict
    stem: str
    computed: str
    lines: Tally
    difference_gr: int | None
    status: str
    follows: bool = False

    @property
    def declared(self) -> str:
        return f"{self.stem}.declared"

    @property
    def difference(self) -> str:
        return f"{self.stem}.difference"


@dataclass
class ExpectedReport:
    """All figures of a report by identifier, and its declared totals."""

    figures: dict[str, Expected] = field(default_factory=dict)
    standings: list[Standing] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def put(self, figure: Expected) -> None:
        """Add a figure; two places with one identifier are remembered."""
        if figure.id in self.figures:
            self.twice.append(figure.id)
        self.figures[figure.id] = figure

    def money(self, id_: str, tally: Tally, where: dict) -> None:
        """Add a sum of lines of money."""
        rule = {"op": "sum", "of": "entries", "where": where}
        self.put(Expected(id_, "money", "gr", rule, tally.value, records=tally.lines))


def figure_id(*parts: object) -> str:
    """The identifier of a figure: lower-case parts joined by dots."""
    return ".".join(str(part).lower() for part in parts)


def expect(content: dict, recount: Recount) -> ExpectedReport:
    """Everything that follows from the records of a document of the right shape."""
    report = ExpectedReport()
    _matrix(report, content, recount)
    _declared(report, content, recount)
    _shares(report, content)
    _counts(report, content, recount)
    _earlier(report, content, recount)
    _events(report, content, recount)
    return report


def _matrix(report: ExpectedReport, content: dict, recount: Recount) -> None:
    sources = [source["code"] for source in content["sources"]]
    for row in content["matrix"]["rows"]:
        code = row["programme"]
        name = code if code is not None else OUTSIDE
        for source in sources:
            where = {"programme": code, "source": source}
            report.money(figure_id("cell", name, source), recount.entries(where), where)
        report.money(figure_id("programme", name), recount.entries({"programme": code}), {"programme": code})
    for source in sources:
        where = {"source": source}
        report.money(figure_id("source", source, "computed"), recount.entries(where), where)
    for tag in content["records"]["tags"]:
        where = {"tag": tag["code"]}
        report.money(figure_id("tag", tag["code"], "computed"), recount.entries(where), where)
    where = {"programme": ANY_PROGRAMME}
    report.money("programmes.computed", recount.entries(where), where)
    report.money("total.computed", recount.entries({}), {})


def _stem(row: dict) -> tuple[str, str, dict]:
    """(stem of identifiers, identifier of the computed figure, condition of its lines) of a declared total."""
    match row["scope"]:
        case "grand":
            return "total", "total.computed", {}
        case "source" | "tag" as scope:
            stem = figure_id(scope, row[scope])
            return stem, f"{stem}.computed", {scope: row[scope]}
        case "programme":
            stem = figure_id("programme", row["programme"])
            return stem, stem, {"programme": row["programme"]}
    stem = figure_id("cell", row["programme"], row["source"])
    return stem, stem, {"programme": row["programme"], "source": row["source"]}


def _declared(report: ExpectedReport, content: dict, recount: Recount) -> None:
    settled = {row["key"]: row["resolution"] for row in content["differences"] if row["resolution"]}
    for row in content["records"]["declared"]:
        stem, computed, where = _stem(row)
        lines = recount.entries(where)
        report.standings.append(_standing(row, stem, computed, lines, settled.get(row["key"])))
    _follow(report.standings)
    for standing in report.standings:
        _pair(report, standing)


def _standing(row: dict, stem: str, computed: str, lines: Tally, resolution: dict | None) -> Standing:
    """Source: issue 2, reconciliation: agrees within half of the rounding step; without lines only shown."""
    if lines.value is None and row["precision"] != "exact":
        return Standing(row, stem, computed, lines, None, "no_lines")
    difference = row["amount_gr"] - (lines.value or 0)
    if 2 * abs(difference) <= (row["rounded_to_gr"] or 0):
        status = "agrees"
    else:
        status = resolution["kind"] if resolution else "open"
    return Standing(row, stem, computed, lines, difference, status)


def _follow(standings: list[Standing]) -> None:
    """The grand difference that is only the sum of those by source is settled with them."""
    parts = [row for row in standings if row.record["scope"] == "source" and row.difference_gr]
    for row in standings:
        if row.record["scope"] != "grand" or not row.difference_gr or not parts:
            continue
        if row.difference_gr == sum(part.difference_gr for part in parts):
            statuses = {part.status for part in parts}
            row.status = next((s for s in ("open", "accepted", "explained") if s in statuses), "agrees")
            row.follows = True


def _pair(report: ExpectedReport, row: Standing) -> None:
    """The figures of one declared total: as stated, and less what was computed."""
    stated = {"op": "stated", "of": "declared", "key": row.record["key"]}
    alone = row.difference_gr is None
    report.put(
        Expected(
            row.declared,
            "money",
            "gr",
            stated,
            row.record["amount_gr"],
            row.record["precision"],
            1,
            row.status if alone else "",
        )
    )
    if not alone:
        rule = {"op": "minus", "figures": [row.declared, row.computed]}
        report.put(Expected(row.difference, "money", "gr", rule, row.difference_gr, status=row.status))


def _shares(report: ExpectedReport, content: dict) -> None:
    whole = "total.declared" if "total.declared" in report.figures else "total.computed"
    for source in content["sources"]:
        stem = figure_id("source", source["code"])
        part = f"{stem}.declared" if f"{stem}.declared" in report.figures else f"{stem}.computed"
        top, bottom = report.figures[part].value, report.figures[whole].value
        value = None if top is None or not bottom else percent_value(top, bottom)
        rule = {"op": "share", "figures": [part, whole]}
        report.put(Expected(figure_id("share", source["code"]), "share", "%", rule, value))


def _counts(report: ExpectedReport, content: dict, recount: Recount) -> None:
    for row in content["records"]["results"]:
        id_ = figure_id("result", row["key"])
        rule = {"op": "stated", "of": "results", "key": row["key"]}
        precision = row["precision"] or "exact"
        if row["value"] is not None:
            value = as_text(Decimal(row["value"]))
            report.put(Expected(id_, "count", row["unit"] or "", rule, value, precision, 1))
        if row["people"] is not None:
            heads = rule | {"field": "people"}
            value = str(row["people"])
            report.put(Expected(f"{id_}.people", "count", PEOPLE, heads, value, precision, 1))
    for measure in content["records"]["measures"]:
        value, rows, precision = recount.measure(measure["code"])
        if rows:
            rule = {"op": "sum", "of": "results", "where": {"measure": measure["code"]}}
            id_ = figure_id("measure", measure["code"])
            report.put(Expected(id_, "count", measure["unit"], rule, value, precision, rows))


def _earlier(report: ExpectedReport, content: dict, recount: Recount) -> None:
    """Sums of earlier years. Which programmes a line continues is read from the figure's own rule."""
    family = _family(content["records"]["programmes"])
    for row in content["comparison"]:
        for year in row["years"]:
            if year["year"] == content["year"]:
                continue
            code = row["programme"]
            id_ = figure_id("earlier", year["year"], *(() if code is None else (code,)))
            codes = None if code is None else _codes(content["figures"].get(id_), family, code)
            where = {} if codes is None else {"programme": codes}
            tally = recount.of_earlier(year["year"], codes)
            rule = {"op": "sum", "of": "earlier", "year": year["year"], "where": where}
            report.put(Expected(id_, "money", "gr", rule, tally.value, records=tally.lines))


def _codes(figure: dict | None, family: dict[str, set[str]] | None, code: str) -> list[str]:
    """The programmes of an earlier year that a figure adds up: named once each, of one family if it is known."""
    where = figure["rule"].get("where") if figure else None
    codes = where.get("programme") if isinstance(where, dict) else None
    if not isinstance(codes, list) or not all(isinstance(item, str) for item in codes):
        return [code]
    known = sorted(set(codes))
    return known if family is None else sorted(set(known) & family.get(code, {code}))


def _family(programmes: list[dict]) -> dict[str, set[str]] | None:
    """Programme → itself and all it continues; None when the file does not carry predecessors."""
    if not all("predecessors" in row for row in programmes):
        return None
    direct = {row["code"]: row["predecessors"] for row in programmes}
    result: dict[str, set[str]] = {}
    for code in direct:
        seen: set[str] = set()
        todo = [code]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo.extend(direct.get(here, ()))
        result[code] = seen
    return result


def _events(report: ExpectedReport, content: dict, recount: Recount) -> None:
    """Counted events stand under any name that begins with "events."; what they count is in their rule."""
    for id_, figure in content["figures"].items():
        rule = figure["rule"]
        where = rule.get("where", {})
        if id_.startswith(EVENTS) and isinstance(where, dict):
            count = recount.counted_events(where)
            rule = {"op": "count", "of": "events", "where": where}
            value = str(count) if count else None
            report.put(Expected(id_, "count", figure["unit"], rule, value, figure["precision"], count))
