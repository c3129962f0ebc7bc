"""Faults of sent data, as pydantic tells them, in one Polish sentence: what was expected."""

_EXPECTED = {
    "missing": "pole jest wymagane",
    "int_parsing": "oczekiwano liczby całkowitej",
    "int_type": "oczekiwano liczby całkowitej",
    "int_from_float": "oczekiwano liczby całkowitej",
    "int_parsing_size": "liczba jest za długa",
    "string_type": "oczekiwano tekstu",
    "string_too_long": "oczekiwano najwyżej {max_length} znaków",
    "string_too_short": "oczekiwano co najmniej {min_length} znaków",
    "string_pattern_mismatch": "oczekiwano tekstu w postaci {pattern}",
    "bool_parsing": "oczekiwano true albo false",
    "bool_type": "oczekiwano true albo false",
    "date_from_datetime_parsing": "oczekiwano dnia w postaci RRRR-MM-DD",
    "date_parsing": "oczekiwano dnia w postaci RRRR-MM-DD",
    "date_type": "oczekiwano dnia w postaci RRRR-MM-DD",
    "date_from_datetime_inexact": "oczekiwano dnia bez godziny",
    "greater_than_equal": "oczekiwano liczby nie mniejszej niż {ge}",
    "greater_than": "oczekiwano liczby większej niż {gt}",
    "less_than_equal": "oczekiwano liczby nie większej niż {le}",
    "less_than": "oczekiwano liczby mniejszej niż {lt}",
    "literal_error": "oczekiwano jednej z wartości: {expected}",
    "enum": "oczekiwano jednej z wartości: {expected}",
    "json_invalid": "to nie jest poprawny JSON",
    "extra_forbidden": "nieznane pole",
    "list_type": "oczekiwano listy",
    "dict_type": "oczekiwano obiektu",
    "model_attributes_type": "oczekiwano obiektu",
}


def input_fault(fault: dict) -> str:
    """The sentence for one fault."""
    expected = _EXPECTED.get(fault["type"], "wartość jest nieprawidłowa").format_map(_Facts(fault.get("ctx") or {}))
    return f"{expected[:1].upper()}{expected[1:]}."


class _Facts(dict):
    def __missing__(self, name: str) -> str:
        return "…"
