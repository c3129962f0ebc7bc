"""Checking a report against the records in the same file: every figure, its rule, its place, its words."""

import json

from spoiwo.kernel.canonical import fingerprint
from spoiwo.reports.domain.verify.document import FORMAT, problems_of_shape
from spoiwo.reports.domain.verify.expected import expect
from spoiwo.reports.domain.verify.figures import problems_of_figures
from spoiwo.reports.domain.verify.places import (
    problems_of_comparison,
    problems_of_cross_cuts,
    problems_of_differences,
    problems_of_matrix,
    problems_of_state,
)
from spoiwo.reports.domain.verify.problem import Problem, shown
from spoiwo.reports.domain.verify.records import problems_of_records
from spoiwo.reports.domain.verify.recount import Recount
from spoiwo.reports.domain.verify.sentences import problems_of_sections

__all__ = ["FORMAT", "Problem", "read_report", "verify", "verify_file"]


def verify(content: object, expected_fingerprint: str | None = None) -> list[Problem]:
    """Recompute every figure of a report from the records in the same document.

    `expected_fingerprint`: as published elsewhere; the one inside the file proves nothing to a forger
    who can write it anew. Returns all problems, an empty list when everything holds; never raises for
    what the document says. Source: issue 2, "names each one that does not hold".
    """
    problems = problems_of_shape(content)
    problems += _fingerprint(content, expected_fingerprint)
    if any(problem.code == "shape" for problem in problems):
        return problems
    recount = Recount(content["records"])
    report = expect(content, recount)
    return [
        *problems,
        *problems_of_records(content),
        *problems_of_figures(content, report),
        *problems_of_matrix(content, report, recount),
        *problems_of_cross_cuts(content, report),
        *problems_of_differences(content, report),
        *problems_of_comparison(content, report),
        *problems_of_sections(content, report),
        *problems_of_state(content, report),
    ]


def _fingerprint(content: object, expected: str | None) -> list[Problem]:
    if not isinstance(content, dict):
        return []
    written = content.get("fingerprint")
    bare = {name: value for name, value in content.items() if name != "fingerprint"}
    try:
        found = fingerprint(bare)
    except (TypeError, ValueError, RecursionError) as fault:
        return [Problem("shape", "", "plik", f"wartość bez zapisu: {str(fault)[:120]}", "dane bez ułamków binarnych")]
    problems = []
    if written != found:
        problems.append(Problem("fingerprint", "", "Odcisk w pliku", shown(written), f"{found} (policzony z treści)"))
    if expected is not None and found != expected.strip().lower().replace(" ", ""):
        problems.append(Problem("fingerprint", "", "Odcisk treści", found, f"{shown(expected)} (oczekiwany)"))
    return problems


class _Twice(ValueError):
    """An object of the file has one name twice, so readers would differ on what it says."""


def _object(pairs: list[tuple[str, object]]) -> dict:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _value in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return result


def read_report(data: bytes) -> tuple[object, list[Problem]]:
    """The document in a file, or what keeps it from being read as JSON."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object), []
    except UnicodeDecodeError:
        return None, [Problem("shape", "", "plik", "bajty, które nie są tekstem UTF-8", "plik JSON w UTF-8")]
    except _Twice as fault:
        return None, [Problem("shape", "", "plik", f"nazwa {shown(str(fault))} dwa razy", "każda nazwa jeden raz")]
    except RecursionError:
        return None, [Problem("shape", "", "plik", "zbyt wiele poziomów", "sprawozdanie")]
    except json.JSONDecodeError as fault:
        place = f"tekst, który w wierszu {fault.lineno}, znak {fault.colno}, przestaje być JSON-em"
        return None, [Problem("shape", "", "plik", place, "plik JSON")]
    except ValueError:
        return None, [Problem("shape", "", "plik", "liczba, której nie da się odczytać", "plik JSON")]


def verify_file(data: bytes, expected_fingerprint: str | None = None) -> list[Problem]:
    """Check the bytes of a file that claims to be a report."""
    content, problems = read_report(data)
    return problems or verify(content, expected_fingerprint)
