"""What is measured: questions, who answers them, how often, and what was promised."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Size:
    """A ledger. `repeat`: how many counted runs; `budget_s`: none begins after so many seconds."""

    name: str
    lines: int
    repeat: int
    budget_s: float
    whole: bool  # whether pages and files are measured too


SIZES = (Size("small", 20_000, 15, 10.0, True), Size("large", 1_000_000, 7, 20.0, False))
QUICK = (Size("small", 300, 1, 1.0, True), Size("large", 600, 1, 1.0, False))

# Question → how the table calls it.
TITLES = {
    "matrix": "Macierz roku z przekrojami i uzgodnieniem",
    "drill.cell": "Od liczby do pozycji: komórka macierzy, 100 pierwszych i ile ich jest",
    "drill.rare": "Od liczby do pozycji: komórka z dwiema pozycjami",
    "drill.tag": "Od liczby do pozycji: przekrój",
    "drill.total": "Od liczby do pozycji: cały rok",
    "new_line": "Nowa pozycja i poprawiona suma sprawozdania",
    "page.draft": "Strona sprawozdania, projekt (wykres gotowy)",
    "page.draft_without_chart": "Strona sprawozdania, projekt (wykres rysowany)",
    "page.final": "Strona sprawozdania, wersja ostateczna",
    "figure.draft": "Strona jednej liczby, projekt",
    "figure.final": "Strona jednej liczby, wersja ostateczna",
    "content": "Treść sprawozdania ze wszystkimi zapisami i odciskiem",
    "format.html": "Plik HTML",
    "format.pdf": "Plik PDF",
    "format.docx": "Plik DOCX",
    "format.xlsx": "Plik XLSX",
    "format.csv": "Plik CSV (ZIP)",
    "format.json": "Plik JSON",
    "format.all": "Sześć formatów razem, od bazy do plików",
    "verify": "Sprawdzenie pliku JSON (verify-report)",
    "finalise": "Zamknięcie wersji ostatecznej",
    "memory": "Granica: jednokrotny odczyt dwóch kolumn liczb w pamięci",
    "pages": "Granica: odczyt bajtów indeksu macierzy z pamięci systemu",
}
FORMATS = [name for name in TITLES if name.startswith("format.")]
DRAWN = "page.draft_without_chart"

# Who answers; one tuple of questions is one process. The house has a process for each, so that the memory
# told is of that question alone; for rivals it is nearly all their rows. What changes rows comes last.
RIVALS = ("matrix", "drill.cell", "drill.rare", "drill.tag", "drill.total", "new_line")
ALWAYS = (
    ("limit", ("memory",)),
    ("limit", ("pages",)),
    ("python", ("matrix",)),
    ("duckdb", RIVALS),
    ("pandas", RIVALS),
    ("sql", RIVALS),
    ("spoiwo", ("matrix",)),
    ("spoiwo", ("drill.cell",)),
    ("spoiwo", ("drill.rare",)),
    ("spoiwo", ("drill.tag",)),
    ("spoiwo", ("drill.total",)),
    ("spoiwo", ("page.draft",)),
    ("spoiwo", ("figure.draft",)),
)
WHOLE = (
    *(("spoiwo", (name,)) for name in (DRAWN, "content", *FORMATS, "verify")),
    ("spoiwo", ("finalise",)),
    ("spoiwo", ("page.final",)),
    ("spoiwo", ("figure.final",)),
)
LAST = (("spoiwo", ("new_line",)),)
# Files are made once in a process: a second time its libraries remember pages and pictures, which life does not.
# A version is frozen once. How many processes are started for each:
ONCE = dict.fromkeys(FORMATS, 3) | {"format.pdf": 2, "format.all": 2, "finalise": 1}

# Promised: (size, question) → seconds at the median, bytes at the peak.
SECONDS = {
    ("small", "matrix"): 0.050,
    ("small", "page.draft"): 0.300,
    ("small", "page.final"): 0.300,
    ("small", "format.all"): 10.0,
    ("large", "matrix"): 1.0,
}
BYTES = {("large", question): 400 * MEBIBYTE for question in RIVALS}


def processes(size: Size) -> list[tuple[str, tuple[str, ...]]]:
    """Every process of a size in order: engine and its questions; in a quick run one for each engine."""
    found = [*ALWAYS, *(WHOLE if size.whole else ()), *LAST]
    if size in QUICK:
        engines = dict.fromkeys(engine for engine, _questions in found)
        found = [
            (engine, tuple(name for other, names in found if other == engine for name in names)) for engine in engines
        ]
    return found


def times(size: Size, questions: tuple[str, ...]) -> int:
    """How many processes one after another answer the same questions."""
    return 1 if size in QUICK else ONCE.get(questions[0], 1)
