"""Named refusals of the room; each says in `facts` what the sentence on the screen needs."""


class UpkeepRefused(Exception):
    """Something was not done; nothing is half done. `facts` fill the sentence that a person reads."""

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts


class NoRecipients(UpkeepRefused):
    """A backup is encrypted for somebody, or is plain because somebody said so."""


class WrongRecipient(UpkeepRefused):
    """`text` is not a public key of age."""


class KeysHaveNoPlace(UpkeepRefused):
    """There are keys of protected values, and nobody said where their copy goes; never beside the database's."""


class AlreadyRunning(UpkeepRefused):
    """Another process does the same thing now."""


class ToolMissing(UpkeepRefused):
    """A program that belongs to PostgreSQL is not on this machine; `name`."""


class ToolFailed(UpkeepRefused):
    """A program of PostgreSQL refused; `name`, `words`."""


class NotAnArchive(UpkeepRefused):
    """The file is not a backup of this house, or is cut off; `name`."""


class WrongIdentity(UpkeepRefused):
    """The private key does not open the archive; `name`."""


class Damaged(UpkeepRefused):
    """A file in the archive has another digest than its list says; `name`."""


class NewerFormat(UpkeepRefused):
    """The archive was made by a newer release than this one; `found`, `known`."""


class KeysNotWhole(UpkeepRefused):
    """The keys here do not open this database, so their last good copy is not written over; `problem`."""


class NotEmpty(UpkeepRefused):
    """There is something in the place where the backup should go; `place`."""


class WrongEngine(UpkeepRefused):
    """A backup of one database cannot go into the other; `made_on`, `place`."""


class NoSpace(UpkeepRefused):
    """There is less room on the disk than the copy needs; `place`, `wanted`, `free`."""


class Busy(UpkeepRefused):
    """Work did not end within the patience of who waits; `seconds`."""


class InMaintenance(UpkeepRefused):
    """The house is closed for maintenance; commands that write wait."""


class SnapshotFailed(UpkeepRefused):
    """The copy of the public pages is not whole, and the one before still stands; `words`."""


class UpgradeFailed(UpkeepRefused):
    """The upgrade did not hold and the state before is back; `step`, `words`."""
