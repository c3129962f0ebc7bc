"""WordprocessingML written as text: quick for tables of many thousand rows."""

from xml.sax.saxutils import escape, quoteattr

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT_WIDTH = 9978  # twentieths of a point between the margins of 1.7 cm on A4
TINTS = {"bad": "FAE6EA", "warn": "FDF0D2", "good": "E0F1E5", "info": "E3ECF8"}
TONES = {"bad": "A3163C", "warn": "7D4A00", "good": "1C6A3A", "info": "234F8C"}
SUNKEN, LINE = "E6EEEC", "CBD5D2"


def text_run(text: str, properties: str = "") -> str:
    """One run of text."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def run(piece: str | dict, properties: str = "", *, before: bool = False) -> str:
    """A piece of a story: text, or a figure with its number in the annex as a small link."""
    if isinstance(piece, str):
        return text_run(piece, properties)
    if "dot" in piece:
        colour = piece["dot"].lstrip("#").upper()
        return text_run("■ ", f'<w:color w:val="{colour}"/>') + text_run(piece["t"], properties)
    if "id" in piece:
        return bookmarked(piece["id"], text_run(piece["t"], properties))
    if "line" in piece:
        return text_run(piece["t"], properties)
    if piece.get("plain"):
        return linked(f"f{piece['n']}", text_run(piece["t"], properties))
    shown = '<w:b/><w:color w:val="A3163C"/>' if piece.get("hit") else properties
    mark = linked(f"f{piece['n']}", text_run(f"[{piece['n']}]", '<w:rStyle w:val="FigureMark"/>'))
    words = text_run(piece["t"], shown)
    return mark + text_run(" ") + words if before else words + mark


def runs(pieces: list, properties: str = "", *, before: bool = False) -> str:
    """Several pieces one after another."""
    return "".join(run(piece, properties, before=before) for piece in pieces)


def linked(name: str, inner: str) -> str:
    """A way to a bookmark of the same file."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{inner}</w:hyperlink>'


def bookmarked(name: str, inner: str) -> str:
    """A place that can be reached. `name` is "f" and the number of a figure."""
    number = name.lstrip("f")
    start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph in a style, named by its identifier."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    props = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{props}{inner}</w:p>"


def field(code: str, cached: str, properties: str = "") -> str:
    """A field that Word works out again: page numbers, numbers of tables."""
    return f"<w:fldSimple w:instr={quoteattr(f' {code} ')}>{text_run(cached, properties)}</w:fldSimple>"


def caption(number: int, text: str) -> str:
    """The caption above a table, numbered by Word."""
    inner = text_run("Tabela ") + field("SEQ Tabela \\* ARABIC", str(number)) + text_run(f". {text}")
    return paragraph(inner, "Caption", "<w:keepNext/>")


def cell(inner: str, width: int, style: str, fill: str = "") -> str:
    """A cell with one paragraph."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p></w:tc>'
    )


def header_row(cells: str) -> str:
    """The row that stands again on top of every page."""
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def table(name: str, widths: list[int], rows: list[str], *, borders: str = "") -> str:
    """A whole table of ready rows; `name` is read out by screen readers."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = borders or (
        f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders>'
    )
    return (
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{lines}'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(name)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def shared_widths(weights: list[float]) -> list[int]:
    """Widths of columns in proportion to their weights."""
    whole = sum(weights)
    return [int(TEXT_WIDTH * weight / whole) for weight in weights]


def body_of(parts: list[str]) -> str:
    """Paragraphs and tables as one element that can be parsed at once."""
    return f"<w:body {NAMESPACE}>{''.join(parts)}</w:body>"
