"""What the chart of a report shows and says: bars of money by programme, coloured by class of source."""

from dataclasses import dataclass

from spoiwo.kernel.money import percent, zl

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
FONT = "Fira Sans"
INK, INK_2, LINE = "#16211f", "#4a5754", "#cbd5d2"
GAP = "gap"
COLOURS = {"own": "#14665d", "state": "#2f5b9e", "pfron": "#b0640a", "eu": "#6c4a9e", GAP: "#a3163c"}
CLASSES = {
    "own": "Środki własne",
    "state": "Dotacja z budżetu państwa",
    "pfron": "PFRON",
    "eu": "Środki UE",
    GAP: "Bez przypisania",
}
UNASSIGNED = "Bez przypisania do programu"
WIDE, NARROW = 720, 330

_PARTS = (  # share in hundredths of a per cent, from which the words hold
    (9995, "Całość"),
    (7500, "Zdecydowana większość"),
    (5005, "Ponad połowa"),
    (4995, "Połowa"),
    (4500, "Prawie połowa"),
    (3340, "Ponad jedna trzecia"),
    (3000, "Prawie jedna trzecia"),
)


@dataclass(frozen=True)
class Bar:
    """One programme: what is written beside it, its money by class of source and in all, in grosze."""

    label: str
    kind: str
    parts: tuple[tuple[str, int], ...]
    total_gr: int


def bars(content: dict) -> list[Bar]:
    """Programmes with money, the largest first; last what nobody could assign."""
    figures = content["figures"]
    classes = {source["code"]: source["class"] for source in content["sources"]}
    result = []
    for row in content["matrix"]["rows"]:
        total = figures[row["total"]]["value"]
        if total is None:
            continue
        parts: dict[str, int] = {}
        for code, cell in row["cells"].items():
            value = figures[cell]["value"]
            if value is not None:
                parts[classes[code]] = parts.get(classes[code], 0) + value
        in_order = tuple((name, parts[name]) for name in COLOURS if name in parts)
        result.append(Bar(row["short_name"], row["kind"], in_order, total))
    result.sort(key=lambda bar: -bar.total_gr)
    gap_gr = _unassigned(figures)
    if result and gap_gr:
        result.append(Bar(UNASSIGNED, GAP, ((GAP, gap_gr),), gap_gr))
    return _apart(result)


def _unassigned(figures: dict) -> int:
    """Money that is declared and stands in no line; 0 when none."""
    difference = figures.get("total.difference")
    if difference is None or difference["status"] == "agrees" or not difference["value"]:
        return 0
    return max(difference["value"], 0)


def _apart(found: list[Bar]) -> list[Bar]:
    """Give programmes that share a short name labels that differ, or they would share a bar."""
    seen: dict[str, int] = {}
    result = []
    for bar in found:
        seen[bar.label] = seen.get(bar.label, 0) + 1
        again = seen[bar.label]
        label = bar.label if again == 1 else f"{bar.label} ({again})"
        result.append(Bar(label, bar.kind, bar.parts, bar.total_gr))
    return result


def classes_shown(content: dict) -> list[tuple[str, str, str]]:
    """(class, name, colour) of the legend. A class with one source carries that source's name."""
    used = {name for bar in bars(content) for name, _gr in bar.parts}
    names = dict(CLASSES)
    for name in CLASSES:
        own = [source["name"] for source in content["sources"] if source["class"] == name]
        if len(own) == 1:
            names[name] = own[0]
    return [(name, names[name], COLOURS[name]) for name in COLOURS if name in used]


def chart_finding(content: dict) -> str:
    """The heading of the chart: who got the largest part. "" when there is no money to show."""
    found = bars(content)
    whole = sum(bar.total_gr for bar in found)
    if not found or whole <= 0:
        return ""
    first = max(found, key=lambda bar: bar.total_gr)
    part = _part_in_words(first.total_gr, whole)
    return f"{part} pieniędzy ({percent(first.total_gr, whole, 1)}) {_where(first)}"


def _part_in_words(part: int, whole: int) -> str:
    hundredths = part * 10_000 // whole
    return next((words for limit, words in _PARTS if hundredths >= limit), "Największa część")


def _where(bar: Bar) -> str:
    if bar.kind == GAP:
        return "nie ma przypisania do programu"
    to = {"programme": "trafiła do programu", "outside": "trafiła do pozycji"}.get(bar.kind, "trafiła na zadania")
    return f"{to} „{bar.label}”"


def chart_description(content: dict) -> str:
    """The chart in words, for those who do not see it: every bar with its amount."""
    found = [f"{bar.label}: {zl(bar.total_gr)}" for bar in bars(content)]
    return f"Wydatki {content['year']} według programu, od największych. " + "; ".join(found) + "."


