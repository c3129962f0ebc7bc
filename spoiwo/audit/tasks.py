"""What the record of deeds does every hour."""

from datetime import datetime

from spoiwo.audit.services.heads import export_head


def take_head_out(now: datetime) -> str:
    """Write the head of the chain outside the database; the first one of a day goes by letter too."""
    head = export_head(now=now)
    return f"Głowa dziennika: wpis {head.sequence}."
