"""A year's facts as IATI 2.03: the strategy, its programmes, their budgets, transactions and results.

A programme is an activity below the strategy; money outside programmes is an activity of its own. The budget
classification stands as the reporting organisation's own vocabularies: 99 chapters, 98 paragraphs.
Source: IATI Standard 2.03; the order of elements is that of its schema.
"""

from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from spoiwo.ledger.exports.iati_results import add_results
from spoiwo.ledger.services.facts import Row, YearFacts

OUTSIDE = "outside"
SOCIAL_SERVICES = "16010"  # OECD DAC: social and welfare services
CLASSIFICATION = "https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU20220000513"
CHAPTERS, PARAGRAPHS = "99", "98"
ORGANISATION_TYPES = {"own": "11", "state": "10", "pfron": "15", "eu": "40"}
LOCAL_GOVERNMENT = "11"
PLANNED_START, PLANNED_END = "1", "3"
IN_FORCE, PAST = "2", "4"
ORIGINAL, REVISED = "1", "2"
COMMITMENT, DISBURSEMENT, EXPENDITURE = "2", "3", "4"


def facts_iati(facts: YearFacts, publisher: str = "") -> bytes:
    """The file. `publisher`: the identifier of the office in the register of organisations, when it has one."""
    publisher = publisher or f"PL-TERC-{facts.region}"
    root = Element("iati-activities", {"version": "2.03"})
    for activity in (_Strategy(facts, publisher), *_programmes(facts, publisher)):
        root.append(activity.element())
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def zloty(gr: int) -> str:
    """Grosze as a decimal number of złote, exactly: 902504977 is 9025049.77."""
    return f"{'-' if gr < 0 else ''}{abs(gr) // 100}.{abs(gr) % 100:02d}"


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))


def narrative(parent: Element, text: str) -> None:
    """Polish words of an element; the language is that of the activity and is said again for who cuts it out."""
    SubElement(parent, "narrative", {"xml:lang": "pl"}).text = clean(text)


def _programmes(facts: YearFacts, publisher: str) -> list["_Activity"]:
    """Programmes that have money or belong to the year's strategy; then what stands outside programmes."""
    lines = facts.tables["plan"] + facts.tables["entries"]
    found = [_Programme(facts, publisher, row) for row in facts.tables["programmes"]]
    return found + ([_Outside(facts, publisher)] if any(not row["programme"] for row in lines) else [])


class _Activity:
    """One activity while it is written."""

    hierarchy = "2"

    def __init__(self, facts: YearFacts, publisher: str) -> None:
        self.facts, self.publisher = facts, publisher
        self.sources = facts.by_code("sources")
        (year,) = facts.tables["year"]
        self.strategy = facts.by_code("strategies")[year["strategy"]]

    code: str
    title: str
    period: tuple[int, int]

    def lines(self, table: str) -> list[Row]:
        """Lines of the activity."""
        return []

    def indicators(self) -> list[Row]:
        """Indicators of the activity."""
        return []

    def related(self) -> list[tuple[str, str]]:
        """Kinds and codes of activities above and below."""
        return [("1", self.strategy["code"])]

    def identifier(self, code: str) -> str:
        """The identifier of an activity of this region."""
        return f"{self.publisher}-{code}"

    def element(self) -> Element:
        """The activity with all its parts, in the order of the schema."""
        activity = Element("iati-activity", {"xml:lang": "pl", "default-currency": "PLN", "hierarchy": self.hierarchy})
        SubElement(activity, "iati-identifier").text = self.identifier(self.code)
        self._organisations(activity)
        self._dates(activity)
        SubElement(activity, "activity-scope", {"code": "6"})
        SubElement(activity, "recipient-country", {"code": "PL", "percentage": "100"})
        transactions = [_transaction(self, row) for row in (*self._commitments(), *self.lines("entries"))]
        if not transactions:
            SubElement(activity, "sector", {"code": SOCIAL_SERVICES, "percentage": "100"})
        for kind, amount_gr in self._budgets():
            _budget(activity, kind, amount_gr, self.facts.year)
        activity.extend(transactions)
        for kind, code in self.related():
            SubElement(activity, "related-activity", {"ref": self.identifier(code), "type": kind})
        add_results(activity, self.facts, self.indicators(), narrative)
        return activity

    def _organisations(self, activity: Element) -> None:
        reporting = SubElement(activity, "reporting-org", {"ref": self.publisher, "type": LOCAL_GOVERNMENT})
        narrative(reporting, self.facts.office)
        narrative(SubElement(activity, "title"), self.title)
        words = f"{self.title}: {self.facts.title}. {self.facts.notice}".strip()
        narrative(SubElement(activity, "description", {"type": "1"}), words)
        used = {row["source"] for table in ("plan", "entries") for row in self.lines(table)}
        for code in sorted(used):
            source = self.sources[code]
            funding = {"role": "1", "type": ORGANISATION_TYPES[source["class"]]}
            narrative(SubElement(activity, "participating-org", funding), source["name"])
        implementing = {"role": "4", "type": LOCAL_GOVERNMENT, "ref": self.publisher}
        narrative(SubElement(activity, "participating-org", implementing), self.facts.office)

    def _dates(self, activity: Element) -> None:
        first, last = self.period
        status = IN_FORCE if last >= self.facts.year else PAST
        SubElement(activity, "activity-status", {"code": status})
        SubElement(activity, "activity-date", {"type": PLANNED_START, "iso-date": f"{first}-01-01"})
        SubElement(activity, "activity-date", {"type": PLANNED_END, "iso-date": f"{last}-12-31"})

    def _commitments(self) -> list[Row]:
        return [row for row in self.lines("plan") if row["kind"] in {"commitment", "release"}]

    def _budgets(self) -> list[tuple[str, int]]:
        """The plan as adopted; with changes also as it stands after them."""
        plan = [row["amount_gr"] for row in self.lines("plan") if row["kind"] == "plan"]
        changes = [row["amount_gr"] for row in self.lines("plan") if row["kind"] == "change"]
        original = [(ORIGINAL, sum(plan))] if plan or changes else []
        return original + ([(REVISED, sum(plan) + sum(changes))] if changes else [])


