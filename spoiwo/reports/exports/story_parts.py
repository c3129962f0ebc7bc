"""The middle of the report: cross-cuts, differences, results by programme, earlier years."""

from spoiwo.kernel.money import NO_AMOUNT, zl
from spoiwo.kernel.polish import counted
from spoiwo.kernel.precision import Precision
from spoiwo.reports.domain.sentences import PEOPLE
from spoiwo.reports.exports.runs import Runs, heading, para, table
from spoiwo.reports.exports.words import NOTHING, STATUSES, long_day, precise, tidy


def cross_cuts(content: dict, runs: Runs) -> list[dict]:
    """Totals across programmes, which are never added once more."""
    rows = []
    for row in content["cross_cuts"]:
        cells = [runs.amount(row[line], gap=line == "difference") for line in ("computed", "declared", "difference")]
        rows.append({"cells": [[tidy(row["name"])], *cells], "s": ""})
    if not rows:
        return []
    heads = ["Przekrój", "Policzone, zł", "Zadeklarowane, zł", "Różnica, zł"]
    words = (
        "Przekroje biegną przez programy: te same pozycje są już w tabeli wyżej, więc do sum nie dodaje się ich "
        "drugi raz."
    )
    return [
        heading(2, "Przekroje", "przekroje"),
        table("przekroje-tabela", "Sumy przekrojowe, w złotych", heads, rows, weights=[3, 2, 2, 2]),
        para([tidy(words)], "quiet"),
    ]


def differences(content: dict, runs: Runs) -> list[dict]:
    """All differences with their status and what was answered."""
    blocks = [heading(2, "Różnice", "roznice")]
    if not content["differences"]:
        return [*blocks, para([tidy("Wszystkie kwoty podane w dokumentach zgadzają się z pozycjami co do grosza.")])]
    rows = []
    for row in content["differences"]:
        status = tidy("wynika z różnic według źródeł") if row["follows"] else STATUSES[row["status"]]
        amounts = [runs.amount(row[name]) for name in ("declared", "computed")]
        value = [NOTHING]
        if row["value_gr"] is not None:
            value = [runs.figure(row["figure"], zl(row["value_gr"], unit=False))]
        rows.append({"cells": [[tidy(row["label"])], *amounts, value, [status]], "s": ""})
    heads = ["Czego dotyczy", "Zadeklarowane, zł", "Policzone, zł", "Różnica, zł", "Status"]
    caption = "Różnice: kwota zadeklarowana minus policzona, w złotych"
    blocks.append(table("roznice-tabela", caption, heads, rows, weights=[3, 2, 2, 2, 2], numbers=(1, 2, 3)))
    for row in content["differences"]:
        if row["resolution"]:
            blocks += _answer(row)
    return blocks


def _answer(row: dict) -> list[dict]:
    """Why a difference is accepted, or of what it is made up; by whom and when."""
    answer = row["resolution"]
    deed = "wyjaśnił(a)" if answer["kind"] == "explained" else "przyjął (przyjęła)"
    blocks = [
        heading(3, f"{row['label']}: {zl(row['value_gr'])}, różnica {STATUSES[answer['kind']]}"),
        para([tidy(f"Uzasadnienie: {answer['reason']}")]),
        para([tidy(f"Różnicę {deed}: {answer['by']}, {long_day(answer['at'])}.")], "quiet"),
    ]
    if answer["lines"]:
        rows = [
            {"cells": [[tidy(line["description"])], [line["document"]], [zl(line["amount_gr"], unit=False)]], "s": ""}
            for line in answer["lines"]
        ]
        total = sum(line["amount_gr"] for line in answer["lines"])
        rows.append({"cells": [["Razem"], [NOTHING], [zl(total, unit=False)]], "s": "sum"})
        heads = ["Pozycja wyjaśnienia", "Dokument", "Kwota, zł"]
        caption = f"Z czego składa się różnica: {row['label']}"
        name = f"wyjasnienie-{row['key']}"
        blocks.append(table(name, caption, heads, rows, weights=[4, 3, 2], numbers=(2,)))
    return blocks


