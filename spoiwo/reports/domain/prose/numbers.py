"""Finding the numbers that a Polish text claims: where each stands, its value, unit and how exactly it is said."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from spoiwo.reports.domain.prose.ignored import spans
from spoiwo.reports.domain.prose.numerals import PARTS_OF_A_SCALE, WORDS, follows

MONEY, SHARE, COUNT, ANY = "money", "share", "count", ""
_ODD_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " "))
_DIGITS = re.compile(
    r"(?<![\w.,/])(?P<sign>[\u2212-](?=\d))?"
    r"(?P<digits>\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+\.\d\d(?= ?zł)|\d+(?:,\d+)?)"
    r"(?:,[-–](?= ?zł))?(?!\d|/|[.,]\d|(?!zł|gr\b|tys|mln|mld)[^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(" *")
_NEXT = re.compile(r"[^\W\d_]+\.?|%")
_SCALES = {"tys": 3, "tysiąc": 3, "tysiące": 3, "tysięcy": 3, "tysiąca": 3, "tysiącami": 3, "tysiącach": 3}
_SCALES |= {"mln": 6, "milion": 6, "miliona": 6, "miliony": 6, "milionów": 6, "milionach": 6, "milionami": 6}
_SCALES |= {"mld": 9, "miliard": 9, "miliarda": 9, "miliardy": 9, "miliardów": 9, "milionie": 6, "miliardach": 9}
_ONE_OF_SCALE = {"tysiąc", "milion", "miliard"}
_ZLOTY, _GROSZ = re.compile(r"zł(?:ot\w*)?$|PLN$"), re.compile(r"gr$|grosz\w*$")
_PERCENT = re.compile(r"%$|proc$|procent\w*$")
_SMALL_WORDS = "i z ze na w we do od po lub oraz a że się to jest był była było są dla przy za o u ale czy"
_NOT_COUNTED = frozenset(_SMALL_WORDS.split())
_AROUND = re.compile(
    r"(?P<about>około|ok\.|mniej więcej|w przybliżeniu|circa|ca)$"
    r"|(?P<over>ponad|przeszło|powyżej|co najmniej|nie mniej niż|więcej niż)$"
    r"|(?P<under>prawie|blisko|niemal|niespełna|poniżej|nie więcej niż|do)$",
    re.IGNORECASE,
)
_RANGE, _TO = re.compile(r" ?[–-] ?"), re.compile(r" (?:a|do) ")
_FROM = re.compile(r"\b(?:od|między|pomiędzy) $", re.IGNORECASE)

_HALF = Decimal("0.5")
_LOOK_BACK = 24  # characters before a number in which a word about it may stand


@dataclass(frozen=True)
class Number:
    """One number of a text. `low` and `high` differ in a range; `step` is the worth of its last place.

    `unit`: "money" (the value in złote), "share" (in per cent), "count", or "" when the text does not say.
    `said`: "", "about", "over" or "under".
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str = ANY
    said: str = ""
    scaled: bool = False


def plain(text: str) -> str:
    """The text with every kind of space as a plain one; positions stay."""
    return text.translate(_ODD_SPACES)


def numbers_in(text: str) -> list[Number]:
    """Every number that the text claims, in order; days, acts, ordinals and the like are passed over."""
    text = plain(text)
    hidden = spans(text)
    found = [*_in_digits(text, hidden), *_in_words(text, hidden)]
    found.sort(key=lambda number: number.start)
    return [_qualified(text, number) for number in _ranges(text, _compounds(text, found))]


def _is_hidden(start: int, end: int, hidden: list[tuple[int, int]]) -> bool:
    """Whether one of the places, which are in order and apart, meets this one."""
    at = bisect_left(hidden, (end, 0)) - 1  # the last that begins before the end; those before it end earlier
    return at >= 0 and start < hidden[at][1]


def _in_digits(text: str, hidden: list[tuple[int, int]]) -> list[Number]:
    found = []
    for match in _DIGITS.finditer(text):
        if _is_hidden(match.start("digits"), match.end(), hidden):
            continue
        digits = match["digits"].replace(" ", "")
        digits = digits if re.fullmatch(r"\d+\.\d\d", digits) else digits.replace(".", "").replace(",", ".")
        value = Decimal(digits)
        step = Decimal(1).scaleb(value.as_tuple().exponent)
        start = match.start("digits") if match["sign"] is None or _joined(text, match.start()) else match.start()
        found.append(_with_unit(text, Number(start, match.end(), value, value, step)))
    return found


def _joined(text: str, at: int) -> bool:
    """Whether a dash before a number joins it to the one before: "10-12"."""
    return at > 0 and not text[at - 1].isspace() and text[at - 1] not in "(["


def _in_words(text: str, hidden: list[tuple[int, int]]) -> list[Number]:
    found, words = [], list(_WORD.finditer(text))
    i = 0
    while i < len(words):
        number, used = _spelled(text, words, i)
        if number and not _is_hidden(number.start, number.end, hidden):
            found.append(number)
        i += used
    return found


