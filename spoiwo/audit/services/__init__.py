"""What the rooms above ask of the record: writing deeds and readings, telling them, checking their chain."""

from spoiwo.audit.services.history import grouped, latest_deeds
from spoiwo.audit.services.readings import Looked, record_reading, record_readings, who_looked
from spoiwo.audit.services.recording import OUTSIDER, Deed, Outsider, name_of, record, record_all
from spoiwo.audit.services.verifying import chain_head, verify_chain

__all__ = [
    "OUTSIDER", "Deed", "Looked", "Outsider", "chain_head", "grouped", "latest_deeds", "name_of", "record",
    "record_all", "record_reading", "record_readings", "verify_chain", "who_looked",
]  # fmt: skip
