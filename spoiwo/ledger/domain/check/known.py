"""What is known before a package is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KnownCodes:
    """Codes that a package may name without bringing them.

    `programmes`, `goals`: code -> code of the strategy. `indicators`: code -> rule of aggregation and frequency.
    `definitions`: key -> code of the indicator. `places`: TERYT codes of 2, 4 and 7 digits valid in the year.
    `region_names`: two-digit code -> name of the voivodeship, for messages.
    """

    strategies: Collection[str] = frozenset()
    programmes: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    sources: Collection[str] = frozenset()
    units: Collection[str] = frozenset()
    organisations: Collection[str] = frozenset()
    places: Collection[str] = frozenset()
    region_names: Mapping[str, str] = field(default_factory=dict)

    def of_table(self, name: str) -> Collection[str]:
        """The known codes of a table; none for tables that live in the package alone."""
        kept = {
            "strategies": self.strategies,
            "programmes": self.programmes,
            "goals": self.goals,
            "indicators": self.indicators,
            "definitions": self.definitions,
            "sources": self.sources,
            "units": self.units,
            "organisations": self.organisations,
        }
        return kept.get(name, ())
