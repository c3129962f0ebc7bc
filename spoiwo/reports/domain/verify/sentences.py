"""The sentences: their numbers are figures, and they say what the results' statements say."""

from decimal import Decimal

from spoiwo.kernel.money import zl
from spoiwo.kernel.polish import MissingForm, Noun, counted, number
from spoiwo.kernel.precision import Precision
from spoiwo.reports.domain.sentences import PEOPLE as HEADS
from spoiwo.reports.domain.sentences import Count, quoted_keys, segments
from spoiwo.reports.domain.verify.expected import OUTSIDE, PEOPLE, Expected, ExpectedReport, figure_id
from spoiwo.reports.domain.verify.problem import Problem, about, shown
from spoiwo.reports.domain.verify.shape import duplicates

_CASES = ("nom", "acc", "gen", "loc")


def problems_of_sections(content: dict, report: ExpectedReport) -> list[Problem]:
    """Each section tells the results of its own programme, all of them, with the right numbers."""
    nouns = _nouns(content)
    told, problems = _statements(content, report, nouns)
    rows = {row["programme"] for row in content["matrix"]["rows"]}
    events = {row["key"]: row["programme"] for row in content["records"]["events"]}
    for i, section in enumerate(content["sections"]):
        place = f"sections[{i}]"
        code = section["programme"]
        if code not in rows:
            problems.append(Problem("place", "", place, shown(code), "program z tabeli"))
        problems += _head(section, place, report)
        for key in section["events"]:
            if events.get(key, key) != code:
                problems.append(Problem("record", "", place, f"wydarzenie {shown(key)}", "wydarzenie programu"))
        problems += _told(section, place, report, nouns, told)
    for made in told.values():
        for plain, keys in made.items():
            problems += [Problem("missing", "", f"Wynik {key}", "brak zdania", shown(plain)) for key in keys]
    names = [OUTSIDE if section["programme"] is None else section["programme"] for section in content["sections"]]
    for name in duplicates(names):
        problems.append(Problem("place", "", "sections", f"dwie części o {shown(name)}", "jedna część"))
    for j, sentence in enumerate(content.get("summary", [])):
        problems += _numbers(sentence, f"summary[{j}]", report, nouns)
    return problems


def _nouns(content: dict) -> dict[str, Noun]:
    forms = Noun.__dataclass_fields__
    nouns = {
        code: Noun(**{name: value for name, value in unit.items() if name in forms})
        for code, unit in content["units"].items()
    }
    return nouns | {PEOPLE: HEADS}


def _head(section: dict, place: str, report: ExpectedReport) -> list[Problem]:
    problems = []
    id_ = figure_id("programme", OUTSIDE if section["programme"] is None else section["programme"])
    if section["figure"] not in (None, id_):
        problems.append(Problem("place", "", f"{place}.figure", shown(section["figure"]), shown(id_)))
    expected = report.figures.get(id_)
    if expected and section["no_amount"] != (expected.value is None):
        found, wanted = shown(section["no_amount"]), shown(expected.value is None)
        problems.append(about("place", id_, found, wanted, f"{place}.no_amount"))
    return problems


Told = dict[str | None, dict[str, list[str]]]  # programme → sentence → keys of the results that say it


def _statements(content: dict, report: ExpectedReport, nouns: dict[str, Noun]) -> tuple[Told, list[Problem]]:
    """Sentences made again from the results; those that cannot be made are problems.

    A result that another one quotes has no sentence of its own.
    """
    results = content["records"]["results"]
    counts = _made_counts(results, report, nouns)
    quoted = {key for row in results for key in quoted_keys(row["statement"])}
    told: Told = {}
    problems = []
    for row in results:
        if row["key"] in quoted:
            continue
        try:
            made = segments(row["statement"], row["key"], counts)
        except (KeyError, ValueError) as fault:  # a placeholder that nothing answers, a form that is not there
            found = f"{shown(row['statement'])} ({type(fault).__name__})"
            problems.append(Problem("text", "", f"Wynik {row['key']}", found, "zdanie, które da się złożyć"))
            continue
        told.setdefault(row["programme"], {}).setdefault(_plain(made), []).append(row["key"])
    return told, problems


def _made_counts(results: list[dict], report: ExpectedReport, nouns: dict[str, Noun]) -> dict[str, Count]:
    counts = {}
    for row in results:
        for key, suffix in ((row["key"], ""), (f"{row['key']}.people", ".people")):
            expected = report.figures.get(figure_id("result", row["key"]) + suffix)
            if expected and expected.unit in nouns:
                value, precision = Decimal(expected.value), Precision(expected.precision)
                counts[key] = Count(expected.id, value, nouns[expected.unit], precision)
    return counts


def _plain(sentence: list) -> str:
    """A sentence with its figures named, and every kind of space alike."""
    parts = [part if isinstance(part, str) else f"{{{part['figure']}|{part['text']}}}" for part in sentence]
    return " ".join("".join(parts).split())


def _told(section: dict, place: str, report: ExpectedReport, nouns: dict, told: Told) -> list[Problem]:
    problems = []
    mine = told.get(section["programme"], {})
    for j, sentence in enumerate(section["sentences"]):
        where = f"{place}.sentences[{j}]"
        wrong = _numbers(sentence, where, report, nouns)
        plain = _plain(sentence)
        if mine.get(plain):
            mine[plain].pop()
        elif not wrong:
            problems.append(Problem("text", "", where, shown(plain), "zdanie złożone z wyniku w tym pliku"))
        else:
            _forget(mine, sentence)
        problems += wrong
    return problems


def _forget(mine: dict[str, list[str]], sentence: list) -> None:
    """A sentence whose number is wrong is named by its figure, not once more as missing."""
    figures = [part["figure"] for part in sentence if not isinstance(part, str)]
    for plain in [plain for plain, keys in mine.items() if keys]:
        if all(f"{{{id_}|" in plain for id_ in figures):
            mine[plain].pop()
            return


def _numbers(sentence: list, place: str, report: ExpectedReport, nouns: dict[str, Noun]) -> list[Problem]:
    problems = []
    for part in sentence:
        if isinstance(part, str):
            continue
        expected = report.figures.get(part["figure"])
        if expected is None:
            found = f"nieznana liczba {shown(part['figure'])}"
            problems.append(Problem("unknown", part["figure"], place, found, "liczba sprawozdania"))
            continue
        forms = _forms(expected, nouns)
        if " ".join(part["text"].split()) not in {" ".join(form.split()) for form in forms}:
            wanted = f"„{forms[0]}”" if forms else "liczba"
            problems.append(about("text", expected.id, shown(part["text"]), wanted, place))
    return problems


def _forms(expected: Expected, nouns: dict[str, Noun]) -> list[str]:
    """All ways in which Polish may write a figure."""
    if expected.unit == "gr":
        return [zl(expected.value)]
    if expected.value is None:
        return []
    value, precision = Decimal(expected.value), Precision(expected.precision)
    forms = []
    for case in _CASES if expected.unit in nouns else ():
        try:
            forms.append(counted(value, nouns[expected.unit], case=case, precision=precision))
        except MissingForm:
            continue  # a noun that is never used in this case need not have its form
    return [*forms, number(value, precision)]