def chart_title(content: dict) -> str:
    """What is drawn, in a few words."""
    return f"Wydatki {content['year']} według programu; kolor oznacza źródło"


def chart_spec(content: dict, *, narrow: bool = False) -> dict | None:
    """A Vega-Lite specification of the chart, 720 px wide, or 330 px with the names above the bars.

    None when there is no money to draw. All amounts are whole grosze.
    """
    found = bars(content)
    if not found:
        return None
    low, high = _extent(found)
    values = [{"p": bar.label, "c": name, "v": gr, "o": i} for bar in found for i, (name, gr) in enumerate(bar.parts)]
    shared = {
        "order": [bar.label for bar in found],
        "values": values,
        "labels": [{"p": bar.label, "v": max(bar.total_gr, 0), "t": zl(bar.total_gr)} for bar in found],
        "low": low,
        "high": high,
    }
    return _narrow(shared) if narrow else _wide(shared)


def _extent(found: list[Bar]) -> tuple[int, int]:
    """The ends of the axis: refunds may reach below zero."""
    below = min(sum(min(gr, 0) for _name, gr in bar.parts) for bar in found)
    above = max(sum(max(gr, 0) for _name, gr in bar.parts) for bar in found)
    return below, max(above, 1)


def _frame(width: int, step: int, padding: dict | int, layers: list[dict]) -> dict:
    return {
        "$schema": SCHEMA,
        "background": None,
        "width": width,
        "height": {"step": step},
        "padding": padding,
        "layer": layers,
        "config": {"font": FONT, "aria": False, "view": {"stroke": None}, "axis": {"labelFont": FONT}},
    }


def _y(order: list[str], axis: dict | None) -> dict:
    return {"field": "p", "type": "nominal", "sort": order, "title": None, "axis": axis}


def _coloured(mark: dict, values: list[dict], y: dict, x: dict) -> dict:
    scale = {"domain": list(COLOURS), "range": list(COLOURS.values())}
    colour = {"field": "c", "type": "nominal", "legend": None, "scale": scale}
    return {
        "data": {"values": values},
        "mark": {"type": "bar", **mark},
        "encoding": {"y": y, "x": x, "order": {"field": "o"}, "color": colour},
    }


def _amounts(shared: dict, y: dict, **mark: object) -> dict:
    """The exact amount at the end of each bar."""
    style = {"type": "text", "align": "left", "dx": 8, "fontSize": 14, "fontWeight": 500, "color": INK, **mark}
    encoding = {"y": y, "x": {"field": "v", "type": "quantitative"}, "text": {"field": "t"}}
    return {"data": {"values": shared["labels"]}, "mark": style, "encoding": encoding}


def _wide(shared: dict) -> dict:
    label = {
        "labelLimit": 260,
        "labelFontSize": 14,
        "labelColor": INK,
        "domain": False,
        "ticks": False,
        "labelPadding": 12,
    }
    y = _y(shared["order"], label)
    axis = _ticks(shared["high"]) | {
        "grid": True,
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelColor": INK_2,
        "labelFontSize": 13,
    }
    scale = {"domain": [shared["low"], shared["high"] * 127 // 100], "nice": False}  # room for the amounts
    x = {"field": "v", "type": "quantitative", "title": None, "scale": scale, "axis": axis}
    layers = [_coloured({"height": 22}, shared["values"], y, x), _amounts(shared, y)]
    return _frame(WIDE, 38, {"left": 2, "right": 8, "top": 4, "bottom": 4}, layers)


def _narrow(shared: dict) -> dict:
    y = _y(shared["order"], None)
    scale = {"domain": [shared["low"], shared["high"] * 158 // 100], "nice": False}
    x = {"field": "v", "type": "quantitative", "axis": None, "scale": scale}
    names = {
        "data": {"values": shared["labels"]},
        "mark": {"type": "text", "align": "left", "dy": -11, "fontSize": 14, "color": INK, "limit": NARROW},
        "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "p"}},
    }
    bars = _coloured({"height": 18, "yOffset": 12}, shared["values"], y, x)
    return _frame(NARROW, 58, 2, [bars, names, _amounts(shared, y, dy=13)])


def _ticks(high: int) -> dict:
    """Round values of the axis, at most five steps, and how they are written."""
    step = 100
    while step * 5 < high:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    unit, name = next((u, n) for u, n in ((10**8, " mln zł"), (10**5, " tys. zł"), (100, " zł")) if step >= u)
    written = f"datum.value == 0 ? '0' : datum.value / {unit} + '{name}'"
    return {"values": list(range(0, high + 1, step)), "labelExpr": written}
