"""The measurements as tables: for a terminal and for docs/pomiary.md."""

from pathlib import Path

from benchmarks import cases

NAMES = {
    "spoiwo": "Spoiwo", "sql": "czysty SQL", "pandas": "pandas", "duckdb": "DuckDB", "python": "czysty Python",
    "limit": "granica",
}  # fmt: skip
HEADINGS = (
    "Kto", "najlepszy", "mediana", "n", "1. raz", "CPU", "× DuckDB", "× SQL", "wczytanie", "pamięć MB", "obciążenie",
)  # fmt: skip
BEGIN, END = "<!-- pomiary: początek -->", "<!-- pomiary: koniec -->"
MEBIBYTE = cases.MEBIBYTE


def text(found: dict) -> str:
    """For the terminal: columns stand under each other."""
    parts = [machine_line(found), ""]
    for title, lines in _tables(found):
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        parts.append(title)
        for line in lines:
            parts.append(
                "  " + "  ".join(_put(cell, width, i) for i, (cell, width) in enumerate(zip(line, widths, strict=True)))
            )
        parts.append("")
    parts += [f"  {sentence}" for sentence in promises(found)]
    return "\n".join(parts)


def _put(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)


def markdown(found: dict) -> str:
    """For the documentation."""
    parts = [machine_line(found), ""]
    for title, lines in _tables(found):
        head, *body = lines
        parts += [f"### {title}", "", f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
        parts += [f"| {' | '.join(line)} |" for line in body]
        parts.append("")
    return "\n".join([*parts, "### Obietnice", "", *(f"- {sentence}" for sentence in promises(found)), ""])


def write_into(path: Path, found: dict) -> None:
    """Put the tables between the marks of a page. Raises: ValueError when the page has no marks."""
    write_between(path, BEGIN, END, markdown(found))


def write_between(path: Path, begin: str, end: str, text: str) -> None:
    """Put a text between two marks of a page. Raises: ValueError when the page has no such marks."""
    before, opening, rest = path.read_text(encoding="utf-8").partition(begin)
    _old, closing, after = rest.partition(end)
    if not (opening and closing):
        raise ValueError(f"{path}: brak znaczników {begin} i {end}")
    path.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


def machine_line(found: dict) -> str:
    """What was measured where, in one sentence."""
    m = found["machine"]
    packages = ", ".join(f"{name} {number}" for name, number in m["packages"].items())
    quick = " Próba na kilkuset wierszach: czasy nic nie znaczą." if found["quick"] else ""
    return (
        f"Zmierzono {m['day']} na {found['database']}: {m['processor']}, rdzeni {m['cores']},"
        f" pamięć {m['memory_gib']} GiB, {m['system']}, Python {m['python']}, {packages}."
        f" Całość trwała {found['seconds']} s.{quick}"
    )


def _tables(found: dict) -> list[tuple[str, list[tuple[str, ...]]]]:
    """(title, rows with the heading first) of every question that somebody answered."""
    result = []
    for size in found["sizes"].values():
        own = []
        for question, title in cases.TITLES.items():
            answered = [case for case in size["cases"] if case["question"] == question]
            limits = [case for case in size["cases"] if question == "matrix" and case["engine"] == "limit"]
            if question in cases.RIVALS and answered:
                order = list(NAMES)
                answered = sorted([*answered, *limits], key=lambda case: order.index(case["engine"]))
                result.append((f"{title}, {counted(size)}", [HEADINGS, *(_row(case, answered) for case in answered)]))
            elif question not in cases.RIVALS:
                own += [case for case in answered if case["engine"] != "limit"]
        if own:
            head = ("Co", *(name for name in HEADINGS[1:] if not name.startswith("×")))
            result.append((f"Strony i pliki, {counted(size)}", [head, *map(_own_row, own)]))
    return result


def _row(case: dict, answered: list[dict]) -> tuple[str, ...]:
    cpu = {other["engine"]: other["median_cpu_s"] for other in answered if other["engine"] != "limit"}
    name = cases.TITLES[case["question"]] if case["engine"] == "limit" else NAMES[case["engine"]]
    ratios = (_ratio(case["median_cpu_s"], cpu.get("duckdb")), _ratio(case["median_cpu_s"], cpu.get("sql")))
    return (name, *_times(case), *ratios, *_rest(case))


def _own_row(case: dict) -> tuple[str, ...]:
    return (cases.TITLES[case["question"]], *_times(case), *_rest(case))


def _times(case: dict) -> tuple[str, ...]:
    first = case["first"]["wall_s"]
    walls = (seconds(case["best_wall_s"]), seconds(case["median_wall_s"]), str(case["n"]), seconds(first))
    return (*walls, seconds(case["median_cpu_s"]))


def _rest(case: dict) -> tuple[str, ...]:
    loads = case["engine"] in {"pandas", "duckdb", "python"}
    return (
        seconds(case["load"]["wall_s"]) if loads else "–",
        "–" if case["engine"] == "limit" else str(round(case["peak_bytes"] / MEBIBYTE)),
        f"{case['busy']:.1f}".replace(".", ","),
    )


def seconds(value: float) -> str:
    """Seconds or milliseconds with three digits that mean something."""
    number = (
        f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms" if value >= 0.001 else f"{value * 1000:.3f} ms"
    )
    return number.replace(".", ",").replace(" ", "\u00a0")


def _ratio(own: float, other: float | None) -> str:
    if not other:
        return "–"
    ratio = own / other
    return (f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}").replace(".", ",")


def promises(found: dict) -> list[str]:
    """What was promised, what came of it. The wall clock decides; CPU tells how much of it was waiting."""
    if found["quick"]:
        return []
    result = []
    for size in found["sizes"].values():
        for case in (row for row in size["cases"] if row["engine"] == "spoiwo"):
            key, title = (case["size"], case["question"]), f"{cases.TITLES[case['question']]}, {counted(size)}"
            if limit := cases.SECONDS.get(key):
                value = f"{seconds(case['median_wall_s'])} (CPU {seconds(case['median_cpu_s'])})"
                result.append(_said(title, case["median_wall_s"] <= limit, value, seconds(limit)))
            if limit := cases.BYTES.get(key):
                shown = [f"{round(value / MEBIBYTE)}\u00a0MB pamięci" for value in (case["peak_bytes"], limit)]
                result.append(_said(title, case["peak_bytes"] <= limit, *shown))
    return result


def counted(size: dict) -> str:
    """How many lines a ledger has, in words."""
    return f"{size['lines']:,} wierszy".replace(",", "\u00a0")


def _said(title: str, kept: bool, value: str, limit: str) -> str:
    return f"{'dotrzymana' if kept else 'NIEDOTRZYMANA'}: {title}: {value}, obiecane najwyżej {limit}"
