"""Files of the accounting system, codes, questions and papers, checked field by field."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.doors.domain.files import ENDINGS
from spoiwo.doors.domain.limits import PACKAGE_BYTES
from spoiwo.doors.fields import UploadField
from spoiwo.ledger.domain.books import COLUMNS, CONSTANTS, SIGNS, Mapping
from spoiwo.ledger.domain.classification import Rule
from spoiwo.ledger.models import CodeKind, FiscalYear, Source
from spoiwo.ledger.questions import TITLES
from spoiwo.strategy.models import Programme

MONTHS = (
    *((1, _("January")), (2, _("February")), (3, _("March")), (4, _("April")), (5, _("May")), (6, _("June"))),
    *((7, _("July")), (8, _("August")), (9, _("September")), (10, _("October")), (11, _("November"))),
    (12, _("December")),
)
COLUMN_LABELS = {
    "key": _("Number of the record"),
    "date": _("Date of payment"),
    "document": _("Document"),
    "description": _("Description"),
    "classification": _("Classification in one column"),
    "division": _("Division"),
    "chapter": _("Chapter"),
    "paragraph": _("Paragraph"),
    "amount": _("Amount"),
    "debit": _("Debit"),
    "credit": _("Credit"),
    "source": _("Source"),
    "programme": _("Programme"),
    "task": _("Task"),
    "recipient": _("Recipient"),
}
SIGN_LABELS = {
    "plus": _("one column, a payment is above zero"),
    "minus": _("one column, a payment is below zero"),
    "debit": _("two columns, a payment stands under debit"),
    "credit": _("two columns, a payment stands under credit"),
}


class BooksForm(forms.Form):
    """A file of the accounting system and the year it belongs to."""

    year = forms.ModelChoiceField(
        label=_("Year"), queryset=FiscalYear.objects.none(), error_messages={"required": _("Choose the year.")}
    )
    file = UploadField(
        label=_("File of the accounting system"),
        help_text=_("CSV or an XLSX workbook with one sheet; headings in the first row; at most 50 MB."),
        largest=PACKAGE_BYTES,
        endings=("csv", "xlsx"),
    )

    def __init__(self, *args, region: str) -> None:
        super().__init__(*args)
        self.fields["year"].queryset = FiscalYear.objects.of_region(region)
        self.fields["year"].empty_label = "–"


class MappingForm(forms.Form):
    """Which heading of the file means what."""

    name = forms.CharField(
        label=_("Name of the mapping"),
        help_text=_("Under this name it is remembered and offered for files with the same headings."),
        max_length=120,
        error_messages={"required": _("Name the mapping, for example after the accounting system.")},
    )
    signs = forms.ChoiceField(
        label=_("What a payment looks like"), choices=list(SIGN_LABELS.items()), widget=forms.RadioSelect
    )
    all_source = forms.ChoiceField(label=_("Source of all rows"), required=False)
    all_programme = forms.ChoiceField(label=_("Programme of all rows"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    columns = ("signs", *COLUMNS, *(f"all_{name}" for name in CONSTANTS))

    def __init__(self, data=None, *, header: Sequence[str], year: FiscalYear, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)
        headings = [("", "–"), *((heading, heading) for heading in dict.fromkeys(header) if heading.strip())]
        for name in COLUMNS:
            self.fields[name] = forms.ChoiceField(label=COLUMN_LABELS[name], choices=headings, required=False)
        sources = Source.objects.filter(region=year.region)
        programmes = Programme.objects.filter(strategy=year.strategy_id)
        self.fields["all_source"].choices = [("", "–"), *((row.code, row.name) for row in sources)]
        self.fields["all_programme"].choices = [("", "–"), *((row.code, row.titled) for row in programmes)]

    @property
    def bound_columns(self) -> list:
        """The fields of our columns, bound."""
        return [self[name] for name in COLUMNS]

    def clean(self) -> dict:
        """What cannot be missing is there; one heading means one thing."""
        data = super().clean()
        if self.errors:
            return data
        for name in self.mapping().missing():
            below = _("Choose the column of the file, or below one source for all rows.")
            self.add_error(name, below if name in CONSTANTS else _("Choose the column of the file."))
        used: dict[str, str] = {}
        for name in COLUMNS:
            heading = data.get(name)
            if heading and used.setdefault(heading, name) != name:
                self.add_error(name, _("This column already means something else."))
        return data

    def mapping(self) -> Mapping:
        """The mapping as the rules need it."""
        data = self.cleaned_data
        columns = {name: data[name] for name in COLUMNS if data.get(name)}
        return Mapping(columns, data["signs"], {name: data[f"all_{name}"] for name in CONSTANTS})


def mapping_initial(mapping: Mapping) -> dict:
    """A mapping as the first values of its form."""
    signs = mapping.signs if mapping.signs in SIGNS else "plus"
    constants = {f"all_{name}": mapping.constants.get(name, "") for name in CONSTANTS}
    return {**mapping.columns, "signs": signs, **constants}


class StatementForm(forms.Form):
    """A statement by classification, as of the end of a month."""

    month = forms.TypedChoiceField(label=_("As of the end of"), choices=MONTHS, coerce=int, initial=12)
    file = UploadField(
        label=_("Statement"),
        help_text=_("CSV or XLSX shaped like Rb-28S: division, chapter, paragraph, plan, commitments, spending."),
        largest=PACKAGE_BYTES,
        endings=("csv", "xlsx"),
    )


class PaperForm(forms.Form):
    """A file of a document."""

    file = UploadField(
        label=_("File"),
        help_text=_(
            "PDF, PNG, JPEG, DOCX, XLSX, CSV or TXT; at most 20 MB. Data on the author, the place and the programme"
            " are taken out; a signed file stays as it is."
        ),
        endings=ENDINGS,
    )


class DocumentFilter(forms.Form):
    """Narrowing a year's documents."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)


class CodeFilter(forms.Form):
    """Narrowing the table of codes."""

    rodzaj = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *CodeKind.choices])
    q = forms.CharField(label=_("Code or name"), required=False, max_length=100)
    dzien = forms.DateField(label=_("Valid on"), required=False, input_formats=["%d.%m.%Y", "%Y-%m-%d"])


class QuestionFilter(forms.Form):
    """Narrowing the questions."""

    stan = forms.ChoiceField(label=_("State"), required=False)
    rok = forms.ChoiceField(label=_("Year"), required=False)
    regula = forms.ChoiceField(label=_("Question"), required=False)

    def __init__(self, data, *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["stan"].choices = [("", _("waiting")), ("odpowiedziane", _("answered")), ("wszystkie", _("All"))]
        self.fields["rok"].choices = [("", _("All")), *((str(year), str(year)) for year in years)]
        self.fields["regula"].choices = [("", _("All")), *((str(rule), TITLES[rule]) for rule in Rule)]


class AnswerForm(forms.Form):
    """One written answer to the questions that were ticked."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Why the line is right, or what will be corrected. It stays with the line."),
        widget=forms.Textarea,
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Write the answer."),
            "min_length": _("Write the answer in at least ten characters."),
        },
    )

    def __init__(self, data=None, *, ticked: Sequence[str] = ()) -> None:
        super().__init__(data)
        self.ticked = list(dict.fromkeys(ticked))

    def clean(self) -> dict:
        """At least one question is ticked."""
        if not self.ticked:
            self.add_error("answer", _("Tick the questions that you answer."))
        return super().clean()
