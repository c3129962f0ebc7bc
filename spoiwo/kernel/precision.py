"""How exact a published figure is: a part of the figure, never a footnote that gets lost."""

from enum import StrEnum


class Precision(StrEnum):
    """The three ways the documents state a figure."""

    EXACT = "exact"  # dokładna: counted, or to the grosz
    ROUNDED = "rounded"  # zaokrąglona: 6,6 mln; the true figure lies within half of the last place
    ABOUT = "about"  # około: nobody counted, "około 240 imprez"
