"""The forms in which a year's facts leave the house."""

from collections.abc import Callable
from dataclasses import dataclass

from spoiwo.ledger.exports.datapackage import facts_package
from spoiwo.ledger.exports.facts_xlsx import facts_xlsx
from spoiwo.ledger.exports.iati import facts_iati
from spoiwo.ledger.exports.rb28s import facts_rb28s
from spoiwo.ledger.services.facts import YearFacts


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
    "datapackage": Format("datapackage.zip", "application/zip", facts_package),
    "iati": Format("iati.xml", "application/xml", facts_iati),
    "rb28s": Format("rb28s.csv", "text/csv; charset=utf-8", facts_rb28s),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", facts_xlsx),
}
