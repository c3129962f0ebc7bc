"""Fields of money, days and classification, as people write them."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.money import NotMoney, parse_zl, zl

MINUSES = ("-", "\u2212")
PROBLEMS = {
    "empty": _("Enter the amount, for example 25 000,00."),
    "text": _("This is not an amount. Enter it in złote, for example 25 000,00."),
    "negative": _("An amount cannot be below zero. For money that came back choose the kind “refund”."),
    "three_decimals": _("The amount has three decimal places. Enter it to the grosz, for example 25 000,00."),
    "float_noise": _("The amount has too many decimal places. Enter it to the grosz, for example 25 000,00."),
    "ambiguous": _("It is not clear whether the dot divides thousands or grosze. Write 25 000,00."),
    "too_large": _("The amount is larger than any budget. Check the number of zeros."),
}


class AmountField(forms.CharField):
    """An amount in złote as people write it; cleaned to whole grosze."""

    def __init__(self, *, signed: bool = False, **kwargs) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("error_messages", {"required": PROBLEMS["empty"]})
        super().__init__(**kwargs)
        self.signed = signed
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean(self, value: str) -> int | None:
        """Grosze, or a sentence that says what is wrong."""
        text = super().clean(value)
        if not text:
            return None
        minus = self.signed and text.lstrip()[:1] in MINUSES
        try:
            amount = parse_zl(text.lstrip()[1:] if minus else text)
        except NotMoney as problem:
            raise ValidationError(PROBLEMS.get(problem.problem, PROBLEMS["text"])) from problem
        return -amount if minus else amount

    def in_words(self, value: int) -> str:
        """An amount as pages write it."""
        return zl(value) if isinstance(value, int) else value


class DigitsField(forms.CharField):
    """So many digits of the budget classification."""

    def __init__(self, *, digits: int, say: str, **kwargs) -> None:
        checks = [RegexValidator(rf"^[0-9]{{{digits}}}\Z", say)]
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(validators=checks, required=False, widget=forms.TextInput(attrs=attrs), **kwargs)


def chapter_field() -> DigitsField:
    """Rozdział; its first three digits are the dział."""
    say = _("A chapter has five digits, for example 85295; found: “%(value)s”.")
    return DigitsField(digits=5, label=_("Chapter"), say=say)


def paragraph_field() -> DigitsField:
    """Paragraf with the fourth digit."""
    say = _("A paragraph has four digits, for example 4300; found: “%(value)s”.")
    return DigitsField(digits=4, label=_("Paragraph"), say=say)


def written_zl(amount_gr: int) -> str:
    """An amount as a person would type it: "25000,00"."""
    sign = "-" if amount_gr < 0 else ""
    return f"{sign}{abs(amount_gr) // 100},{abs(amount_gr) % 100:02d}"
