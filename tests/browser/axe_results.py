"""What axe found, page by page, and the sums of it that the accessibility declaration shows.

While SPOIWO_AXE_RESULTS names a file, every look at a page adds a line to it. `python -m tests.browser.axe_results
FILE CODE` sums the lines into the data of the portal; CODE is how pytest ended.
"""

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.tree import ROOT

DATA = ROOT / "spoiwo" / "portal" / "data" / "accessibility.json"
AXE = ROOT / "spoiwo" / "ui" / "tests" / "browser" / "axe" / "axe.min.js"
PASSED, FAILED = 0, 1  # how pytest ends


def note(page, name: str, theme: str, violations: Iterable[str]) -> None:
    """Add a look at a page to the file of the run, if there is one; a violation is "rule: where"."""
    if file := os.environ.get("SPOIWO_AXE_RESULTS"):
        rules = sorted({violation.partition(":")[0] for violation in violations})
        line = {"page": name, "width": page.viewport_size["width"], "theme": theme, "rules": rules}
        with Path(file).open("a", encoding="utf-8") as lines:  # several processes add to it: one write for a line
            lines.write(json.dumps(line) + "\n")


def summed(looks: list[dict], *, run_on: date, tool: str) -> dict:
    """Sums of a run. A page whose address has a random part counts once: the most pages seen at one width.

    Raises: ValueError when nothing was looked at.
    """
    if not looks:
        raise ValueError("no page was examined")
    at_width, faulty_at = defaultdict(set), defaultdict(set)
    for look in looks:
        at_width[look["width"]].add(look["page"])
        if look["rules"]:
            faulty_at[look["width"]].add(look["page"])
    return {
        "run_on": run_on.isoformat(),
        "tool": tool,
        "pages": max(len(pages) for pages in at_width.values()),
        "looks": len(looks),
        "faulty_pages": max((len(pages) for pages in faulty_at.values()), default=0),
        "widths": sorted(at_width, reverse=True),
        "themes": sorted({look["theme"] for look in looks}, reverse=True),
        "violations": dict(sorted(Counter(rule for look in looks for rule in look["rules"]).items())),
    }


def may_be_taken(looks: list[dict], code: int) -> bool:
    """Whether a run is whole: all passed, or what failed is explained by violations that were found."""
    return bool(looks) and (code == PASSED or (code == FAILED and any(look["rules"] for look in looks)))


def main(file: str, code: str) -> int:
    """Write the sums into the data; 1 when the run is not whole."""
    path = Path(file)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    looks = [json.loads(line) for line in text.splitlines()]
    if not may_be_taken(looks, int(code)):
        sys.stderr.write("Badanie nie doszło do końca: wyników nie wpisano.\n")
        return 1
    version = re.search(r"axe v([\d.]+)", AXE.read_text(encoding="utf-8")[:200])
    data = json.loads(DATA.read_text(encoding="utf-8"))
    data["results"] = summed(looks, run_on=date.today(), tool=f"axe-core {version[1]}" if version else "axe-core")
    DATA.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    words = "stron: {pages}, widoków: {looks}, stron z naruszeniem: {faulty_pages}\n"
    sys.stdout.write(words.format(**data["results"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
