"""The forms in which a year's facts leave the house."""

from collections.abc import Callable
from dataclasses import dataclass

from spoiwo.doors.domain.files import XLSX
from spoiwo.doors.exports import CSV, ZIP, Export
from spoiwo.ledger.exports.datapackage import facts_package
from spoiwo.ledger.exports.facts_xlsx import facts_xlsx
from spoiwo.ledger.exports.iati import facts_iati
from spoiwo.ledger.exports.rb28s import facts_rb28s
from spoiwo.ledger.models import BudgetCode, DeclaredTotal, Entry, FiscalYear, PlanEntry, Source, Tag
from spoiwo.ledger.services.facts import LINE, LINKS, VALUE, YearFacts
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import (
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Programme,
    Strategy,
    Target,
    Task,
)

OF_LINES = " ".join(path.partition("__")[0] for path in (*LINE.values(), *LINKS.values()))
FACTS = Export(
    "exports:download",
    {
        **dict.fromkeys((Entry, PlanEntry), OF_LINES),
        **dict.fromkeys((Strategy, Goal, Programme, Task, Source, Tag, Organisation, BudgetCode, Place), "code name"),
        FiscalYear: "region year title invented notice",
        DeclaredTotal: "key scope source programme tag amount_gr precision rounded_to_gr document note",
        Indicator: "code name kind unit direction aggregation frequency responsible source",
        IndicatorDefinition: "number valid_from text numerator denominator multiplier baseline baseline_year",
        Target: "year value",
        IndicatorValue: " ".join(("year", *VALUE)),
    },
)


@dataclass(frozen=True)
class Format:
    """One form: the end of the file's name, its media type and what writes it."""

    ending: str
    media_type: str
    write: Callable[[YearFacts], bytes]

    def file_name(self, year: int) -> str:
        """The name of the file of a year."""
        return f"fakty-{year}.{self.ending}"


FORMATS = {
    "datapackage": Format("datapackage.zip", ZIP, facts_package),
    "iati": Format("iati.xml", "application/xml", facts_iati),
    "rb28s": Format("rb28s.csv", CSV, facts_rb28s),
    "xlsx": Format("xlsx", XLSX, facts_xlsx),
}
