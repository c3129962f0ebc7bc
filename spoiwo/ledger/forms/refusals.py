"""What the ledger's refusals say beside the field they concern."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from spoiwo.kernel.money import zl
from spoiwo.ledger import errors

REFUSALS = (errors.Exceeded, errors.OtherPocket, errors.PeriodClosed, errors.LineReversed, errors.ReasonMissing)


def say_refusal(form: forms.Form, problem: Exception) -> None:
    """Put a refusal by its field; the person reads by how much, and what to do."""
    name, words = said(problem, of_payment=getattr(form, "of_payment", False))
    form.add_error(name if name in form.fields else None, words)


def said(problem: Exception, *, of_payment: bool = False) -> tuple[str, str]:
    """The field that a refusal concerns, and its words."""
    over = {"over": zl(getattr(problem, "over_gr", 0))}
    match problem:
        case errors.PlanExceeded():
            words = _("This is %(over)s more than is left of the plan. Lower the amount or change the plan first.")
            return "amount_gr", words % over
        case errors.PlanBelowUse():
            words = _("The plan would be %(over)s below what is already promised or spent.")
            return "amount_gr", words % over
        case errors.CommitmentExceeded():
            return "amount_gr", _("The payments would be %(over)s above the commitment.") % over
        case errors.RefundAbovePayment() if of_payment:
            return "", _("%(over)s of this payment has already come back. Take the refund back first.") % over
        case errors.RefundAbovePayment():
            return "amount_gr", _("More would come back than was paid, by %(over)s.") % over
        case errors.PeriodClosed():
            words = _("A closed month: %(month)s. It takes only corrections, with a reason, by the treasurer.")
            return "date", words % {"month": str(MONTHS[problem.month]).lower()}
        case errors.ReasonMissing():
            return "reason", _("Say why the line is corrected.")
        case errors.LineReversed():
            return "", _("This line was taken back, or takes another back; it stays as it is.")
        case _other:
            words = _("Programme, task, source and classification must be those of the commitment or the payment.")
            return "commitment", words
