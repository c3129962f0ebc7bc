"""The report as a sequence of blocks: what PDF, Word and HTML lay out, each in its own way.

Blocks are plain dicts with a `k` (kind), so that they can be handed over as JSON. Text with figures is a
list of runs: text, or `{"t": text, "f": identifier, "n": number in the annex}`.
"""

from spoiwo.kernel.money import NO_AMOUNT, zl
from spoiwo.reports.domain.chart import chart_description, chart_finding, chart_title, classes_shown
from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.runs import Runs, cell, heading, para, table
from spoiwo.reports.exports.story_annex import annex_blocks
from spoiwo.reports.exports.story_parts import comparison, cross_cuts, differences, sections
from spoiwo.reports.exports.words import NOTHING, long_day, part_of, standing_words, state_text, tidy, value_text

PORTRAIT_COLUMNS = 7  # a wider matrix is printed across the page
SPENT = "wydano na politykę społeczną regionu, wszystkie źródła razem"
NOT_ZERO = "„–” znaczy, że nie ma żadnej pozycji; „brak kwoty”, że kwoty nie podano. Żadne z nich nie jest zerem."
RUNNING = 60  # characters of a notice on top of every page
LONG_AMOUNT_GR = 100_000_000_00  # from a hundred million the matrix needs smaller type
COLOUR_OF_CLASS = {"own": "#14665d", "state": "#2f5b9e", "pfron": "#b0640a", "eu": "#6c4a9e"}


def head(content: dict) -> dict:
    """Title page facts: what this is, whose, in which state, and its fingerprint."""
    region = content["region"]
    return {
        "title": tidy(content["title"]),
        "office": tidy(region["office"]),
        "assembly": tidy(f"Sprawozdanie dla: {region['assembly']}"),
        "short": tidy(f"Sprawozdanie {content['year']}, województwo {region['name']}"),
        "state": state_text(content),
        "standing": standing_words(content),
        "running": [_short(words) for words in standing_words(content)],
        "fingerprint": content["fingerprint"],
        "mark": content["fingerprint"][:16],
        "facts": [
            ["Województwo", region["name"]],
            ["Rok", str(content["year"])],
            ["Strategia", tidy(content["strategy"]["name"])],
            ["Wersja i stan", state_text(content)],
            ["Dane zebrano", long_day(content["as_of"])],
            ["Odcisk treści (SHA-256)", content["fingerprint"]],
        ],
    }


def _short(words: str) -> str:
    """As much of a notice as the head of a page has room for; the first page says it all."""
    return words if len(words) <= RUNNING else words[:RUNNING].rsplit(" ", 1)[0] + "…"


def story(content: dict, annex: Annex) -> list[dict]:
    """All blocks of the report in reading order."""
    runs = Runs(content, annex)
    return [
        *_money(content, runs),
        *_chart(content),
        *_matrix(content, runs),
        *cross_cuts(content, runs),
        *differences(content, runs),
        *sections(content, runs),
        *comparison(content, runs),
        *_changes(content),
        *annex_blocks(content, runs),
    ]


def _money(content: dict, runs: Runs) -> list[dict]:
    """The total, its sources with shares, and aloud what does not add up."""
    figures = content["figures"]
    total = "total.declared" if "total.declared" in figures else "total.computed"
    blocks = [
        heading(2, "Ile wydano", "razem"),
        {"k": "total", "runs": [runs.figure(total)], "words": tidy(SPENT)},
    ]
    rows = []
    for source in content["sources"]:
        stem = f"source.{source['code'].lower()}"
        cells = [cell(source["name"], dot=COLOUR_OF_CLASS.get(source["class"]))]
        cells += [runs.amount(f"{stem}.{line}") for line in ("declared", "computed", "difference")]
        rows.append({"cells": [*cells, runs.amount(f"share.{source['code'].lower()}")], "s": ""})
    sums = [runs.amount(f"total.{line}") for line in ("declared", "computed", "difference")]
    rows.append({"cells": [["Razem"], *sums, ["–"]], "s": "sum"})
    heads = ["Źródło", "Zadeklarowane, zł", "Policzone z pozycji, zł", "Różnica, zł", "Udział"]
    caption = f"Wydatki {content['year']} według źródeł"
    blocks.append(table("zrodla", caption, heads, rows, weights=[3, 2, 2, 2, 1.4]))
    told = [row for row in content["differences"] if not row["follows"] and row["status"] != "agrees"]
    return blocks + [_gap(row, figures, runs) for row in told]