def _spelled(text: str, words: list[re.Match], i: int) -> tuple[Number | None, int]:
    """A numeral that begins with this word, and how many words it takes."""
    word = words[i][0].lower()
    start = words[i].start()
    if word in PARTS_OF_A_SCALE or word in _ONE_OF_SCALE:
        alone = word in _ONE_OF_SCALE
        if alone and (i and _number_before(text, words, i)):
            return None, 1
        value = Decimal(1) if alone else PARTS_OF_A_SCALE[word]
        end = start if alone else words[i].end()
        step = Decimal(1) if alone else min(value, _HALF)
        number = _with_unit(text, Number(start, end, value, value, step))
        return (number if number.scaled else None), 1
    if word not in WORDS:
        return None, 1
    value, used = WORDS[word], 1
    while i + used < len(words) and follows(words[i + used - 1][0].lower(), words[i + used][0].lower()):
        value += WORDS[words[i + used][0].lower()]
        used += 1
    amount = Decimal(value)
    number = _with_unit(text, Number(start, words[i + used - 1].end(), amount, amount, Decimal(1)))
    return (number if number.unit or number.scaled or _counts(text, number, value) else None), used


def _number_before(text: str, words: list[re.Match], i: int) -> bool:
    before = words[i - 1][0].lower()
    near = _before(text, words[i].start()).rstrip()
    return near[-1:].isdigit() or before in WORDS or before in PARTS_OF_A_SCALE


def _counts(text: str, number: Number, value: int) -> bool:
    """Whether a numeral in words counts something: a word of a thing follows it."""
    after = _WORD.match(text, number.end + 1)
    if not after or text[number.end] != " ":
        return False
    word = after[0]
    if word in {"z", "ze"} and value > 1:
        return True  # "trzy z nich"
    return word == word.lower() and word not in _NOT_COUNTED and word not in WORDS


def _with_unit(text: str, number: Number) -> Number:
    """The number with the scale and the unit that follow it."""
    end, power = number.end, 0
    if (word := _next(text, end)) and word[0].rstrip(".").lower() in _SCALES:
        power = _SCALES[word[0].rstrip(".").lower()]
        end = word.end() if word[0].lower() == "tys." else word.start() + len(word[0].rstrip("."))
    unit = ANY
    if word := _next(text, end):
        bare = word[0].rstrip(".")
        if _ZLOTY.match(bare) or (_GROSZ.match(bare) and not power):
            unit = "grosz" if _GROSZ.match(bare) else MONEY
        elif _PERCENT.match(bare):
            unit = SHARE
        elif bare == bare.lower() and bare not in _NOT_COUNTED and bare not in _SCALES and len(bare) > 2:
            unit = COUNT
        if unit not in (ANY, COUNT):
            end = word.start() + len(bare)
    factor = Decimal(10) ** power / (100 if unit == "grosz" else 1)
    return replace(
        number, end=end, low=number.low * factor, high=number.high * factor, step=number.step * factor,
        unit=MONEY if unit == "grosz" else unit, scaled=bool(power),
    )  # fmt: skip


def _before(text: str, at: int) -> str:
    return text[max(0, at - _LOOK_BACK) : at]


def _next(text: str, at: int) -> re.Match | None:
    """The word after a place, if nothing but spaces stands between."""
    return _NEXT.match(text, _SPACES.match(text, at).end())


def _compounds(text: str, found: list[Number]) -> list[Number]:
    """Parts of one number put together: "9 mln 25 tys. zł", "12 zł 50 gr"."""
    joined: list[Number] = []
    for number in found:
        last = joined[-1] if joined else None
        gap = text[last.end : number.start] if last else ""
        if last and gap in {" ", " i "} and _continues(last, number):
            low = last.low + number.low
            unit = number.unit or last.unit
            joined[-1] = replace(last, end=number.end, low=low, high=low, step=number.step, unit=unit)
        elif not (last and number.start < last.end):  # a numeral inside a number in digits is the same number
            joined.append(number)
    return joined


def _continues(last: Number, number: Number) -> bool:
    if last.unit == MONEY and number.unit == MONEY and not last.scaled:
        return number.high < 1 and last.step == 1  # złote and grosze
    return last.scaled and last.unit in (ANY, COUNT) and number.high < last.step


def _ranges(text: str, found: list[Number]) -> list[Number]:
    """Two ends of one number: "240–260 osób", "od 10 do 12 tys. zł"; the second gives both its unit."""
    joined: list[Number] = []
    for number in found:
        last = joined[-1] if joined else None
        gap = text[last.end : number.start] if last else ""
        through = bool(_RANGE.fullmatch(gap)) or (_TO.fullmatch(gap) and _FROM.search(_before(text, last.start)))
        if last and through and last.low == last.high:
            factor = 1 if last.scaled or not number.scaled else number.step / Decimal(1).scaleb(_places(number))
            low = last.low * factor
            if low <= number.high:
                unit = number.unit or last.unit
                step = min(last.step * factor, number.step)
                joined[-1] = Number(last.start, number.end, low, number.high, step, unit, "", number.scaled)
                continue
        joined.append(number)
    return joined


def _places(number: Number) -> int:
    """The power of ten of the last place as it was written, before its scale."""
    for power in (3, 6, 9):
        written = number.high.scaleb(-power)
        if number.scaled and written < 1000:
            return number.step.adjusted() - power
    return 0


def _qualified(text: str, number: Number) -> Number:
    """The number with the word before it that says how exactly it is meant."""
    before = _before(text, number.start).rstrip()
    found = _AROUND.search(before)
    if not found or (found.start() and before[found.start() - 1].isalnum()):
        return number
    said = found.lastgroup or ""
    if found[0].lower() == "do" or number.low != number.high:
        return number
    return replace(number, said=said, step=max(number.step, _round_step(number)))


def _round_step(number: Number) -> Decimal:
    """The worth of the last place that is not nought: 10 for 240, 1000 for 36 000."""
    if number.low == 0 or number.low != number.low.to_integral():
        return number.step
    return Decimal(1).scaleb(number.low.normalize().as_tuple().exponent)
