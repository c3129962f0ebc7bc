"""What the vault refuses."""


class VaultClosed(RuntimeError):
    """The keys are missing, are not those of this database, or cannot be read; nothing may be opened."""


class Erased(Exception):
    """The key of this person was destroyed: what was sealed with it cannot be opened by anybody."""


class PurposeMissing(ValueError):
    """Protected values are opened for a purpose, and none was given."""
