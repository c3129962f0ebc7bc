"""The fonts for paper and charts: whole, with tabular figures, and what the script makes of the web fonts."""

import io
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
import typst
from fontTools.ttLib import TTFont

ROOM = Path(__file__).resolve().parent.parent
FONTS = ROOM / "fonts"
STYLES = {"Regular": 400, "Medium": 500, "Bold": 700}
LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźżAĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ"
SIGNS = "0123456789,.:;!?()/–„”−·×§%…\u00a0\u202f"
DOCUMENT = """
#set text(font: "Fira Sans", fallback: false, lang: "pl", size: 10pt)
#let wide(body, ..how) = measure(text(..how, body)).width.pt()
#context [#metadata((
  ones: wide("1111", number-width: "tabular"), zeros: wide("0000", number-width: "tabular"),
  narrow: wide("1111", number-width: "proportional"),
  kerned: wide("AVAToWA", kerning: true), unkerned: wide("AVAToWA", kerning: false),
  regular: wide("Spoiwo"), medium: wide("Spoiwo", weight: 500), bold: wide("Spoiwo", weight: 700),
))<widths>]
"""


def compiled(tmp_path, text, **options):
    """A Typst document made with our fonts alone."""
    file = tmp_path / "document.typ"
    file.write_text(text, encoding="utf-8")
    return typst.compile(file, font_paths=[FONTS], ignore_system_fonts=True, **options)


@pytest.fixture(scope="module")
def widths(tmp_path_factory):
    import json

    file = tmp_path_factory.mktemp("typst") / "document.typ"
    file.write_text(DOCUMENT, encoding="utf-8")
    found = typst.query(file, "<widths>", field="value", one=True, font_paths=[FONTS], ignore_system_fonts=True)
    return json.loads(found)


@pytest.mark.parametrize(("style", "weight"), STYLES.items())
def test_a_font_has_every_polish_letter_and_sign_and_one_family(style, weight):
    font = TTFont(FONTS / f"FiraSans-{style}.ttf")
    assert [char for char in LETTERS + SIGNS if ord(char) not in font.getBestCmap()] == []
    assert font["OS/2"].usWeightClass == weight
    assert font["name"].getDebugName(16) == "Fira Sans"
    assert font["name"].getDebugName(17) == style


def test_figures_can_stand_in_columns(widths):
    assert widths["ones"] == widths["zeros"]
    assert widths["narrow"] < widths["ones"]


def test_pairs_of_letters_are_kerned_in_a_polish_text(widths):
    assert widths["kerned"] < widths["unkerned"]


def test_the_three_weights_are_three_fonts(widths):
    assert len({widths["regular"], widths["medium"], widths["bold"]}) == 3


def test_a_document_needs_no_other_font(tmp_path):
    text = LETTERS + SIGNS.replace("/", "") + "9\u00a0025\u00a0049,77\u00a0zł, 11,68\u00a0%, −83\u00a0194,60"
    lines = "".join(f"#text(weight: {weight})[{text}]\n\n" for weight in STYLES.values())
    pdf = compiled(tmp_path, f'#set text(font: "Fira Sans", lang: "pl")\n{lines}')
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert names == {"FiraSans-Regular", "FiraSans-Medium", "FiraSans-Bold"}
    assert "zażółć" not in page.extract_text()
    assert page.extract_text().count("−83") == 3


def test_the_script_makes_the_same_bytes_again(tmp_path):
    subprocess.run([sys.executable, FONTS / "build.py", tmp_path], check=True, timeout=120)
    for style in STYLES:
        name = f"FiraSans-{style}.ttf"
        assert (tmp_path / name).read_bytes() == (FONTS / name).read_bytes()


def test_the_licence_lies_beside_every_copy_of_the_font():
    for folder in (FONTS, ROOM / "static" / "ui" / "fonts"):
        assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE-fira-sans.txt").read_text(encoding="utf-8").upper()
