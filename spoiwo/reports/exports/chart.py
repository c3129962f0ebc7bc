"""The chart as a picture: SVG that a strict page can take in, PNG for Word."""

import json
import re
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import vl_convert

from spoiwo.reports.domain.chart import chart_description, chart_spec, chart_title

FONTS = Path(__file__).resolve().parents[2] / "ui" / "fonts"
VEGA_LITE = "5.20"
SVG = "http://www.w3.org/2000/svg"

_NOT_DRAWN = {"class", "style", "role", "pointer-events", "opacity"}


def chart_svg(content: dict, *, narrow: bool = False, name: str = "") -> str | None:
    """The chart as one `<svg>` element with title and description, without scripts and styles.

    Colours are the light hexadecimal values, as attributes, so that a style sheet can change them.
    `name` begins its ids: give two charts of one page two names. None when there is no money to draw.
    """
    spec = chart_spec(content, narrow=narrow)
    if spec is None:
        return None
    start = name or ("wykres-waski" if narrow else "wykres")
    return _titled(_drawn(_text_of(spec)), chart_title(content), chart_description(content), start)


def chart_png(content: dict) -> bytes | None:
    """The wide chart as a picture of twice its size in pixels, for programs without SVG."""
    spec = chart_spec(content)
    return None if spec is None else _painted(_text_of(spec))


def _text_of(spec: dict) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Tell the renderer once where the house's fonts are."""
    vl_convert.register_font_directory(str(FONTS))


@lru_cache(maxsize=8)
def _drawn(spec: str) -> str:
    """Draw a specification; three formats of one report use the same picture."""
    _fonts()
    return _strict(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]))


@lru_cache(maxsize=2)
def _painted(spec: str) -> bytes:
    _fonts()
    white = json.dumps(json.loads(spec) | {"background": "#ffffff"})
    return vl_convert.vegalite_to_png(white, vl_version=VEGA_LITE, scale=2, allowed_base_urls=[])


def _strict(svg: str) -> str:
    """Turn styles into attributes and leave out all that draws nothing."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # nosec B314 - the SVG of our own renderer
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style" or _is_empty(child):
                parent.remove(child)
    for element in root.iter():
        _bare(element)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    return ElementTree.tostring(root, encoding="unicode")


def _is_empty(element: ElementTree.Element) -> bool:
    """Vega's backgrounds and foregrounds, which have neither fill nor stroke."""
    names = set(element.get("class", "").split())
    return bool({"background", "foreground"} & names) and not element.get("stroke") and not element.get("fill")


def _bare(element: ElementTree.Element) -> None:
    """Leave an element only what draws: styles become attributes, coordinates are rounded."""
    for declaration in element.get("style", "").split(";"):
        prop, _, value = declaration.partition(":")
        if value.strip() and prop.strip() not in element.attrib:
            element.set(prop.strip(), value.strip())
    for attribute in [a for a in element.attrib if a in _NOT_DRAWN or a.startswith("aria-")]:
        del element.attrib[attribute]
    for attribute in ("d", "transform"):
        if element.get(attribute):
            element.set(attribute, _short(element.get(attribute, "")))


def _short(numbers: str) -> str:
    """Round coordinates to a hundredth of a pixel: nobody sees less, and the picture gets smaller."""
    return re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)


def _titled(svg: str, title: str, description: str, name: str) -> str:
    """Give a picture its name and its words for those who do not see it."""
    named = f'<svg role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d" '
    words = f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    return svg.replace("<svg ", named, 1).replace(">", f">{words}", 1)
