"""Comparing answers with the right ones; one grosz or one line too many is enough."""

from benchmarks import rows

SHOWN = 5


class WrongAnswer(Exception):
    """An engine said something else than the plain sum; the argument is one sentence in Polish."""


def check(engine: str, question: str, answers: list, expected: dict) -> None:
    """Compare every answer of every run. Raises: WrongAnswer."""
    if not answers:
        raise WrongAnswer(f"{engine}, {question}: brak odpowiedzi")
    for number, answer in enumerate(answers):
        if problem := problem_of(question, number, answer, expected):
            raise WrongAnswer(f"{engine}, {question}, wywołanie {number + 1}: {problem}")


def problem_of(question: str, number: int, answer: object, expected: dict) -> str:
    """What is wrong with one answer; nothing when it is right. `number`: of the run, from 0."""
    kind, _, name = question.partition(".")
    if question in {"matrix", "content"}:
        return different(answer, expected["matrix"])
    if question == "new_line":
        return different(answer, with_new_lines(expected, number + 1))
    if kind == "drill":
        return different(answer, expected[question])
    if kind == "page":
        return not_shown(answer, amounts_of_page(expected["matrix"]))
    if kind == "figure":
        return not_shown(answer, amounts_of_figure(expected))
    if kind == "format":
        return _problem_of_files(answer, expected["matrix"], name)
    if question == "memory":
        return different(answer["sum"], expected["matrix"]["total"][0])
    if question == "pages":
        return different(answer["bytes"], answer["index_bytes"])
    right = {"verify": {"problems": [], "sees_one_grosz": True}, "finalise": {"version": 1}}
    return different(answer, right[question])


def _problem_of_files(files: dict, matrix: dict, name: str) -> str:
    if len(files) != (6 if name == "all" else 1):
        return f"plików {len(files)}"
    for file, said in files.items():
        problem = different(said["sums"], matrix) if "sums" in said else ""
        problem = problem or not_shown(said["amounts"], amounts_of_page(matrix))
        if problem:
            return f"plik {file}: {problem}"
    return ""


def with_new_lines(expected: dict, count: int) -> dict:
    """The matrix after so many lines entered one by one."""
    sums = {name: list(found) for name, found in expected["matrix"].items()}
    for line in rows.extra_lines(count, expected["lines"]):
        names = [f"cell {line.programme} {line.source}", f"programme {line.programme}", f"source {line.source}"]
        for name in [*names, "in programmes", "total"]:
            held = sums.setdefault(name, [0, 0])
            held[0], held[1] = held[0] + line.amount_gr, held[1] + 1
    return sums


def amounts_of_page(matrix: dict) -> set[int]:
    """Every amount of the matrix with its rows, columns, cross-cuts and total."""
    return {total for name, (total, _lines) in matrix.items() if name != "in programmes"}


def amounts_of_figure(expected: dict) -> set[int]:
    """The figure itself and its first hundred lines."""
    return {expected["matrix"]["cell 1 0"][0], *(gr for _key, gr in expected["drill.cell"]["rows"])}


def not_shown(found: list[int], wanted: set[int]) -> str:
    """Which amounts are missing."""
    missing = sorted(wanted - set(found))
    return f"brak kwot w groszach: {missing[:SHOWN]}, razem {len(missing)}" if missing else ""


def different(found: object, expected: object) -> str:
    """How two answers differ; nothing when they are equal."""
    if found == expected:
        return ""
    if not (isinstance(found, dict) and isinstance(expected, dict)):
        return f"jest {str(found)[:200]}, ma być {str(expected)[:200]}"
    names = [name for name in [*expected, *found] if found.get(name) != expected.get(name)]
    shown = [f"{name}: jest {str(found.get(name))[:120]}, ma być {str(expected.get(name))[:120]}"
             for name in dict.fromkeys(names)]  # fmt: skip
    return "; ".join(shown[:SHOWN])
