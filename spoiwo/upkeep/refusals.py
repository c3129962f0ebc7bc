"""Refusals of the room as one sentence for the person at the keyboard."""

from django.utils.translation import gettext as _

from spoiwo.upkeep import errors


def in_words(refusal: errors.UpkeepRefused) -> str:
    """What happened, and what to do."""
    return _SENTENCES[type(refusal)]() % refusal.facts


_SENTENCES = {
    errors.NoRecipients: lambda: _(
        "A backup is encrypted, and nobody is named who could open it. Name a public key with --recipient age1… or in "
        "SPOIWO_BACKUP_RECIPIENTS; for a trial on your own computer say --plain."
    ),
    errors.WrongRecipient: lambda: _("This is not a public key of age: %(text)s. It begins with age1."),
    errors.KeysHaveNoPlace: lambda: _(
        "Protected values need their keys. They are kept apart from the database: name another place for them "
        "(--keys-to of a backup, --keys of restoring), not in one folder with the backups, or say --without-keys."
    ),
    errors.KeysNotWhole: lambda: _(
        "The keys here do not open the whole database (%(problem)s). No backup was made, so that the last good copy of "
        "the keys stays. Put the keys right first; the database alone is saved with --without-keys."
    ),
    errors.AlreadyRunning: lambda: _("Another process does this now (%(job)s). Wait until it ends."),
    errors.ToolMissing: lambda: _(
        "The program %(name)s of PostgreSQL is not on this machine; install postgresql-client."
    ),
    errors.ToolFailed: lambda: _("%(name)s refused: %(words)s"),
    errors.NotAnArchive: lambda: _(
        "%(name)s is not a whole backup of Spoiwo: it is something else, or its end is missing."
    ),
    errors.WrongIdentity: lambda: _(
        "The private key does not open %(name)s. Give the file of the right one with --identity."
    ),
    errors.Damaged: lambda: _(
        "The file %(name)s in the backup is damaged: its digest differs. Take an earlier backup."
    ),
    errors.NewerFormat: lambda: _(
        "The backup was made by a newer release (form %(found)d, this one knows %(known)d). Install that release first."
    ),
    errors.NotEmpty: lambda: _("There is something in %(place)s already. Name an empty place, or say --replace."),
    errors.WrongEngine: lambda: _("The backup was made on %(made_on)s, and this place is %(place)s."),
    errors.NoSpace: lambda: _("Too little room in %(place)s: %(wanted)d bytes are needed, %(free)d are free."),
    errors.Busy: lambda: _(
        "Somebody is still at work after %(seconds)d seconds. Nothing was done; try again in a while."
    ),
    errors.InMaintenance: lambda: _("Work on the system is in progress: nothing is written now. Try again later."),
    errors.SnapshotFailed: lambda: _(
        "The copy of the public pages is not whole (%(words)s). The one before still stands."
    ),
    errors.UpgradeFailed: lambda: _(
        "The upgrade did not hold (%(step)s: %(words)s). The database is as it was before."
    ),
}