class _Strategy(_Activity):
    """The strategy, above its programmes."""

    hierarchy = "1"

    def __init__(self, facts: YearFacts, publisher: str) -> None:
        super().__init__(facts, publisher)
        self.code, self.title = self.strategy["code"], self.strategy["name"]
        self.period = (self.strategy["from_year"], self.strategy["to_year"])

    def related(self) -> list[tuple[str, str]]:
        """The activities below."""
        return [("2", activity.code) for activity in _programmes(self.facts, self.publisher)]

    def indicators(self) -> list[Row]:
        """Those of goals."""
        return [row for row in self.facts.tables["indicators"] if row["goal"]]


class _Programme(_Activity):
    """One programme with its lines and indicators."""

    def __init__(self, facts: YearFacts, publisher: str, row: Row) -> None:
        super().__init__(facts, publisher)
        own = facts.by_code("strategies")[row["strategy"]]
        self.code, self.title = row["code"], row["name"]
        self.period = (row["from_year"] or own["from_year"], row["to_year"] or own["to_year"])

    def lines(self, table: str) -> list[Row]:
        """Lines under the programme."""
        return [row for row in self.facts.tables[table] if row["programme"] == self.code]

    def indicators(self) -> list[Row]:
        """Those of the programme and of its tasks."""
        tasks = self.facts.by_code("tasks")
        return [
            row
            for row in self.facts.tables["indicators"]
            if row["programme"] == self.code or (row["task"] and tasks[row["task"]]["programme"] == self.code)
        ]


class _Outside(_Activity):
    """Money that belongs to no programme."""

    def __init__(self, facts: YearFacts, publisher: str) -> None:
        super().__init__(facts, publisher)
        (year,) = facts.tables["year"]
        self.code, self.title = f"{facts.year}-{OUTSIDE}", year["outside_label"]
        self.period = (facts.year, facts.year)

    def lines(self, table: str) -> list[Row]:
        """Lines without a programme."""
        return [row for row in self.facts.tables[table] if not row["programme"]]


def _budget(activity: Element, kind: str, amount_gr: int, year: int) -> None:
    budget = SubElement(activity, "budget", {"type": kind, "status": "2"})
    SubElement(budget, "period-start", {"iso-date": f"{year}-01-01"})
    SubElement(budget, "period-end", {"iso-date": f"{year}-12-31"})
    SubElement(budget, "value", {"value-date": f"{year}-01-01"}).text = zloty(amount_gr)


def _transaction(activity: _Activity, row: Row) -> Element:
    """A commitment, a payment or what came back of one (below zero)."""
    facts = activity.facts
    committed = "due_on" in row
    kind = COMMITMENT if committed else DISBURSEMENT if row["organisation"] else EXPENDITURE
    day = day_of(row, facts.year).isoformat()
    element = Element("transaction", {"ref": row["key"]})
    SubElement(element, "transaction-type", {"code": kind})
    SubElement(element, "transaction-date", {"iso-date": day})
    SubElement(element, "value", {"value-date": day}).text = zloty(row["amount_gr"])
    narrative(SubElement(element, "description"), _said(facts, row))
    source = activity.sources[row["source"]]
    provider = SubElement(element, "provider-org", {"type": ORGANISATION_TYPES[source["class"]]})
    narrative(provider, source["name"])
    if row["organisation"]:
        receiver = facts.by_code("organisations")[row["organisation"]]
        narrative(SubElement(element, "receiver-org"), receiver["name"])
    _sectors(element, facts, row)
    return element


def day_of(row: Row, year: int) -> date:
    """The day of a line. One without a day belongs to December; while the year runs, to the day it was entered."""
    return row["date"] or min(date(year, 12, 31), row["entered_on"])


def _said(facts: YearFacts, row: Row) -> str:
    task = facts.by_code("tasks")[row["task"]]["name"] if row["task"] else ""
    document = facts.by_code("documents")[row["document"]]["name"]
    words = [row["description"], *([f"zadanie: {task}"] if task else []), f"dokument: {document}"]
    return "; ".join([*words, *([] if row["date"] else ["dzień nie jest znany"])])


def _sectors(element: Element, facts: YearFacts, row: Row) -> None:
    SubElement(element, "sector", {"vocabulary": "1", "code": SOCIAL_SERVICES})
    for vocabulary, table, code in (
        (CHAPTERS, "chapters", row["chapter"]),
        (PARAGRAPHS, "paragraphs", row["paragraph"]),
    ):
        if code:
            own = {"vocabulary": vocabulary, "vocabulary-uri": CLASSIFICATION, "code": code}
            sector = SubElement(element, "sector", own)
            if name := facts.by_code(table)[code]["name"]:
                narrative(sector, name)
