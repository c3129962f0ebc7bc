"""Where figures stand: the matrix, cross-cuts, differences, comparison and the state of the report."""

import re

from spoiwo.reports.domain.verify.expected import OUTSIDE, ExpectedReport, Standing, figure_id
from spoiwo.reports.domain.verify.problem import Problem, about, shown, shown_value
from spoiwo.reports.domain.verify.recount import Recount, Tally
from spoiwo.reports.domain.verify.shape import duplicates

_HASH = re.compile(r"[0-9a-f]{64}")


def _same(problems: list[Problem], place: str, found: object, expected: object, figure: str = "") -> None:
    if type(found) is not type(expected) or found != expected:
        problems.append(Problem("place", figure, place, shown(found), shown(expected)))


def _known(report: ExpectedReport, id_: str) -> str | None:
    return id_ if id_ in report.figures else None


def problems_of_matrix(content: dict, report: ExpectedReport, recount: Recount) -> list[Problem]:
    """Every place of the matrix names the figure that belongs there, and the cells add up."""
    problems: list[Problem] = []
    matrix = content["matrix"]
    sources = [source["code"] for source in content["sources"]]
    if matrix["columns"] != sources:
        found, wanted = " ".join(matrix["columns"]), " ".join(sources)
        problems.append(Problem("place", "", "matrix.columns", shown(found), shown(wanted)))
    for i, row in enumerate(matrix["rows"]):
        problems += _row(row, f"matrix.rows[{i}]", sources, report)
    names = [OUTSIDE if row["programme"] is None else row["programme"] for row in matrix["rows"]]
    for name in duplicates(names):
        problems.append(Problem("place", "", "matrix.rows", f"wiersz {shown(name)} więcej niż raz", "jeden wiersz"))
    for line in ("computed", "declared", "difference"):
        places = {code: f"source.{code.lower()}.{line}" for code in sources} | {"total": f"total.{line}"}
        if set(matrix[line]) != set(places):
            found = " ".join(sorted(matrix[line]))
            problems.append(Problem("place", "", f"matrix.{line}", shown(found), " ".join(sorted(places))))
        for code, id_ in places.items():
            if code in matrix[line]:
                _same(problems, f"matrix.{line}.{code}", matrix[line][code], _known(report, id_))
    return problems + _add_up(content, sources, recount)


def _row(row: dict, place: str, sources: list[str], report: ExpectedReport) -> list[Problem]:
    problems: list[Problem] = []
    name = OUTSIDE if row["programme"] is None else row["programme"]
    total = figure_id("programme", name)
    if set(row["cells"]) != set(sources):
        found = " ".join(sorted(row["cells"]))
        problems.append(Problem("place", "", f"{place}.cells", shown(found), " ".join(sorted(sources))))
    for code in sources:
        if code in row["cells"]:
            _same(problems, f"{place}.cells.{code}", row["cells"][code], figure_id("cell", name, code))
    _same(problems, f"{place}.total", row["total"], total)
    _same(problems, f"{place}.declared", row["declared"], _known(report, f"{total}.declared"))
    _same(problems, f"{place}.no_amount", row["no_amount"], report.figures[total].value is None, total)
    return problems


def _add_up(content: dict, sources: list[str], recount: Recount) -> list[Problem]:
    """Lines that stand in no cell of the matrix would be in a total and in no row, or in a row and no column."""
    shown_rows = {row["programme"] for row in content["matrix"]["rows"]}
    lost_by_row: dict[str, Tally] = {}
    lost_by_column: dict[str, Tally] = {}
    for (programme, source), tally in recount.cells.items():
        if programme not in shown_rows:
            place = f"source.{source.lower()}.computed" if source in sources else "total.computed"
            lost_by_column.setdefault(place, Tally()).add(tally.amount_gr, tally.lines)
        if source not in sources:
            name = figure_id("programme", OUTSIDE if programme is None else programme)
            place = name if programme in shown_rows else "total.computed"
            lost_by_row.setdefault(place, Tally()).add(tally.amount_gr, tally.lines)
    problems = []
    for place, tally in (lost_by_column | lost_by_row).items():
        found = f"{shown_value(tally.amount_gr, 'gr')} w pozycjach spoza tabeli ({tally.lines})"
        problems.append(about("place", place, found, "suma komórek tabeli", "matrix"))
    return problems


def problems_of_cross_cuts(content: dict, report: ExpectedReport) -> list[Problem]:
    """Every tag once, with its figures."""
    problems: list[Problem] = []
    tags = [row["code"] for row in content["records"]["tags"]]
    found = [row["tag"] for row in content["cross_cuts"]]
    if sorted(found) != sorted(tags):
        problems.append(Problem("place", "", "cross_cuts", shown(" ".join(found)), shown(" ".join(tags))))
    for i, row in enumerate(content["cross_cuts"]):
        for line in ("computed", "declared", "difference"):
            id_ = figure_id("tag", row["tag"], line)
            _same(problems, f"cross_cuts[{i}].{line}", row[line], _known(report, id_))
    return problems


