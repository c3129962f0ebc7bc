"""One HTML file that needs nothing else: read, printed, mailed. Every figure leads to its records."""

from html import escape
from pathlib import Path

from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.chart import chart_svg
from spoiwo.reports.exports.story import head, story
from spoiwo.reports.exports.words import clean

STYLE = Path(__file__).with_name("report.css")


def render_html(content: dict) -> bytes:
    """The report as one printable page with its style and chart inside."""
    content = clean(content)
    annex = Annex(content)
    facts = head(content)
    parts = [_top(facts)]
    for block in story(content, annex):
        parts.append(_chart(block, content) if block["k"] == "chart" else _LAID_OUT[block["k"]](block))
    parts.append("</main>\n</body>\n</html>\n")
    return "\n".join(parts).encode()


def _top(facts: dict) -> str:
    standing = "".join(f"<b>{escape(words)}</b>" for words in facts["standing"])
    watermark = "".join(f"<div>{escape(words)}</div>" for words in facts["standing"][:2])
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts["facts"])
    return f"""<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<title>{escape(facts["title"])}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
{STYLE.read_text(encoding="utf-8")}{_page_style(facts)}</style>
</head>
<body>
<div class="watermark" aria-hidden="true">{watermark}</div>
<header class="standing">{escape(facts["short"])}{standing}</header>
<main>
<p class="quiet">{escape(facts["office"])}</p>
<h1>{escape(facts["title"])}</h1>
<p>{escape(facts["assembly"])}</p>
<dl>{rows}</dl>"""


def _page_style(facts: dict) -> str:
    """What stands in the margin of every printed page. Each character is written as its number."""
    words = " · ".join([facts["short"], *facts["standing"], f"odcisk {facts['mark']}"])
    content = "".join(f"\\{ord(char):06x}" for char in words)
    return f'@page {{ @top-left {{ content: "{content}"; font: 8pt "Fira Sans", sans-serif; color: #a3163c; }} }}\n'


def _run(run: str | dict, *, before: bool = False) -> str:
    """One piece of text; a figure is a link to its row of the annex, with the number of that row."""
    if isinstance(run, str):
        return escape(run)
    text = escape(run["t"])
    if "dot" in run:
        return f'<span class="dot" style="background:{escape(run["dot"])}"></span>{text}'
    if "id" in run:
        return f'<span id="{escape(run["id"])}">{text}</span>'
    if "line" in run:
        return f'<a href="#p{run["line"]}">{text}</a>'
    if run.get("plain"):
        return f'<a href="#f{run["n"]}">{text}</a>'
    marked = ' class="hit"' if run.get("hit") else ""
    link = f'<a href="#f{run["n"]}"{marked}>{text}</a>'
    mark = f"<sup>[{run['n']}]</sup>"
    return mark + link if before else link + mark


def _runs(runs: list, *, before: bool = False) -> str:
    return "".join(_run(run, before=before) for run in runs)


def _heading(block: dict) -> str:
    name = f' id="{escape(block["id"])}"' if block["id"] else ""
    return f"<h{block['level']}{name}>{escape(block['text'])}</h{block['level']}>"


def _para(block: dict) -> str:
    return f"<p{' class=quiet' if block['tone'] else ''}>{_runs(block['runs'])}</p>"


def _note(block: dict) -> str:
    body = "".join(f"<p>{_runs(runs)}</p>" for runs in block["body"])
    return f'<div class="note {block["tone"]}"><b>{escape(block["title"])}</b>{body}</div>'


def _list(block: dict) -> str:
    title = f'<p class="quiet"><b>{escape(block["title"])}</b></p>' if "title" in block else ""
    return title + "<ul>" + "".join(f"<li>{_runs(runs)}</li>" for runs in block["items"]) + "</ul>"


def _total(block: dict) -> str:
    return f'<p class="total">{_runs(block["runs"])}</p><p class="quiet">{escape(block["words"])}</p>'


def _classes(block: dict, x: int) -> str:
    names = []
    if block["cols"][x]["num"]:
        names.append("num free" if block.get("size") == "dense" else "num")
    if block.get("edge") is not None and x == block["edge"]:
        names.append("edge")
    return f' class="{" ".join(names)}"' if names else ""


def _table(block: dict) -> str:
    heads = "".join(
        f'<th scope="col"{_classes(block, x)}>{_runs(col["head"])}</th>' for x, col in enumerate(block["cols"])
    )
    rows = []
    for row in block["rows"]:
        style = f' class="{row["s"]}"' if row["s"] else ""
        cells = [f'<th scope="row"{_classes(block, 0)}>{_runs(row["cells"][0])}</th>']
        for x, runs in enumerate(row["cells"][1:], 1):
            cells.append(f"<td{_classes(block, x)}>{_runs(runs, before=block['cols'][x]['num'])}</td>")
        rows.append(f"<tr{style}>{''.join(cells)}</tr>")
    size = ' class="dense"' if block.get("size") == "dense" else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(block["caption"])}"><table{size}>'
        f"<caption>{escape(block['caption'])}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>"
    )


def _records(block: dict) -> str:
    heads = [
        f'<th scope="col"{" class=num" if x in (0, 4) else ""}>{escape(words)}</th>'
        for x, words in enumerate(block["heads"])
    ]
    top = f"<thead><tr>{''.join(heads)}</tr></thead>"
    parts = []
    for group in block["groups"]:
        title, name = escape(group["title"]), escape(group["id"])
        parts.append(f'<h3 id="{name}">{title}</h3><p class="quiet">{escape(group["sum"])}</p>')
        rows = [
            f'<tr id="p{number}"><td class="num">{number}</td><td>{day}</td><th scope="row">{escape(words)}</th>'
            f'<td>{escape(document)}</td><td class="num">{amount}</td></tr>'
            for number, day, words, document, amount in group["rows"]
        ]
        parts.append(
            f'<div class="scroll" tabindex="0" role="region" aria-label="Pozycje: {title}"><table>'
            f"<caption>Pozycje: {title}</caption>{top}\n<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>"
        )
    return "\n".join(parts)


def _chart(block: dict, content: dict) -> str:
    legend = "".join(
        f'<li><span class="dot" style="background:{escape(colour)}"></span>{escape(name)}</li>'
        for name, colour in block["legend"]
    )
    pictures = [
        (chart_svg(content, narrow=narrow) or "").replace("<svg ", f'<svg class="{name}" ', 1)
        for name, narrow in (("wide", False), ("narrow", True))
    ]
    return (
        f'<figure class="chart"><figcaption>{escape(block["finding"])}</figcaption>'
        f'<p class="quiet">{escape(block["sub"])}</p><ul class="legend">{legend}</ul>\n'
        f"{pictures[0]}\n{pictures[1]}</figure>"
    )


def _wide(block: dict) -> str:
    return "\n".join(_LAID_OUT[inner["k"]](inner) for inner in block["blocks"])


_LAID_OUT = {
    "wide": _wide,
    "h": _heading,
    "p": _para,
    "note": _note,
    "ul": _list,
    "total": _total,
    "table": _table,
    "records": _records,
}
