"""Answers to differences: a reason, and the lines of an explanation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.forms.fields import AmountField


class ReasonForm(forms.Form):
    """A written reason."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Write the reason; it is printed in the report."),
            "min_length": _("Write the reason in at least ten characters; it is printed in the report."),
        },
    )


class WithdrawForm(ReasonForm):
    """Why an answer is taken back, and which: its key stands for a version."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ExplanationLineForm(forms.Form):
    """One part of an explanation."""

    description = forms.CharField(label=_("What it was"), max_length=300, required=False)
    amount_gr = AmountField(label=_("Amount"), signed=True, required=False)
    document = forms.CharField(label=_("Document"), max_length=300, required=False)

    def clean(self) -> dict:
        """All three or none."""
        data = super().clean()
        names = ("description", "amount_gr", "document")
        given = [name for name in names if data.get(name) not in (None, "")]
        for name in names if given else ():
            if name not in given and name not in self.errors:
                self.add_error(name, _("Fill in all three fields of the line, or none."))
        return data

    @property
    def filled(self) -> bool:
        """Whether the line says something."""
        return bool(self.cleaned_data.get("description"))


ExplanationLines = forms.formset_factory(ExplanationLineForm, extra=3, max_num=12, absolute_max=12)
