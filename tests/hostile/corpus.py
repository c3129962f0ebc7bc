"""All broken packages. `python -m tests.hostile.corpus FOLDER` writes them out, to be tried by hand."""

import sys
import warnings
from pathlib import Path

from tests.hostile.case import Case
from tests.hostile.cases import (
    aims,
    archives,
    cells,
    descriptions,
    headings,
    names,
    paths,
    plan,
    rules,
    sentences,
    sheets,
    texts,
    typed,
    workbooks,
)

CORPUS: list[Case] = [
    *cells.CASES,
    *names.CASES,
    *rules.CASES,
    *aims.CASES,
    *plan.CASES,
    *sentences.CASES,
    *headings.CASES,
    *texts.CASES,
    *descriptions.CASES,
    *paths.CASES,
    *archives.CASES,
    *workbooks.CASES,
    *sheets.CASES,
    *typed.CASES,
]


def make(case: Case, folder: Path) -> Path:
    """Write the package; an archive that repeats a name is meant to."""
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Duplicate name")
        return case.make(folder)


if __name__ == "__main__":
    for case in CORPUS:
        make(case, Path(sys.argv[1]) / case.name)
