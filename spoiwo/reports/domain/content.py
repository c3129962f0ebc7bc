"""The report's one document, put together from facts; every format is made from it alone."""

from decimal import Decimal

from spoiwo.kernel.canonical import fingerprint
from spoiwo.kernel.polish import Noun
from spoiwo.kernel.precision import Precision
from spoiwo.ledger.domain.reconcile import OUTSIDE, Comparison, Reconciliation
from spoiwo.reports.domain.figures import Figures, figure_id, matrix, money_figures
from spoiwo.reports.domain.sentences import PEOPLE, Count, quoted_keys, segments

FORMAT = "spoiwo-report/1"
PEOPLE_UNIT = "people"


def build(facts: dict, sums: Reconciliation, settlements: dict[str, dict]) -> dict:
    """The content without records, version and fingerprint. `facts` is what services.gather collects."""
    figures = Figures()
    programmes = [*facts["programmes"]]
    if facts["outside"] is not None:
        programmes.append(facts["outside"])
    money_figures(figures, sums, programmes, facts["sources"], facts["tags"])
    counts = _counts(figures, facts)
    _label(figures, facts, counts)
    summary = _measures(figures, facts)
    comparison = _comparison(figures, facts)
    return {
        "format": FORMAT,
        "region": facts["region"],
        **facts["year"],
        "sources": facts["sources"],
        "units": facts["units"],
        "matrix": matrix(figures, programmes, facts["sources"]),
        "cross_cuts": [_cross_cut(figures, tag) for tag in facts["tags"]],
        "differences": [_difference(row, facts, settlements) for row in sums.comparisons if _shown(row)],
        "summary": summary,
        "sections": [_section(programme, facts, counts, figures) for programme in programmes],
        "comparison": comparison,
        "narratives": facts["narratives"],
        "figures": figures.all,
    }


def _shown(row: Comparison) -> bool:
    return bool(row.difference_gr) or row.status == "no_lines"


def _counts(figures: Figures, facts: dict) -> dict[str, Count]:
    counts = {}
    for row in facts["results"]:
        id_ = figure_id("result", row["key"])
        precision = row["precision"] or "exact"
        if row["value"] is not None:
            rule = {"op": "stated", "of": "results", "key": row["key"]}
            figures.count(id_, row["key"], row["value"], row["unit"], precision, rule, 1)
            noun = Noun(**facts["units"][row["unit"]])
            counts[row["key"]] = Count(id_, Decimal(row["value"]), noun, Precision(precision))
        if row["people"] is not None:
            rule = {"op": "stated", "of": "results", "key": row["key"], "field": "people"}
            figures.count(f"{id_}.people", row["key"], row["people"], PEOPLE_UNIT, precision, rule, 1)
            people = Count(f"{id_}.people", Decimal(row["people"]), PEOPLE, Precision(precision))
            counts[f"{row['key']}.people"] = people
    return counts


def _label(figures: Figures, facts: dict, counts: dict[str, Count]) -> None:
    """A result's figure is called by its sentence, so that it can stand alone in a list."""
    for row in facts["results"]:
        id_ = figure_id("result", row["key"])
        parts = segments(row["statement"], row["key"], counts)
        words = "".join(part if isinstance(part, str) else part["text"] for part in parts)
        for name in (id_, f"{id_}.people"):
            if name in figures.all:
                figures.all[name]["label"] = words.rstrip(".")[:160]


def _measures(figures: Figures, facts: dict) -> list[list]:
    """A count that adds up over programmes, as one sentence: its name and the sum of the results."""
    sentences = []
    for measure in facts["measures"]:
        rows = [row for row in facts["results"] if row["measure"] == measure["code"] and row["value"] is not None]
        if not rows:
            continue
        total = sum((Decimal(row["value"]) for row in rows), Decimal(0))
        id_ = figure_id("measure", measure["code"])
        precision = "exact" if all(row["precision"] == "exact" for row in rows) else "about"
        rule = {"op": "sum", "of": "results", "where": {"measure": measure["code"]}}
        figures.count(id_, measure["name"], total, measure["unit"], precision, rule, len(rows))
        noun = Noun(**facts["units"][measure["unit"]])
        count = {"n": Count(id_, total, noun, Precision(precision))}
        sentences.append(segments(f"{measure['name']}: {{n}}.", "n", count))
    return sentences


def _cross_cut(figures: Figures, tag: dict) -> dict:
    stem = figure_id("tag", tag["code"])
    known = {line: f"{stem}.{line}" for line in ("computed", "declared", "difference")}
    return {"tag": tag["code"], "name": tag["name"]} | {
        line: id_ if id_ in figures.all else None for line, id_ in known.items()
    }


def difference_label(row: Comparison, facts: dict) -> str:
    """What a difference is about, in the words of the report."""
    stated = row.declared
    names = {p["code"]: p["short_name"] for p in facts["programmes"]}
    sources = {s["code"]: s["name"] for s in facts["sources"]}
    tags = {t["code"]: t["name"] for t in facts["tags"]}
    match stated.scope:
        case "grand":
            return "Razem"
        case "source":
            return sources[stated.source]
        case "programme":
            return names.get(stated.programme, stated.programme)
        case "cell":
            return f"{names.get(stated.programme, stated.programme)}, {sources[stated.source]}"
        case _:
            return f"Przekrój: {tags[stated.tag]}"


