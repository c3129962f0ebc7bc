"""The record of deeds of a restored house, by itself and beside the heads that are kept elsewhere."""

from pathlib import Path

from django.utils.translation import gettext as _

from spoiwo.audit.errors import HousekeyBroken
from spoiwo.audit.services import chain_head, verify_chain
from spoiwo.audit.services.heads import read_heads
from spoiwo.audit.services.key import check_key
from spoiwo.upkeep.domain.proofs import Proof

SHOWN = 3


def chain_proofs(heads: Path | None = None) -> list[Proof]:
    """Whether the chain holds; with heads from outside also whether its end is there, and what is missing since.

    The chain holds without the key of the record too, heads do not; that it is missing is said in any case.
    """
    what = _("Record of changes")
    try:
        outside, problems = read_heads(heads) if heads else ([], [])
    except OSError:
        return [Proof(what, _("the file of heads cannot be read"), False)]
    except HousekeyBroken as problem:
        return [Proof(what, str(problem), False)]
    faults = problems + list(verify_chain(outside))
    if faults:
        return [Proof(what, " ".join(faults[:SHOWN]), False)]
    sequence, head = chain_head()
    words = _("whole: %(n)d entries, head %(head)s") % {"n": sequence, "head": head[:12]}
    if outside:
        words += "; " + _("heads from outside that agree: %(n)d") % {"n": len(outside)}
    try:
        check_key()
    except HousekeyBroken as problem:
        words += f". {problem}"
    return [Proof(what, words, True)]