def sections(content: dict, runs: Runs) -> list[dict]:
    """What came of it, programme by programme."""
    blocks = [heading(2, "Co z tego wynikło", "wyniki")]
    events = {event["key"]: event for event in content["records"]["events"]}
    told = {row["programme"]: row["text"] for row in content.get("narratives", [])}
    blocks += _told(told.get(None, ""))
    for section in content["sections"]:
        blocks += _section(section, events, runs, told.get(section["programme"], "") if section["programme"] else "")
    summary = [runs.sentence(sentence) for sentence in content.get("summary", [])]
    if summary:
        blocks += [heading(3, "Razem w programach"), {"k": "ul", "items": summary}]
    return blocks


def _told(text: str) -> list[dict]:
    """What an official wrote, paragraph by paragraph; its numbers are words, not figures."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return [para([tidy(part)]) for part in paragraphs if part]


def _section(section: dict, events: dict, runs: Runs, told: str) -> list[dict]:
    number = f"{section['number']}. " if section["number"] else ""
    blocks = [heading(3, number + section["title"]), *_told(told)]
    if section["no_amount"]:
        blocks.append(para([tidy("Kwota: w dokumentach nie podano kwoty.")]))
    elif section["figure"]:
        blocks.append(para(["Kwota: ", runs.figure(section["figure"]), "."]))
    if section.get("nested"):
        blocks.append(para([tidy("W tym: " + ", ".join(section["nested"]) + ".")]))
    sentences = [runs.sentence(sentence) for sentence in section["sentences"]]
    if sentences:
        blocks.append({"k": "ul", "items": sentences})
    elif not section["events"] and not section["tasks"]:
        blocks.append(para([tidy("Dokumenty nie podają wyników w liczbach.")], "quiet"))
    if section["tasks"]:
        blocks.append({"k": "ul", "title": "Zadania", "items": [[tidy(_task(task))] for task in section["tasks"]]})
    known = [events[key] for key in section["events"] if key in events]
    if known:
        blocks.append({"k": "ul", "title": "Wydarzenia", "items": [[tidy(_event(event))] for event in known]})
    return blocks


def _task(task: dict) -> str:
    begins = f"od {long_day(task['from'])}" if task["from"] else ""
    ends = f"do {long_day(task['to'])}" if task["to"] else ""
    when = " ".join(filter(None, (begins, ends)))
    return f"{task['name']} ({when})" if when else task["name"]


def _event(event: dict) -> str:
    parts = [event["name"]]
    if event["date_from"]:
        days = long_day(event["date_from"])
        if event["date_to"] and event["date_to"] != event["date_from"]:
            days += f" – {long_day(event['date_to'])}"
        parts.append(days)
    if event["people"] is not None:
        parts.append(counted(event["people"], PEOPLE, precision=Precision(event["precision"] or "exact")))
    return ", ".join(parts)


def comparison(content: dict, runs: Runs) -> list[dict]:
    """Earlier years of programmes that continue others."""
    years = sorted({year["year"] for row in content["comparison"] for year in row["years"]})
    if not years:
        return []
    rows = []
    before: list[str] = []
    for row in content["comparison"]:
        found = {year["year"]: year for year in row["years"]}
        cells = [[tidy(row["label"])]]
        for year in years:
            there = found.get(year)
            cells.append(runs.amount(there["figure"], missing=NO_AMOUNT) if there else [NOTHING])
            if there and there["programmes"] and there["programmes"] != [row["label"]]:
                before.append(f"{row['label']}: w {year} r. {', '.join(there['programmes'])}")
        rows.append({"cells": cells, "s": "sum" if row["programme"] is None else ""})
    made_up = sorted({y["year"] for row in content["comparison"] for y in row["years"] if y.get("invented")})
    heads = ["Program", *(f"{year}, zł" + (" (dane wymyślone)" if year in made_up else "") for year in years)]
    blocks = [
        heading(2, "Porównanie z wcześniejszymi latami", "lata"),
        table("lata-tabela", "Kwoty policzone z pozycji, w złotych", heads, rows, weights=[3] + [2] * len(years)),
    ]
    blocks += [para([tidy(text)], "quiet") for text in _stated_before(content)]
    if before:
        blocks.append({"k": "ul", "title": "Dawne nazwy programów", "items": [[tidy(text)] for text in before]})
    return blocks


def _stated_before(content: dict) -> list[str]:
    """Grand totals that documents of earlier years state, also where no line stands behind them."""
    texts = []
    for year, rows in sorted(content["records"]["earlier"].items()):
        for row in rows["declared"]:
            if row["scope"] == "grand":
                amount = precise(zl(row["amount_gr"]), row["precision"])
                texts.append(f"Dokument z {year} r. podaje łącznie {amount}.")
    return texts
