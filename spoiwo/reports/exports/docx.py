"""A Word document that an official can edit: real headings, styles, captions, header rows."""

import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from spoiwo.reports.exports import docx_xml as xml
from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.chart import chart_png
from spoiwo.reports.exports.story import head, story
from spoiwo.reports.exports.words import clean, moment

FONT = "Calibri"
PINE, INK_2 = RGBColor(0x0F, 0x4F, 0x49), RGBColor(0x4A, 0x57, 0x54)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can hold: files carry no time of making
CELLS = (  # name, identifier, size in points, set to the right
    ("Komórka", "Cell", 8.5, False),
    ("Kwota", "Amount", 8.5, True),
    ("Komórka gęsta", "CellDense", 7.5, False),
    ("Kwota gęsta", "AmountDense", 7.5, True),
)
RECORD_WIDTHS = xml.shared_widths([0.7, 1.1, 5, 2, 1.6])


def render_docx(content: dict) -> bytes:
    """The report as DOCX. The same content gives the same bytes."""
    content = clean(content)
    facts = head(content)
    document = Document()
    _styles(document)
    _properties(document, content, facts)
    _page(document, facts)
    parts = _Parts()
    parts.top(facts)
    picture = None
    for block in story(content, Annex(content)):
        if block["k"] == "chart":
            parts.chart(block)
            picture = (len(parts.all), block)
        else:
            getattr(parts, _LAID_OUT[block["k"]])(block)
    _fill(document, parts.all)
    if picture:
        _picture(document, content, *picture)
    return _packed(document)


def _fill(document: WordDocument, parts: list[str]) -> None:
    """Put ready paragraphs and tables before the last element, which holds the page's settings."""
    body = document.element.body
    settings = body[-1]
    for element in list(parse_xml(xml.body_of(parts))):
        settings.addprevious(element)


def _picture(document: WordDocument, content: dict, place: int, block: dict) -> None:
    """Insert the chart with its description after the first `place` elements."""
    added = document.add_picture(io.BytesIO(chart_png(content) or b""), width=Cm(17.4))
    names = added._inline.docPr
    names.set("name", "Wykres")
    names.set("title", block["sub"])
    names.set("descr", block["alt"])
    paragraph = document.paragraphs[-1]._p
    document.element.body.insert(place, paragraph)


def _styles(document: WordDocument) -> None:
    styles = document.styles
    lang = styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    for name in ("val", "eastAsia"):
        lang.set(qn(f"w:{name}"), "pl-PL")
    _font(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size, colour in (("Title", 22, PINE), ("Heading 1", 15, PINE), ("Heading 2", 12, None)):
        _font(styles[name], size, colour=colour, bold=True)
        styles[name].paragraph_format.space_before = Pt(0 if name == "Title" else 14)
        styles[name].paragraph_format.space_after = Pt(6)
    for edge in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        edge.getparent().remove(edge)
    _font(styles["Caption"], 9, colour=INK_2)
    for name, identifier, size, right in CELLS:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), identifier)
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1.5)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    _font(styles.add_style("Uwaga", WD_STYLE_TYPE.PARAGRAPH), 9, colour=INK_2)
    _font(styles.add_style("Suma", WD_STYLE_TYPE.PARAGRAPH), 24, bold=True)
    mark = styles.add_style("Numer liczby", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FigureMark")
    mark.font.size, mark.font.color.rgb = Pt(6.5), INK_2
    mark.font.superscript, mark.font.bold = False, False


def _font(style, size: float, *, colour: RGBColor | None = None, bold: bool = False) -> None:
    """Set a style's font; the theme's fonts, which would win, are taken away."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    if colour is not None:
        style.font.color.rgb = colour
    elif style.font.color.rgb is not None:
        style.font.color.rgb = RGBColor(0x16, 0x21, 0x1F)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _properties(document: WordDocument, content: dict, facts: dict) -> None:
    core, at = document.core_properties, moment(content).replace(tzinfo=None)
    core.title, core.subject, core.language = facts["title"][:255], facts["short"][:255], "pl-PL"
    core.author = core.last_modified_by = facts["office"][:255]
    core.keywords = f"sprawozdanie, {content['region']['name']}, {content['year']}"[:255]
    core.comments = f"Odcisk treści (SHA-256): {facts['fingerprint']}"[:255]
    core.created = core.modified = at
    core.revision, core.version = 1, str(content["version"] or "projekt")


def _page(document: WordDocument, facts: dict) -> None:
    """A4, and what stands on every page: what this is, its state, page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(2)
    top = section.header.paragraphs[0]
    top.add_run(facts["short"]).font.size = Pt(8.5)
    if facts["standing"]:
        words = top.add_run("   " + " · ".join(facts["standing"]))
        words.font.size, words.font.bold, words.font.color.rgb = Pt(8.5), True, RGBColor(0xA3, 0x16, 0x3C)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{facts['state']} · odcisk {facts['mark']} · strona ").font.size = Pt(8.5)
    for code, between in (("PAGE", " z "), ("NUMPAGES", "")):
        field = xml.field(code, "1", '<w:sz w:val="17"/>')
        foot._p.append(parse_xml(field.replace("<w:fldSimple ", f"<w:fldSimple {xml.NAMESPACE} ", 1)))
        foot.add_run(between).font.size = Pt(8.5)


def _packed(document: WordDocument) -> bytes:
    """The file with the same dates inside for the same content."""
    raw = io.BytesIO()
    document.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item.filename))
    return packed.getvalue()


