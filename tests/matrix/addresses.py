"""Every address of the house with something real behind it."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from spoiwo.access.api import all_operations
from spoiwo.access.audience import PUBLIC, Audience, all_views, audience_of
from spoiwo.config.api import api
from tests.consulting import REMARK

API_ROOT = "api/v1/"
NOBODYS = {"uuid": str(UUID(int=0)), "int": "1", "slug": "nie-ma", "str": "nie-ma", "path": "nie-ma"}
SAMPLES = {
    "year": "2017", "version": "1", "figure": "total.declared", "format": "json", "key": "2017-razem",
    "token": "nie-ma-takiego", "uidb36": "1", "code": "2014-2020",
}  # fmt: skip
OTHERS = {
    "strategy:programme": {"code": "2014-P1"},
    "strategy:lineage": {"code": "2014-P1"},
    "strategy:task": {"code": "2014-p2-zaz"},
    **{f"strategy_office:goal{act}": {"code": "2014-C1"} for act in ("", "-change", "-end")},
    **{f"strategy_office:programme{act}": {"code": "2014-P1"} for act in ("", "-change", "-end")},
    **{f"strategy_office:succession-{act}": {"code": "2014-P1", "other": "2014-P2"} for act in ("new", "remove")},
    **{f"strategy_office:task{act}": {"code": "2014-p2-zaz"} for act in ("", "-change", "-end")},
    "account_reset_password_from_key": {"key": "nie-ma"},
    **{f"audit:review{act}": {"week": "2026-W12", "hit": "exports-0-2026-03-17"} for act in ("", "-sign", "-hit")},
    "ledger:export": {"format": "csv"},
    "exports:download": {"format": "rb28s"},
    "ledger:accept": {"year": "2019", "key": "2019-own"},
    "ledger:explain": {"year": "2019", "key": "2019-own"},
    "ledger:entry": {"year": "2019"},
    "ledger:entry-change": {"year": "2019"},
    "ledger:entry-check": {"year": "2019"},
    "plan:export": {"format": "csv"},
    "plan:close": {"month": "1"},
    **{f"plan:{name}": {"year": "2019"} for name in ("line", "pay", "release", "correct", "refund", "correct-entry")},
    "strategy:indicator": {"code": "w-1"},
    "indicators:export": {"format": "csv"},
    **{
        f"indicators:{name}": {"code": "w-1"}
        for name in ("indicator", "change", "definition", "target", "enter", "correct")
    },
    **{f"updating:element{act}": {"kind": "goal", "code": "2014-C1"} for act in ("", "-drop")},
    "updating:element-new": {"kind": "goal"},
    "consultations:receipt": {"key": REMARK},
    "report-office:narrative": {"code": "2014-P1"},
    **{f"api:{name}": {"code": "2014-P1"} for name in ("one_programme", "tasks_of_programme")},
    "api:one_task": {"code": "2014-p2-zaz"},
    "api:one_indicator": {"code": "w-1"},
    **{f"duties:{name}": {"year": "2026", "code": "ozps-sejmik"} for name in ("duty", "done", "undone", "change")},
}
# Every other form of a file under one address, walked too: the twin of what was closed is easily forgotten.
FORMS = re.compile(r"\(\?P<format>([a-z0-9|]+)\)")
OPEN_FORMS = {"indicators:export": ("csv", "xlsx")}


@dataclass(frozen=True)
class Door:
    """One view under one of its forms: its name, where it stands, what it declares and which rows it reaches."""

    route: str
    name: str
    who: Audience
    rows: str
    form: str = ""
    operations: tuple[tuple[str, Audience], ...] = ()  # of the API: each method by itself

    def asks(self, method: str) -> Audience:
        """Who may come with this method; an operation that is not there lets nobody do anything."""
        return dict(self.operations).get(method, PUBLIC) if self.who.kind == "operations" else self.who

    @property
    def label(self) -> str:
        """The name that a mismatch is reported under."""
        return f"{self.name}.{self.form}" if self.form else self.name

    def address(self, pk: str, row: dict[str, str] | None = None) -> str:
        """The address, its parameters filled with what is there; `row` holds those of one protected row."""
        wanted = re.findall(r"<(?:(\w+):)?(\w+)>", self.route)
        values = SAMPLES | {"pk": pk, "remark": pk} | OTHERS.get(self.name, {}) | (row or {})
        values |= {"format": self.form} if self.form else {}
        return reverse(self.name, kwargs={name: values.get(name) or NOBODYS[kind or "str"] for kind, name in wanted})


def doors() -> list[Door]:
    """Every view of the house; one with a choice of files once for each."""
    found, operations = [], _operations()
    for route, name, view in all_views():
        who, rows = audience_of(view, name), getattr(view, "rows", "")
        forms = FORMS.findall(route)
        choices = forms[0].split("|") if forms else OPEN_FORMS.get(name, ("",))
        found += [Door(route, name, who, rows, form, operations.get(_shape(route), ())) for form in choices]
    return found


def _operations() -> dict[str, tuple[tuple[str, Audience], ...]]:
    """The operations of the API by the shape of their address."""
    found: dict[str, tuple] = {}
    for method, path, _name, who in all_operations(api):
        shape = _shape(API_ROOT + path.lstrip("/"))
        found[shape] = (*found.get(shape, ()), (method.lower(), who))
    return found


def _shape(route: str) -> str:
    """A route without the kinds of its parameters: {code} for <str:code>."""
    return re.sub(r"[{<](?:\w+:)?(\w+)[}>]", r"{\1}", route)
