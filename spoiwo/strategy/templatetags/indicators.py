"""Figures of indicators on the screen."""

from decimal import Decimal
from fractions import Fraction

from django import template

from spoiwo.strategy.domain.numbers import written

register = template.Library()


@register.filter
def as_number(value: Decimal | int) -> str:
    """A figure for a reader: "1 250", "12,5"."""
    return written(Fraction(value))