_LAID_OUT = {
    "wide": "wide",
    "h": "heading",
    "p": "para",
    "note": "note",
    "ul": "bullets",
    "total": "total",
    "table": "table",
    "records": "records",
}


class _Parts:
    """Blocks of the story as paragraphs and tables of WordprocessingML, in order."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.tables = 0

    def _add(self, inner: str, style: str = "", properties: str = "") -> None:
        self.all.append(xml.paragraph(inner, style, properties))

    def top(self, facts: dict) -> None:
        self._add(xml.text_run(facts["office"]), "Uwaga")
        self._add(xml.text_run(facts["title"]), "Title")
        self._add(xml.text_run(facts["assembly"]))
        if facts["standing"]:
            self._noted("bad", [xml.text_run(" · ".join(facts["standing"]), "<w:b/>")])
        for name, value in facts["facts"]:
            self._add(xml.text_run(f"{name}: ", "<w:b/>") + xml.text_run(value), "", '<w:spacing w:after="20"/>')

    def heading(self, block: dict) -> None:
        new_page = "<w:pageBreakBefore/>" if block["id"] == "liczby" else ""
        self._add(xml.text_run(block["text"]), f"Heading{block['level'] - 1}", new_page)

    def para(self, block: dict) -> None:
        self._add(xml.runs(block["runs"]), "Uwaga" if block["tone"] else "")

    def total(self, block: dict) -> None:
        self._add(xml.runs(block["runs"]), "Suma")
        self._add(xml.text_run(block["words"]), "Uwaga")

    def bullets(self, block: dict) -> None:
        if "title" in block:
            self._add(xml.text_run(block["title"], "<w:b/>"), "Uwaga", "<w:keepNext/>")
        for pieces in block["items"]:
            self._add(xml.runs(pieces), "ListBullet")

    def wide(self, block: dict) -> None:
        for inner in block["blocks"]:
            getattr(self, _LAID_OUT[inner["k"]])(inner)

    def note(self, block: dict) -> None:
        colour = f'<w:color w:val="{xml.TONES[block["tone"]]}"/>'
        lines = [xml.text_run(block["title"], f"<w:b/>{colour}"), *(xml.runs(pieces) for pieces in block["body"])]
        self._noted(block["tone"], lines)

    def _noted(self, tone: str, lines: list[str]) -> None:
        edge = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="{xml.TONES[tone]}"/></w:pBdr>'
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{xml.TINTS[tone]}"/>'
        for i, inner in enumerate(lines):
            keep = "<w:keepNext/>" if i < len(lines) - 1 else ""
            after = "0" if i < len(lines) - 1 else "160"
            self._add(inner, "", f'{keep}<w:keepLines/>{edge}{shade}<w:spacing w:after="{after}"/>')

    def chart(self, block: dict) -> None:
        self._add(xml.text_run(block["finding"], "<w:b/>"), "", "<w:keepNext/>")
        self._add(xml.text_run(block["sub"]), "Uwaga", "<w:keepNext/>")
        legend = "".join(xml.run({"dot": colour, "t": f"{name}   "}) for name, colour in block["legend"])
        self._add(legend, "Uwaga", "<w:keepNext/>")

    def table(self, block: dict) -> None:
        dense = "Dense" if block.get("size") == "dense" else ""
        widths = xml.shared_widths([column["w"] for column in block["cols"]])
        styles = [("Amount" if column["num"] else "Cell") + dense for column in block["cols"]]
        heads = "".join(
            xml.cell(xml.runs(column["head"], "<w:b/>"), width, style, xml.SUNKEN)
            for column, width, style in zip(block["cols"], widths, styles, strict=True)
        )
        rows = [xml.header_row(heads)]
        for row in block["rows"]:
            fill = xml.SUNKEN if row["s"] in {"sum", "sub"} else ""
            bold = "<w:b/>" if row["s"] == "sum" else ""
            cells = "".join(
                xml.cell(xml.runs(pieces, bold, before=column["num"]), width, style, fill)
                for pieces, column, width, style in zip(row["cells"], block["cols"], widths, styles, strict=True)
            )
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        self._tabled(block["caption"], widths, rows)

    def records(self, block: dict) -> None:
        styles = ["AmountDense", "CellDense", "CellDense", "CellDense", "AmountDense"]
        heads = "".join(
            xml.cell(xml.text_run(words, "<w:b/>"), width, style, xml.SUNKEN)
            for words, width, style in zip(block["heads"], RECORD_WIDTHS, styles, strict=True)
        )
        columns = list(zip(RECORD_WIDTHS, styles, strict=True))
        for group in block["groups"]:
            self._add(xml.text_run(group["title"]), "Heading2")
            self._add(xml.text_run(group["sum"]), "Uwaga", "<w:keepNext/>")
            rows = [xml.header_row(heads)]
            for row in group["rows"]:
                cells = (xml.cell(xml.text_run(text), *column) for text, column in zip(row, columns, strict=True))
                rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
            self._tabled(f"Pozycje: {group['title']}", RECORD_WIDTHS, rows)

    def _tabled(self, caption: str, widths: list[int], rows: list[str]) -> None:
        self.tables += 1
        self.all.append(xml.caption(self.tables, caption))
        self.all.append(xml.table(caption, widths, rows))
        self._add("", "", '<w:spacing w:after="60"/>')
