"""What the vault refuses."""


class VaultClosed(RuntimeError):
    """The keys are missing, are not those of this database, or cannot be read; nothing may be opened."""


class KeysOfAnother(VaultClosed):
    """The keys that lie here are not those of this database."""


class Erased(Exception):
    """The key of this person was destroyed: what was sealed with it cannot be opened by anybody."""


class PurposeMissing(ValueError):
    """Protected values are opened for a purpose, and none was given."""


class StillUsed(Exception):
    """An old key cannot be dropped: `count` values still need it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class PaperWrong(ValueError):
    """A page of keys that was typed again does not agree: in a line, in a key, or as a whole."""

    def __init__(self, *, line: int = 0, key: str = "") -> None:
        super().__init__(line or key)
        self.line, self.key = line, key


class KeysAreThere(Exception):
    """Other master keys lie here already; they are never overwritten."""


class RuleUnconfirmed(Exception):
    """A period that nobody has confirmed is not applied unless it is asked for by its name."""


class NothingSought(ValueError):
    """Data of one person are sought by an e-mail address or by a person of the register, and neither was given."""
