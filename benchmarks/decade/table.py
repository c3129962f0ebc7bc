"""The measurements of ten years as tables: for a terminal and for docs/pomiary.md."""

from pathlib import Path

from benchmarks.table import MEBIBYTE, NAMES, seconds, write_between

BEGIN, END = "<!-- dziesięć lat: początek -->", "<!-- dziesięć lat: koniec -->"
TITLES = {
    "task": "Strona zadania: pieniądze dziesięciu lat według źródeł",
    "programme": "Strona programu: pieniądze dziesięciu lat według źródeł",
    "desk": "Pulpit dyrektora: plan, zaangażowanie i wykonanie roku według źródeł i programów",
    "plan": "Strona „Plan i wykonanie” roku",
    "books": "Wczytanie pliku systemu księgowego",
}
HEADINGS = ("Kto", "najlepszy", "mediana", "n", "1. raz", "CPU", "× pandas", "wczytanie", "pamięć MB", "obciążenie")
PROMISED_S, PROMISED_BYTES = 20.0, 300 * MEBIBYTE


def tables(found: dict) -> list[tuple[str, list[tuple[str, ...]]]]:
    """(title, rows with the heading first) of every question."""
    result = []
    for question, title in TITLES.items():
        cases = [case for case in found["cases"] if case["question"] == question]
        if cases:
            pandas = next((case["median_cpu_s"] for case in cases if case["engine"] == "pandas"), None)
            size = f"{found['books'] if question == 'books' else found['lines']:,} wierszy".replace(",", "\u00a0")
            result.append((f"{title}, {size}", [HEADINGS, *(_row(case, pandas) for case in cases)]))
    return result


def _row(case: dict, pandas: float | None) -> tuple[str, ...]:
    ratio = case["median_cpu_s"] / pandas if pandas else None
    loads = case["engine"] in {"pandas", "duckdb"} and case["question"] != "books"
    return (
        NAMES[case["engine"]],
        seconds(case["best_wall_s"]),
        seconds(case["median_wall_s"]),
        str(case["n"]),
        seconds(case["first"]["wall_s"]),
        seconds(case["median_cpu_s"]),
        "–" if ratio is None else f"{ratio:.2f}".replace(".", ","),
        seconds(case["load"]["wall_s"]) if loads else "–",
        str(round(case["peak_bytes"] / MEBIBYTE)),
        f"{case['busy']:.1f}".replace(".", ","),
    )


def text(found: dict) -> str:
    """For the terminal."""
    parts = []
    for title, lines in tables(found):
        widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
        parts.append(title)
        parts += [
            "  " + "  ".join(c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True)))
            for line in lines
        ]
        parts.append("")
    return "\n".join([*parts, *promises(found)])


def markdown(found: dict) -> str:
    """For the documentation."""
    m = found["machine"]
    parts = [f"Zmierzono {m['day']}: {m['processor']}, rdzeni {m['cores']}, pamięć {m['memory_gib']} GiB.", ""]
    for title, (head, *body) in tables(found):
        parts += [f"### {title}", "", f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
        parts += [f"| {' | '.join(line)} |" for line in body]
        parts.append("")
    return "\n".join([*parts, *(f"- {sentence}" for sentence in promises(found)), ""])


def promises(found: dict) -> list[str]:
    """The import of the accounting file: what was promised, what came of it."""
    case = next((c for c in found["cases"] if (c["engine"], c["question"]) == ("spoiwo", "books")), None)
    if found["quick"] or case is None:
        return []
    kept = case["median_wall_s"] <= PROMISED_S and case["peak_bytes"] <= PROMISED_BYTES
    return [
        f"{'dotrzymana' if kept else 'NIEDOTRZYMANA'}: wczytanie pliku księgowego: {seconds(case['median_wall_s'])}"
        f" i {round(case['peak_bytes'] / MEBIBYTE)}\u00a0MB, obiecane najwyżej {seconds(PROMISED_S)} i 300\u00a0MB"
    ]


def write_into(path: Path, found: dict) -> None:
    """Put the tables between the marks of a page. Raises: ValueError when the page has no marks."""
    write_between(path, BEGIN, END, markdown(found))
