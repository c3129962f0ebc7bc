"""How a report says things in Polish: figures, days, rules, statuses."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from spoiwo.kernel.money import NBSP, percent, zl
from spoiwo.kernel.polish import MissingForm, Noun, counted, number
from spoiwo.kernel.precision import Precision
from spoiwo.reports.domain.sentences import PEOPLE

MONTHS = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
STATUSES = {
    "": "",
    "agrees": "zgodne",
    "open": "niewyjaśniona",
    "explained": "wyjaśniona",
    "accepted": "przyjęta",
    "no_lines": "brak pozycji do porównania",
}
SCOPES = {
    "grand": "suma wszystkiego",
    "source": "źródło",
    "programme": "program",
    "cell": "program i źródło",
    "tag": "przekrój",
}
KINDS = {"payment": "wydatek", "refund": "zwrot"}
PRECISIONS = {"exact": "dokładna", "rounded": "zaokrąglona", "about": "około"}
RECORD = Noun("pozycja", "pozycje", "pozycji")
NOTHING = "–"
NO_COUNT = "brak danych"

_ONE_LETTER = re.compile(r"(?<![^\s(„\u00a0])([AaIiOoUuWwZz]) ")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """Keep one-letter words with the next one, so that none ends a line."""
    return _ONE_LETTER.sub(rf"\1{NBSP}", text)


def printable(text: str) -> str:
    """Text that every format can carry: characters that XML and PDF have no place for become U+FFFD."""
    return text if text.isascii() and text.isprintable() else _CONTROL.sub("\ufffd", text)


class Clean(dict):
    """A document whose every text is printable, known as such so that it is not gone through again."""


def clean(content: dict) -> Clean:
    """The document with every text printable."""
    return content if isinstance(content, Clean) else Clean(_printable(content))


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_printable(held) for held in value]
    return value


def moment(content: dict) -> datetime:
    """When the document was made final, or gathered, in UTC: the only time that may stand in a file."""
    at = content["finalised"]["at"] if content["finalised"] else content["as_of"]
    found = datetime.fromisoformat(at)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def long_day(iso: str | None) -> str:
    """A day, or a day and hour, inside a sentence: "21 listopada 2026, 10.05"."""
    if not iso:
        return NOTHING
    at = datetime.fromisoformat(iso)
    day = f"{at.day}{NBSP}{MONTHS[at.month - 1]} {at.year}"
    return f"{day}, {at.hour}.{at.minute:02d}" if "T" in iso else day


def short_day(iso: str | None) -> str:
    """A day inside a table: "4.10.2019"."""
    if not iso:
        return NOTHING
    day = date.fromisoformat(iso[:10])
    return f"{day.day}.{day.month:02d}.{day.year}"


def value_text(figure: dict, units: dict, *, unit: bool = True) -> str:
    """A figure for a reader, with its precision: "9 025 049,77 zł", "około 240 imprez", "11,68 %"."""
    value = figure["value"]
    if figure["kind"] == "money":
        return precise(zl(value, unit=unit and value is not None), figure["precision"])
    if value is None:
        return NO_COUNT
    if figure["kind"] == "share":
        return f"{_decimals(value)}{NBSP}%"
    return _counted(Decimal(value), _noun(figure["unit"], units), Precision(figure["precision"]))


def _counted(value: Decimal, noun: Noun | None, precision: Precision) -> str:
    """A count with its noun; alone when the noun is unknown or lacks the form for a fraction."""
    if noun is None:
        return number(value, precision)
    try:
        return counted(value, noun, precision=precision)
    except MissingForm:
        return f"{number(value, precision)} ({noun.many})"


def _decimals(value: str) -> str:
    """A share keeps its two decimals, also when they are noughts."""
    whole, _, part = value.partition(".")
    return number(int(whole)) + (f",{part}" if part else "")


def precise(amount: str, precision: str) -> str:
    """An amount with the word of its precision."""
    match precision:
        case "about":
            return f"około {amount}"
        case "rounded":
            return f"{amount} (w{NBSP}zaokrągleniu)"
    return amount


def _noun(code: str, units: dict) -> Noun | None:
    if code not in units:
        return PEOPLE if code == "people" else None
    forms = Noun.__dataclass_fields__
    return Noun(**{name: value for name, value in units[code].items() if name in forms})


def state_text(content: dict) -> str:
    """What state the report is in, for its head."""
    if content["state"] == "final":
        return f"wersja {content['version']}, ostateczna, z{NBSP}{long_day(content['finalised']['at'])}"
    return f"PROJEKT, stan na {long_day(content['as_of'])}"


def standing_words(content: dict) -> list[str]:
    """What stands on every page: that it is a draft, that the data are invented, the notice of the year."""
    words = ["PROJEKT"] if content["state"] != "final" else []
    if content["invented"]:
        words.append("DANE WYMYŚLONE")
    if content["notice"]:
        words.append(tidy(content["notice"]))
    return words


def part_of(part: int, whole: int) -> str:
    """What share of a whole a part is, never "0,00 %" for something."""
    tiny = part and 20_000 * abs(part) < abs(whole)
    return f"mniej niż 0,01{NBSP}%" if tiny else percent(abs(part), abs(whole))


class Names:
    """Names of programmes, sources, cross-cuts and documents by code."""

    def __init__(self, content: dict) -> None:
        records = content["records"]
        self.programmes = {row["code"]: row["short_name"] for row in records["programmes"]}
        self.sources = {row["code"]: row["name"] for row in content["sources"]}
        self.tags = {row["code"]: row["name"] for row in records["tags"]}
        self.documents = {row["code"]: row["name"] for row in records["documents"]}
        self.measures = {row["code"]: row["name"] for row in records["measures"]}
        self.outside = content["outside_label"] or "Poza programami"

    def programme(self, code: str | None) -> str:
        """The short name of a programme, or of the money outside all of them."""
        return self.outside if code is None else self.programmes.get(code, code)

    def document(self, code: str) -> str:
        """The name of a document."""
        return self.documents.get(code, code)

    def rule(self, rule: dict) -> list:
        """How a figure is worked out, as runs: text and identifiers of other figures as one-item tuples."""
        match rule["op"]:
            case "minus":
                first, second = rule["figures"]
                return [(first,), " minus ", (second,)]
            case "share":
                part, whole = rule["figures"]
                return ["jaką częścią ", (whole,), " jest ", (part,)]
            case "stated":
                return [self._stated(rule)]
            case "count":
                return ["liczba wydarzeń"]
        if rule["of"] == "entries":
            return [self._sum(rule["where"])]
        if rule["of"] == "results":
            return [f"suma wyników: {self.measures.get(rule['where'].get('measure'), '')}"]
        return [self._earlier(rule)]

    def _stated(self, rule: dict) -> str:
        if rule["of"] == "declared":
            return f"suma podana w dokumencie (klucz {rule['key']})"
        return f"wynik podany w dokumencie (klucz {rule['key']})" + (", liczba osób" if "field" in rule else "")

    def _sum(self, where: dict) -> str:
        conditions = []
        if "programme" in where:
            code = where["programme"]
            conditions.append("wszystkie programy" if code == "*" else f"„{self.programme(code)}”")
        if "source" in where:
            conditions.append(f"„{self.sources.get(where['source'], where['source'])}”")
        if "tag" in where:
            conditions.append(f"przekrój „{self.tags.get(where['tag'], where['tag'])}”")
        return "suma pozycji: " + ", ".join(conditions) if conditions else "suma wszystkich pozycji"

    def _earlier(self, rule: dict) -> str:
        codes = rule["where"].get("programme")
        chosen = "" if codes is None else ": " + ", ".join(f"„{self.programme(code)}”" for code in codes)
        return f"suma pozycji roku {rule['year']}{chosen}"
