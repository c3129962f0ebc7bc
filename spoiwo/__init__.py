"""Spoiwo: the social policy of a Polish region, from its plan to a report that adds up to the grosz."""

__version__ = "0.1.0"
