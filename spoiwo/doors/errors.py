"""What the doors refuse."""


class LetterRefused(ValueError):
    """A letter that must not be written: `part` of it and what was `expected`; its text is not repeated."""

    def __init__(self, part: str, expected: str) -> None:
        super().__init__(f"{part}: expected {expected}")
        self.part, self.expected = part, expected


class LetterChanged(Exception):
    """The letter is no longer where the page showed it: somebody tried again, or it was sent."""


class FileRefused(Exception):
    """A file that is not taken, or not handed out: what was `found` and what is `expected`, in Polish."""

    def __init__(self, code: str, found: str, expected: str) -> None:
        super().__init__(f"znaleziono {found}; oczekiwano: {expected}")
        self.code, self.found, self.expected = code, found, expected


class FileDamaged(Exception):
    """A kept file is gone, or its content has another fingerprint."""


class ExportRefused(Exception):
    """An export that its declaration does not allow."""
