"""Build the fonts for paper and charts: Fira Sans as whole TTF files.

The web style sheets carry Fira Sans as WOFF2 in pieces (latin, latin-ext) that a browser joins by itself;
Typst and the chart renderer read one file per weight. The pieces are merged with their kerning and the
features `tnum` and `pnum`; pairs that reach across the two pieces (T with ę) stay unkerned, as in a browser.
Run: python spoiwo/ui/fonts/build.py [folder]. The same pieces give the same bytes.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._n_a_m_e import table__n_a_m_e

HERE = Path(__file__).resolve().parent
PIECES = HERE.parent / "static" / "ui" / "fonts"
FAMILY = "Fira Sans"
WEIGHTS = {400: "Regular", 500: "Medium", 700: "Bold"}
NARROW_NBSP, NBSP = 0x202F, 0x00A0
FAMILY_NAME, STYLE_NAME = 16, 17  # the names a program uses to find weights beside regular and bold


def build(weight: int, folder: Path) -> Path:
    """Merge the pieces of one weight into `FiraSans-<Style>.ttf`; returns its path."""
    style = WEIGHTS[weight]
    with tempfile.TemporaryDirectory() as room:
        pieces = [_unpacked(weight, part, Path(room)) for part in ("latin", "latin-ext")]
        font = Merger().merge(pieces)
        first = TTFont(pieces[0])["head"]
        font["head"].created, font["head"].modified = first.created, first.modified  # the merger puts this hour
    font.recalcTimestamp = False
    for table in font["cmap"].tables:
        table.cmap.setdefault(NARROW_NBSP, table.cmap[NBSP])
    _name(font["name"], style)
    target = folder / f"FiraSans-{style}.ttf"
    font.save(target)
    return target


def _unpacked(weight: int, part: str, folder: Path) -> str:
    """One piece as plain TTF, for the merger reads nothing else."""
    font = TTFont(PIECES / f"fira-sans-{part}-{weight}-normal.woff2", recalcTimestamp=False)
    font.flavor = None
    file = folder / f"{part}.ttf"
    font.save(file)
    return str(file)


def _name(names: table__n_a_m_e, style: str) -> None:
    """Put every weight into one family, also for programs that know only four styles of it."""
    for number, text in ((FAMILY_NAME, FAMILY), (STYLE_NAME, style)):
        names.setName(text, number, platformID=3, platEncID=1, langID=0x409)


if __name__ == "__main__":
    for each in WEIGHTS:
        build(each, Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
