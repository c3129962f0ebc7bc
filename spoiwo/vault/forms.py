"""What the pages of data protection ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import Privacy
from spoiwo.vault.services.inventory import Column

CLASSES = {
    Privacy.PUBLIC: _("public"),
    Privacy.INTERNAL: _("internal"),
    Privacy.PERSONAL: _("personal"),
    Privacy.SPECIAL: _("specially protected"),
    Privacy.SECRET: _("secret"),
}


class ColumnFilter(forms.Form):
    """Words and a class."""

    q = forms.CharField(label=_("Table or field"), required=False, max_length=100)
    privacy = forms.ChoiceField(label=_("Class"), required=False, choices=[("", _("all")), *CLASSES.items()])

    def narrow(self, rows: list[Column]) -> list[Column]:
        """Keep the columns asked for; a wrong field narrows nothing and says so."""
        if not self.is_valid():
            return rows
        words, privacy = self.cleaned_data["q"].casefold(), self.cleaned_data["privacy"]
        return [row for row in rows if words in _told(row) and privacy in {"", row.privacy}]


def _told(row: Column) -> str:
    return f"{row.model} {row.title} {row.field} {row.words}".casefold()


class PersonForm(forms.Form):
    """Whose data, and why they are given out."""

    email = forms.EmailField(label=_("E-mail of the person"), required=False, max_length=254)
    subject = forms.UUIDField(label=_("Person of the protected register"), required=False)
    purpose = forms.CharField(label=_("Purpose"), max_length=300)

    def clean(self):
        """One of the two says whose data are sought."""
        found = super().clean()
        if not self.errors and not (found.get("email") or found.get("subject")):
            self.add_error(
                "email", _("Nobody is named: type the e-mail address, or the number from the protected register.")
            )
        return found