def problems_of_differences(content: dict, report: ExpectedReport) -> list[Problem]:
    """The list of differences names all that there are, with the answer each has been given."""
    problems: list[Problem] = []
    standings = {row.record["key"]: row for row in report.standings}
    listed = [row["key"] for row in content["differences"]]
    for key in duplicates(listed):
        problems.append(Problem("record", "", f"Różnica {key}", "więcej niż jeden wpis", "jeden wpis"))
    for row in content["differences"]:
        standing = standings.get(row["key"])
        if standing is None:
            found = shown(row["label"])
            problems.append(Problem("unknown", "", f"Różnica {row['key']}", found, "suma podana o tym kluczu"))
        else:
            problems += _difference(row, standing)
    for key, standing in standings.items():
        if standing.status != "agrees" and key not in listed:
            figure = standing.declared if standing.difference_gr is None else standing.difference
            found = "różnica, której nie ma na liście"
            problems.append(about("missing", figure, found, "wpis na liście różnic", f"różnica {key}"))
    return problems


def _difference(row: dict, standing: Standing) -> list[Problem]:
    problems: list[Problem] = []
    place = f"różnica {row['key']}"
    alone = standing.difference_gr is None
    figure = standing.declared if alone else standing.difference
    _same(problems, f"{place}, figure", row["figure"], figure)
    _same(problems, f"{place}, declared", row["declared"], standing.declared)
    _same(problems, f"{place}, computed", row["computed"], standing.computed)
    _same(problems, f"{place}, follows", row["follows"], standing.follows, figure)
    if type(row["value_gr"]) is not type(standing.difference_gr) or row["value_gr"] != standing.difference_gr:
        found, wanted = shown_value(row["value_gr"], "gr"), shown_value(standing.difference_gr, "gr")
        problems.append(about("value", figure, found, wanted, place))
    if row["status"] != standing.status:
        problems.append(about("status", figure, shown(row["status"]), shown(standing.status), place))
    return problems + _resolution(row, standing, figure, place)


def _resolution(row: dict, standing: Standing, figure: str, place: str) -> list[Problem]:
    answer = row["resolution"]
    if answer is None:
        return []
    problems = []
    if standing.follows or standing.status not in {"explained", "accepted"}:
        problems.append(about("status", figure, "rozstrzygnięcie", "brak rozstrzygnięcia", place))
    for name, wanted in (("reason", "pisemne uzasadnienie"), ("by", "kto rozstrzygnął"), ("at", "kiedy")):
        if not answer[name].strip():
            problems.append(about("missing", figure, "puste pole", wanted, f"{place}, {name}"))
    if answer["kind"] == "explained":
        explained = sum(line["amount_gr"] for line in answer["lines"])
        if explained != standing.difference_gr:
            found = f"wyjaśniono {shown_value(explained, 'gr')}"
            problems.append(about("value", figure, found, shown_value(standing.difference_gr, "gr"), place))
    return problems


def problems_of_comparison(content: dict, report: ExpectedReport) -> list[Problem]:
    """Each year of the comparison names the figure of that year."""
    problems: list[Problem] = []
    earlier = content["records"]["earlier"]
    for i, row in enumerate(content["comparison"]):
        code = row["programme"]
        for j, year in enumerate(row["years"]):
            place = f"comparison[{i}].years[{j}]"
            if year["year"] == content["year"]:
                id_ = "total.computed" if code is None else figure_id("programme", code)
                _same(problems, f"{place}.figure", year["figure"], _known(report, id_))
                continue
            if str(year["year"]) not in earlier:
                problems.append(Problem("record", "", place, shown(year["year"]), "rok obecny w records.earlier"))
            id_ = figure_id("earlier", year["year"], *(() if code is None else (code,)))
            _same(problems, f"{place}.figure", year["figure"], id_)
    return problems


def problems_of_state(content: dict, report: ExpectedReport) -> list[Problem]:
    """A final report has a version, a date and no open difference; a draft has neither of the first two."""
    problems: list[Problem] = []
    if content["state"] == "draft":
        _same(problems, "version", content["version"], None)
        _same(problems, "finalised", content["finalised"], None)
        return problems
    if not content["version"]:
        problems.append(Problem("state", "", "version", shown(content["version"]), "numer od 1"))
    if content["finalised"] is None:
        problems.append(Problem("state", "", "finalised", shown(None), "kiedy i przez kogo ustalono wersję"))
    for row in report.standings:
        if row.status == "open":
            found = "sprawozdanie ostateczne z niewyjaśnioną różnicą"
            problems.append(about("state", row.difference, found, "różnica wyjaśniona albo przyjęta"))
    if (content["version"] or 0) > 1:
        if not content["reason"].strip():
            problems.append(Problem("state", "", "reason", shown(""), "powód nowej wersji"))
        if not _HASH.fullmatch(content["previous_fingerprint"]):
            found = shown(content["previous_fingerprint"])
            problems.append(Problem("state", "", "previous_fingerprint", found, "odcisk poprzedniej wersji"))
    return problems
