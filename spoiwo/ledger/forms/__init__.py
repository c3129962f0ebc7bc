"""What comes into the ledger through the web, checked field by field."""

from spoiwo.ledger.forms.entries import EntryFilter, EntryForm
from spoiwo.ledger.forms.fields import PROBLEMS, AmountField
from spoiwo.ledger.forms.packages import PackageForm
from spoiwo.ledger.forms.plan import CorrectionForm, PartForm, PlanFilter, PlanLineForm
from spoiwo.ledger.forms.refusals import REFUSALS, say_refusal
from spoiwo.ledger.forms.settlements import ExplanationLines, ReasonForm, WithdrawForm
from spoiwo.ui.forms import DayField

__all__ = [
    "PROBLEMS",
    "REFUSALS",
    "AmountField",
    "CorrectionForm",
    "DayField",
    "EntryFilter",
    "EntryForm",
    "ExplanationLines",
    "PackageForm",
    "PartForm",
    "PlanFilter",
    "PlanLineForm",
    "ReasonForm",
    "WithdrawForm",
    "say_refusal",
]
