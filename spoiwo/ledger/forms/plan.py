"""The plan, commitments, their payment and return, corrections: one form for each deed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.forms.entries import PocketFilter
from spoiwo.ledger.forms.fields import AmountField, written_zl
from spoiwo.ledger.forms.lines import LineForm
from spoiwo.ledger.models import Entry, EntryKind, FiscalYear, PlanEntry, PlanKind
from spoiwo.ui.forms import DayField

DOCUMENT = {"list": "documents", "autocomplete": "off"}


class PlanLineForm(LineForm):
    """A line of the plan, of its change, or a commitment."""

    due_on = DayField(label=_("To be paid by"), required=False)
    columns = (
        *("programme", "task", "source", "amount_gr", "date", "description", "document"),
        *("chapter", "paragraph", "organisation", "case_sign", "due_on"),
    )

    def __init__(self, data=None, *, year: FiscalYear, kind: str, initial: dict | None = None) -> None:
        super().__init__(data, year=year, initial=initial or {})
        if kind == PlanKind.CHANGE:
            self.fields["amount_gr"] = AmountField(
                label=_("Amount"), signed=True, help_text=_("With a minus when the plan goes down")
            )
        if kind != PlanKind.COMMITMENT:
            del self.fields["due_on"]


class PartForm(forms.Form):
    """A part of a commitment that is paid or released, or a part of a payment that came back."""

    amount_gr = AmountField(label=_("Amount"))
    date = DayField(label=_("Date"), required=False)
    description = forms.CharField(
        label=_("Description"), max_length=300, error_messages={"required": _("Say what the money is for.")}
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        widget=forms.TextInput(attrs=DOCUMENT),
        error_messages={"required": _("Enter the number of the document.")},
    )
    case_sign = forms.CharField(label=_("Case sign"), max_length=60, required=False)

    def __init__(self, data=None, *, year: FiscalYear, line: Entry | PlanEntry, rest_gr: int) -> None:
        initial = {"case_sign": line.case_sign, "description": line.description, "document": line.document.name}
        super().__init__(data, initial=initial | {"amount_gr": written_zl(max(rest_gr, 0))})
        self.year = year

    clean_date = LineForm.clean_date


class CorrectionForm(LineForm):
    """A line taken back, and the right one beside it; or only taken back."""

    only_reverse = forms.BooleanField(label=_("Only take the line back, enter no other"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the line is corrected.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DayField(label=_("To be paid by"), required=False)
    columns = (
        *("programme", "task", "source", "amount_gr", "date", "description", "document"),
        *("chapter", "paragraph", "organisation", "case_sign", "due_on"),
    )

    def __init__(self, data=None, *, year: FiscalYear, line: Entry | PlanEntry) -> None:
        signed = isinstance(line, PlanEntry) and line.kind == PlanKind.CHANGE
        names = ("description", "date", "chapter", "paragraph", "case_sign")
        relations = ("programme", "task", "source", "organisation")
        initial = {name: getattr(line, name) for name in names}
        initial |= {name: getattr(line, f"{name}_id") for name in relations}
        initial |= {"amount_gr": written_zl(line.amount_gr if signed else abs(line.amount_gr))}
        initial |= {"document": line.document.name, "seen_version": line.version}
        initial["due_on"] = getattr(line, "due_on", None)
        super().__init__(data, year=year, initial=initial)
        self.of_payment = isinstance(line, Entry) and line.kind == EntryKind.PAYMENT
        if signed:
            self.fields["amount_gr"] = AmountField(label=_("Amount"), signed=True)
        if not isinstance(line, PlanEntry) or line.kind != PlanKind.COMMITMENT:
            del self.fields["due_on"]


class PlanFilter(PocketFilter):
    """Narrowing a year's lines of the plan and of commitments."""

    rodzaj = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data, *, year: FiscalYear) -> None:
        super().__init__(data, year=year, rows=year.plan_entries.all())
        self.fields["rodzaj"].choices = [("", _("All")), *PlanKind.choices]

    def narrow(self, rows):
        """Keep the lines asked for; a commitment brings its releases."""
        rows = super().narrow(rows)
        kind = self.cleaned_data.get("rodzaj") if self.is_bound and self.is_valid() else ""
        kinds = [kind, PlanKind.RELEASE] if kind == PlanKind.COMMITMENT else [kind]
        return rows.filter(kind__in=kinds) if kind else rows