def _gap(row: dict, figures: dict, runs: Runs) -> dict:
    """One difference in plain words, in the same place and size as what agrees."""
    declared, computed = figures[row["declared"]]["value"], figures[row["computed"]]["value"]
    stated = ["W dokumencie podano ", runs.figure(row["declared"]), "."]
    if row["value_gr"] is None:
        title = f"{row['label']}: brak pozycji do porównania"
        body = [*stated, " Kwota jest zaokrąglona, a pozycji, z których by się składała, nie ma."]
        return {"k": "note", "tone": "warn", "title": tidy(title), "body": [body]}
    title = f"{row['label']}: różnica {zl(row['value_gr'])}"
    body = [*stated, " Pozycje dają ", runs.figure(row["computed"]), "."]
    if declared:
        share = part_of(declared - (computed or 0), declared)
        body.append(f" Różnica to {share} kwoty podanej.")
    tone, answer = {
        "open": ("bad", "Różnica jest niewyjaśniona: sprawozdanie nie może być ostateczne."),
        "accepted": ("warn", "Różnicę przyjęto z pisemnym uzasadnieniem, które jest niżej."),
        "explained": ("good", "Różnicę wyjaśniono pozycjami, które są niżej."),
    }[row["status"]]
    return {"k": "note", "tone": tone, "title": tidy(title), "body": [body, [tidy(answer)]]}


def _chart(content: dict) -> list[dict]:
    finding = chart_finding(content)
    if not finding:
        return []
    return [
        heading(2, "Gdzie trafiły środki", "wykres"),
        {
            "k": "chart",
            "finding": tidy(finding),
            "sub": tidy(chart_title(content)),
            "legend": [[name, colour] for _class, name, colour in classes_shown(content)],
            "alt": chart_description(content),
        },
    ]


def _matrix(content: dict, runs: Runs) -> list[dict]:
    """Programme × source: computed, declared, difference; row, column and grand totals."""
    matrix, figures = content["matrix"], content["figures"]
    with_declared = any(row["declared"] for row in matrix["rows"])
    extra = ["Zadeklarowane", "Różnica"] if with_declared else []
    names = {source["code"]: source for source in content["sources"]}
    heads = [cell("Program")]
    for code in matrix["columns"]:
        heads.append(cell(names[code]["short_name"], dot=COLOUR_OF_CLASS.get(names[code]["class"])))
    heads += [cell(text) for text in ["Policzone razem", *extra]]
    rows = []
    for row in matrix["rows"]:
        cells = [[tidy(f"{row['number']}. {row['short_name']}" if row["number"] else row["short_name"])]]
        cells += [runs.amount(row["cells"][code]) for code in matrix["columns"]]
        cells.append(runs.amount(row["total"], missing=NO_AMOUNT))
        if with_declared:
            cells += [runs.amount(row["declared"]), runs.amount(f"{row['total']}.difference", gap=True)]
        rows.append({"cells": cells, "s": ""})
    for line, text, style in (
        ("computed", "Policzone z pozycji", "sum"),
        ("declared", "Zadeklarowane w dokumentach", "sub"),
        ("difference", "Różnica", "diff"),
    ):
        cells = [[text]]
        cells += [runs.amount(matrix[line][code], gap=line == "difference") for code in matrix["columns"]]
        missing = NO_AMOUNT if line == "computed" else NOTHING
        cells.append(runs.amount(matrix[line]["total"], gap=line == "difference", missing=missing))
        rows.append({"cells": cells + [["–"]] * len(extra), "s": style})
    largest = max((abs(figure["value"] or 0) for figure in figures.values() if figure["kind"] == "money"), default=0)
    caption = tidy(f"Wydatki {content['year']}: program i źródło, w złotych")
    weights = [3.2] + [2] * (len(heads) - 1)
    blocks = [
        heading(2, "Program i źródło, w złotych", "program-i-zrodlo"),
        table("macierz", caption, heads, rows, weights=weights, edge=len(matrix["columns"]) + 1)
        | {"size": "small" if largest >= LONG_AMOUNT_GR else ""},
    ]
    words = ["Programy razem: ", runs.figure("programmes.computed"), ". Z pozycjami poza programami: "]
    words += [runs.figure("total.computed"), f". {tidy(NOT_ZERO)}"]
    blocks.append(para(words, "quiet"))
    return [{"k": "wide", "blocks": blocks}] if len(heads) > PORTRAIT_COLUMNS else blocks


def _changes(content: dict) -> list[dict]:
    """What this version changed, if it is a correction."""
    if not content["changes"] and not content["reason"]:
        return []
    blocks = [heading(2, "Co zmieniono w tej wersji", "zmiany")]
    if content["reason"]:
        blocks.append(para([tidy(f"Powód: {content['reason']}")]))
    if content["previous_fingerprint"]:
        blocks.append(para([f"Odcisk poprzedniej wersji: {content['previous_fingerprint']}"], "quiet"))
    rows = []
    for change in content["changes"]:
        figure = content["figures"].get(change["figure"], {})
        values = [_value(change[side], figure, content) for side in ("before", "after")]
        rows.append({"cells": [[tidy(change["label"])], *([text] for text in values), [change["figure"]]], "s": ""})
    if rows:
        heads = ["Liczba", "Było", "Jest", "Identyfikator"]
        caption = "Liczby zmienione od poprzedniej wersji"
        blocks.append(table("zmienione", caption, heads, rows, weights=[3, 2, 2, 3], numbers=(1, 2)))
    return blocks


def _value(value: object, figure: dict, content: dict) -> str:
    """A value of a change, written like the figure it belongs to."""
    if figure:
        return value_text(figure | {"value": value}, content["units"])
    return zl(value) if isinstance(value, int) else str(value)
