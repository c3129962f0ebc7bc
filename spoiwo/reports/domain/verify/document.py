"""The shape of the report's document, field by field."""

from spoiwo.reports.domain.verify.problem import Problem
from spoiwo.reports.domain.verify.shape import (
    anything,
    decimal,
    either,
    flag,
    list_of,
    map_of,
    natural,
    one_of,
    or_null,
    record,
    text,
    whole,
)

FORMAT = "spoiwo-report/1"
STATUSES = ("agrees", "open", "explained", "accepted", "no_lines")

_maybe_text = or_null(text)
_texts = list_of(text)
_precision = one_of("exact", "rounded", "about")
_maybe_precision = one_of("exact", "rounded", "about", "", None)
_segment = either(lambda value: isinstance(value, str), text, record({"figure": text, "text": text}))
_sentence = list_of(_segment)

_noun = record(
    {"one": text, "few": text, "many": text},
    dict.fromkeys(("one_acc", "loc_one", "loc_many", "gen_one"), _maybe_text),
)
_figure = record(
    {
        "id": text,
        "kind": one_of("money", "count", "share"),
        "label": text,
        "value": anything,
        "unit": text,
        "precision": _precision,
        "rule": record({"op": text}),
        "records": natural,
        "status": one_of("", *STATUSES),
    }
)
_matrix_row = record(
    {
        "programme": _maybe_text,
        "number": _maybe_text,
        "name": text,
        "short_name": text,
        "kind": text,
        "cells": map_of(text),
        "total": text,
        "declared": _maybe_text,
        "no_amount": flag,
    }
)
_matrix_sums = map_of(_maybe_text)
_matrix = record(
    {
        "columns": _texts,
        "rows": list_of(_matrix_row),
        "computed": _matrix_sums,
        "declared": _matrix_sums,
        "difference": _matrix_sums,
    }
)
_cross_cut = record(
    {
        "tag": text,
        "name": text,
        "computed": _maybe_text,
        "declared": _maybe_text,
        "difference": _maybe_text,
    }
)
_resolution = record(
    {
        "kind": one_of("explained", "accepted"),
        "reason": text,
        "by": text,
        "at": text,
        "lines": list_of(record({"description": text, "amount_gr": whole, "document": text})),
    }
)
_difference = record(
    {
        "key": text,
        "label": text,
        "figure": text,
        "declared": text,
        "computed": text,
        "value_gr": or_null(whole),
        "status": one_of(*STATUSES),
        "follows": flag,
        "resolution": or_null(_resolution),
    }
)
_section = record(
    {
        "programme": _maybe_text,
        "number": _maybe_text,
        "title": text,
        "figure": _maybe_text,
        "no_amount": flag,
        "sentences": list_of(_sentence),
        "events": _texts,
        "tasks": list_of(record({"code": text, "name": text, "from": _maybe_text, "to": _maybe_text})),
    },
    {"nested": _texts},
)
_comparison = record(
    {
        "label": text,
        "programme": _maybe_text,
        "years": list_of(
            record(
                {"year": whole, "programmes": _texts, "figure": _maybe_text},
                {"invented": flag},
            )
        ),
    }
)
_change = record({"figure": text, "label": text, "before": anything, "after": anything}, {"unit": text})

_declared = record(
    {
        "key": text,
        "scope": one_of("grand", "source", "programme", "cell", "tag"),
        "source": _maybe_text,
        "programme": _maybe_text,
        "tag": _maybe_text,
        "amount_gr": whole,
        "precision": _precision,
        "rounded_to_gr": or_null(natural),
        "document": text,
        "note": text,
    }
)
_entry = record(
    {
        "key": text,
        "programme": _maybe_text,
        "task": _maybe_text,
        "source": text,
        "kind": one_of("payment", "refund"),
        "amount_gr": whole,
        "date": _maybe_text,
        "description": text,
        "document": text,
        "organisation": _maybe_text,
        "place": _maybe_text,
        "tags": _texts,
        "entered_by": text,
        "entered_at": text,
        "checked_by": text,
        "version": natural,
    }
)
_result = record(
    {
        "key": text,
        "programme": _maybe_text,
        "task": _maybe_text,
        "measure": _maybe_text,
        "statement": text,
        "value": or_null(decimal),
        "unit": _maybe_text,
        "precision": _maybe_precision,
        "place": _texts,
        "people": or_null(natural),
        "document": text,
    }
)
_event = record(
    {
        "key": text,
        "programme": _maybe_text,
        "name": text,
        "kind": text,
        "date_from": _maybe_text,
        "date_to": _maybe_text,
        "place": _texts,
        "people": or_null(natural),
        "precision": _maybe_precision,
        "document": text,
    }
)
_named = record({"code": text, "name": text})
_records = record(
    {
        "entries": list_of(_entry),
        "declared": list_of(_declared),
        "results": list_of(_result),
        "events": list_of(_event),
        "documents": list_of(
            record(
                {
                    "code": text,
                    "name": text,
                    "kind": text,
                    "date": _maybe_text,
                    "address": text,
                    "note": text,
                }
            )
        ),
        "tasks": list_of(_named),
        "tags": list_of(_named),
        "programmes": list_of(record({"code": text, "name": text, "short_name": text}, {"predecessors": _texts})),
        "measures": list_of(record({"code": text, "name": text, "unit": text})),
        "earlier": map_of(
            record(
                {
                    "entries": list_of(
                        record({"key": text, "programme": _maybe_text, "source": text, "amount_gr": whole})
                    ),
                    "declared": list_of(_declared),
                }
            )
        ),
    }
)
_document = record(
    {
        "format": one_of(FORMAT),
        "region": record({"code": text, "name": text, "office": text, "assembly": text}),
        "year": natural,
        "title": text,
        "strategy": record({"code": text, "name": text, "short_name": text}),
        "state": one_of("draft", "final"),
        "version": or_null(natural),
        "as_of": text,
        "finalised": or_null(record({"at": text, "by": text})),
        "reason": text,
        "changes": list_of(_change),
        "previous_fingerprint": text,
        "invented": flag,
        "notice": text,
        "outside_label": text,
        "sources": list_of(record({"code": text, "name": text, "short_name": text, "class": text})),
        "units": map_of(_noun),
        "figures": map_of(_figure),
        "matrix": _matrix,
        "cross_cuts": list_of(_cross_cut),
        "differences": list_of(_difference),
        "sections": list_of(_section),
        "comparison": list_of(_comparison),
        "records": _records,
        "fingerprint": text,
    },
    {
        "summary": list_of(_sentence),
        "narratives": list_of(record({"programme": _maybe_text, "text": text})),
    },
)


def problems_of_shape(content: object) -> list[Problem]:
    """Where the document differs from the shape of a report; nothing else is looked at before it is right."""
    problems: list[Problem] = []
    _document(content, "", problems)
    return problems