def figure_stem(row: Comparison) -> tuple[str, str]:
    """(stem of the declared and difference figures, identifier of the computed one)."""
    stated = row.declared
    match stated.scope:
        case "grand":
            return "total", "total.computed"
        case "source":
            return figure_id("source", stated.source), figure_id("source", stated.source, "computed")
        case "tag":
            return figure_id("tag", stated.tag), figure_id("tag", stated.tag, "computed")
        case "programme":
            stem = figure_id("programme", stated.programme)
        case _:
            stem = figure_id("cell", stated.programme, stated.source)
    return stem, stem


def _difference(row: Comparison, facts: dict, settlements: dict[str, dict]) -> dict:
    stem, computed = figure_stem(row)
    settled = row.status in {"explained", "accepted"} and not row.follows
    return {
        "key": row.declared.key,
        "label": difference_label(row, facts),
        "figure": f"{stem}.difference" if row.difference_gr is not None else f"{stem}.declared",
        "declared": f"{stem}.declared",
        "computed": computed,
        "value_gr": row.difference_gr,
        "status": row.status,
        "follows": row.follows,
        "resolution": settlements[row.declared.key] if settled else None,
    }


def _section(programme: dict, facts: dict, counts: dict[str, Count], figures: Figures) -> dict:
    code = programme["code"]
    tasks = {task["code"]: task for task in facts["tasks"] if task["programme"] == code}
    told_elsewhere = {key for row in facts["results"] for key in quoted_keys(row["statement"])}
    mine = [row for row in facts["results"] if row["programme"] == code and row["key"] not in told_elsewhere]
    total = figure_id("programme", code or OUTSIDE)
    return {
        "programme": code,
        "number": programme["number"],
        "title": programme["name"],
        "figure": total,
        "no_amount": figures.all[total]["value"] is None,
        "sentences": [segments(row["statement"], row["key"], counts) for row in mine],
        "events": [row["key"] for row in facts["events"] if row["programme"] == code],
        "tasks": [{name: task[name] for name in ("code", "name", "from", "to")} for task in tasks.values()],
        "nested": programme.get("nested", []),
    }


def _comparison(figures: Figures, facts: dict) -> list[dict]:
    """Money of earlier years for programmes that continue others, and the totals."""
    rows = []
    for programme in facts["programmes"]:
        years = []
        for earlier in facts["earlier"]:
            line = earlier["lineage"].get(programme["code"])
            if line:
                years.append(_earlier(figures, earlier, programme["code"], line["codes"], line["names"]))
        if years:
            now = {
                "year": facts["year"]["year"],
                "programmes": [programme["short_name"]],
                "invented": facts["year"]["invented"],
            }
            now["figure"] = figure_id("programme", programme["code"])
            years.append(now)
            rows.append({"label": programme["short_name"], "programme": programme["code"], "years": years})
    if facts["earlier"]:
        years = [_earlier(figures, earlier, None, None, []) for earlier in facts["earlier"]]
        years.append(
            {
                "year": facts["year"]["year"],
                "programmes": [],
                "invented": facts["year"]["invented"],
                "figure": "total.computed",
            }
        )
        rows.append({"label": "Razem, policzone z pozycji", "programme": None, "years": years})
    return rows


def _now(facts: dict, names: list[str], figure: str) -> dict:
    year = facts["year"]
    return {"year": year["year"], "programmes": names, "figure": figure, "invented": year["invented"]}


def _earlier(figures: Figures, earlier: dict, name: str | None, codes: list[str] | None, names: list[str]) -> dict:
    found = earlier["total"] if codes is None else earlier["sum_of"](codes)
    where = {} if codes is None else {"programme": codes}
    parts = () if name is None else (name,)  # the whole year stands under an identifier that no code can take
    id_ = figure_id("earlier", earlier["year"], *parts)
    rule = {"op": "sum", "of": "earlier", "year": earlier["year"], "where": where}
    figures.money(id_, f"{earlier['year']}, {', '.join(names) or 'razem'}", found, rule)
    return {"year": earlier["year"], "programmes": names, "figure": id_, "invented": earlier["invented"]}


def sealed(content: dict) -> dict:
    """The content with its fingerprint over everything else."""
    bare = {name: value for name, value in content.items() if name != "fingerprint"}
    return bare | {"fingerprint": fingerprint(bare)}


def changed_figures(before: dict, after: dict) -> list[dict]:
    """Figures whose value differs between two contents, in the order of the later one."""
    names = [*after["figures"], *(id_ for id_ in before["figures"] if id_ not in after["figures"])]
    changes = []
    for id_ in names:
        old, new = before["figures"].get(id_), after["figures"].get(id_)
        if (old or {}).get("value") != (new or {}).get("value"):
            figure = new or old
            changes.append(
                {
                    "figure": id_,
                    "label": figure["label"],
                    "unit": figure["unit"],
                    "before": old["value"] if old else None,
                    "after": new["value"] if new else None,
                }
            )
    return changes
