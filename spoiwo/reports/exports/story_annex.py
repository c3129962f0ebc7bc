"""The end of the report: every figure with its rule and records, every line of money once."""

from spoiwo.kernel.money import zl
from spoiwo.kernel.polish import counted
from spoiwo.reports.exports.annex import Annex, Group
from spoiwo.reports.exports.runs import Run, Runs, heading, para, table
from spoiwo.reports.exports.words import (
    PRECISIONS,
    RECORD,
    SCOPES,
    STATUSES,
    Names,
    short_day,
    tidy,
    value_text,
)


def annex_blocks(content: dict, runs: Runs) -> list[dict]:
    """Figures, lines, declared totals, documents."""
    return [
        *_figures(content, runs),
        *_lines(content, runs),
        *_declared(content, runs.annex.names),
        *_documents(content),
    ]


def _figures(content: dict, runs: Runs) -> list[dict]:
    annex, rows = runs.annex, []
    for id_, number in annex.number.items():
        figure = content["figures"][id_]
        status = f" ({STATUSES[figure['status']]})" if figure["status"] else ""
        parts = annex.names.rule(figure["rule"])
        rule = [runs.pointer(*part) if isinstance(part, tuple) else tidy(part) for part in parts]
        cells = [[str(number)], [{"t": id_, "id": f"f{number}"}], [tidy(annex.label(figure))]]
        cells += [[value_text(figure, content["units"]) + status], rule, [_records(annex, figure)]]
        rows.append({"cells": cells, "s": ""})
    heads = ["Nr", "Identyfikator", "Liczba", "Wartość", "Jak policzona", "Rekordy"]
    words = (
        "Numer w nawiasie przy liczbie w tekście jest numerem w tej tabeli. Pominięto komórki tabeli programów "
        "i źródeł, w których nie ma żadnej pozycji."
    )
    weights = [0.7, 4.2, 2.8, 2.4, 2.6, 2.2]
    made = table("liczby-tabela", "Liczby sprawozdania", heads, rows, weights=weights, numbers=(3,))
    title = heading(2, "Załącznik 1. Liczby i ich rekordy", "liczby")
    return [title, para([tidy(words)], "quiet"), made | {"size": "dense"}]


def _records(annex: Annex, figure: dict) -> Run:
    """Where a figure's records are, leading to the first line."""
    text = tidy(annex.records_text(figure))
    place = annex.first_line(figure)
    return {"t": text, "line": place[0], "cell": place[1]} if place and place[1] else text


def _lines(content: dict, runs: Runs) -> list[dict]:
    """Every line of money once, under the cell of the matrix that it is part of."""
    annex = runs.annex
    groups = [_group(group, content, annex.names) for group in annex.groups if group.entries]
    words = (
        "Każda pozycja jest tu jeden raz, pod kwotą, do której należy. Sumy wierszy, kolumn i całości składają się "
        "z tych samych pozycji; zakresy numerów podaje załącznik 1."
    )
    blocks = [heading(2, "Załącznik 2. Pozycje", "pozycje"), para([tidy(words)], "quiet")]
    if not groups:
        return [*blocks, para([tidy("W tym roku nie ma żadnej pozycji.")])]
    heads = ["Lp.", "Data", "Opis (klucz)", "Dokument", "Kwota, zł"]
    return [*blocks, {"k": "records", "heads": heads, "groups": groups}]


def _group(group: Group, content: dict, names: Names) -> dict:
    """The lines of one cell as rows of plain text, quick to lay out by the thousand."""
    tags = names.tags
    rows = []
    for i, entry in enumerate(group.entries, group.first):
        marks = ", ".join(tags.get(tag, tag) for tag in entry["tags"])
        words = f"{entry['description']} ({entry['key']})" + (f" · {marks}" if marks else "")
        refund = "zwrot: " if entry["kind"] == "refund" else ""
        amount = zl(entry["amount_gr"], unit=False)
        rows.append([str(i), short_day(entry["date"]), refund + words, entry["document"], amount])
    total = zl(sum(entry["amount_gr"] for entry in group.entries))
    title = f"{names.programme(group.programme)}, {names.sources.get(group.source, group.source)}"
    figure = content["figures"].get(group.cell)
    return {
        "id": group.cell,
        "title": tidy(title),
        "part": tidy(names.programme(group.programme)),
        "first": group.first,
        "sum": f"{total}, {counted(len(rows), RECORD)}" + (f", {group.cell}" if figure else ""),
        "rows": rows,
    }


def _declared(content: dict, names: Names) -> list[dict]:
    rows = []
    for row in content["records"]["declared"]:
        what = [names.programme(row["programme"])] if row["programme"] else []
        what += [names.sources.get(row["source"], row["source"])] if row["source"] else []
        what += [names.tags.get(row["tag"], row["tag"])] if row["tag"] else []
        about = f"{SCOPES[row['scope']]}: {', '.join(what)}" if what else SCOPES[row["scope"]]
        cells = [[tidy(about)], [zl(row["amount_gr"], unit=False)], [PRECISIONS[row["precision"]]]]
        cells += [[tidy(names.document(row["document"]))], [row["key"]]]
        rows.append({"cells": cells, "s": ""})
    if not rows:
        return []
    heads = ["Czego dotyczy", "Kwota, zł", "Dokładność", "Dokument", "Klucz"]
    return [
        heading(2, "Załącznik 3. Sumy podane w dokumentach", "sumy"),
        table("sumy-tabela", "Sumy zadeklarowane", heads, rows, weights=[3, 2, 1.5, 3, 1.5], numbers=(1,))
        | {"size": "dense"},
    ]


def _documents(content: dict) -> list[dict]:
    documents = content["records"]["documents"]
    if not documents:
        return []
    rows = [
        {"cells": [[row["code"]], [tidy(row["name"])], [short_day(row["date"])], [row["address"] or "–"]], "s": ""}
        for row in documents
    ]
    heads = ["Kod", "Dokument", "Data", "Adres"]
    return [
        heading(2, "Załącznik 4. Dokumenty", "dokumenty"),
        table("dokumenty-tabela", "Dokumenty", heads, rows, weights=[2, 4, 1.3, 3], numbers=()) | {"size": "dense"},
    ]
