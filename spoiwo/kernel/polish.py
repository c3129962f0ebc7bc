"""Polish numerals: the number, the right form of its noun, and "około" when nobody counted."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale

from spoiwo.kernel.money import MINUS, NBSP
from spoiwo.kernel.precision import Precision

Category = Literal["one", "few", "many"]
Case = Literal["nom", "acc", "gen", "loc"]


class MissingForm(ValueError):
    """A noun has no form for what is to be said; `form` names the field to fill in."""

    def __init__(self, noun: "Noun", form: str) -> None:
        self.noun = noun
        self.form = form
        super().__init__(f"the noun {noun.one!r} needs the form {form!r}")


@dataclass(frozen=True)
class Noun:
    """The forms of a counted noun, as the table of units of a year package holds them.

    one, few, many: 1 organizacja, 2 organizacje, 5 organizacji (`many` is the genitive plural too).
    one_acc: dofinansowano 1 organizację; when empty, `one`. loc_one, loc_many: w 1 organizacji, w 2
    organizacjach. gen_one: do 1 organizacji, also 2,5 organizacji; asked for only there.
    """

    one: str
    few: str
    many: str
    one_acc: str | None = None
    loc_one: str | None = None
    loc_many: str | None = None
    gen_one: str | None = None


@cache
def _polish_rule():
    """The plural rule of CLDR for Polish."""
    return Locale("pl").plural_form


def plural_category(n: int | Decimal) -> Category:
    """Tell which word agrees with `n`: 1 one, 2-4, 22-24 few, all others and fractions many.

    Source: CLDR plural rules for Polish, by Babel. Its fourth category ("other": fractions) takes the
    verb of `many`: odbyło się 5 godzin, odbyło się 2,5 godziny.
    """
    category = _polish_rule()(abs(_whole_or_fraction(n)))
    return "many" if category == "other" else category


def _whole_or_fraction(n: int | Decimal) -> int | Decimal:
    """Return a whole number as int, so that 2.0 is counted like 2. Refuses floats."""
    if isinstance(n, bool) or not isinstance(n, (int, Decimal)):
        raise TypeError(f"a count is int or Decimal, not {type(n).__name__}")
    return int(n) if n == int(n) else n


def _digits(n: int | Decimal) -> str:
    """Write a number the Polish way: U+00A0 between thousands, decimal comma, U+2212 for minus."""
    value = _whole_or_fraction(n)
    whole, _, part = f"{abs(value):,f}".partition(".") if isinstance(value, Decimal) else (f"{abs(value):,}", "", "")
    shown = whole.replace(",", NBSP) + (f",{part.rstrip('0')}" if part else "")
    return (MINUS if value < 0 else "") + shown


def number(n: int | Decimal, precision: Precision = Precision.EXACT) -> str:
    """Write a number with its precision: "240", "około 240", "240 (w zaokrągleniu)"."""
    return _with_precision(_digits(n), precision)


def _with_precision(shown: str, precision: Precision) -> str:
    """Put the word of the precision beside a number or a number with its noun."""
    match Precision(precision):
        case Precision.ABOUT:
            return f"około {shown}"
        case Precision.ROUNDED:
            return f"{shown} (w zaokrągleniu)"
        case Precision.EXACT:
            return shown


def counted(n: int | Decimal, noun: Noun, *, case: Case = "nom", precision: Precision = Precision.EXACT) -> str:
    """Write a number and its noun joined by U+00A0: "9 organizacji pozarządowych", "około 240 imprez".

    case: "nom" subject, "acc" object (differs from nom for 1 only), "gen" after "do", "dla", "loc"
    after "w": "52 gminach". "About" in nom and acc takes the genitive plural.
    Raises: MissingForm when the noun lacks the form that is needed; TypeError for a float.
    """
    form = _form(_whole_or_fraction(n), noun, case, Precision(precision))
    return _with_precision(f"{_digits(n)}{NBSP}{form}", precision)


def _form(n: int | Decimal, noun: Noun, case: Case, precision: Precision) -> str:
    """Choose the form of the noun that stands after the number."""
    if isinstance(n, Decimal):
        return _form_after_fraction(noun)
    single = abs(n) == 1
    match case:
        case "loc":
            return _needed(noun, "loc_one" if single else "loc_many")
        case "gen":
            return _needed(noun, "gen_one") if single else noun.many
        case "nom" | "acc":
            if precision is Precision.ABOUT:
                return noun.many
            if single and case == "acc":
                return noun.one_acc or noun.one
            return getattr(noun, plural_category(n))
    raise ValueError(f"no such case: {case!r}")


def _form_after_fraction(noun: Noun) -> str:
    """After 2,5 stands the genitive singular, in every case; a noun that never changes needs no form."""
    if noun.one == noun.few == noun.many:
        return noun.one
    return _needed(noun, "gen_one")


def _needed(noun: Noun, form: str) -> str:
    """Return a form that may be empty, or say which one is missing."""
    found = getattr(noun, form)
    if not found:
        raise MissingForm(noun, form)
    return found
