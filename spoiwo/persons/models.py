"""Persons, who runs their cases, their papers, and requests to erase them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.organisations.models import Organisation
from spoiwo.persons.domain.ages import Band, band_on
from spoiwo.persons.domain.grounds import Basis, Ground, Purpose
from spoiwo.persons.querysets import CaseworkerQuerySet, ErasureQuerySet, PersonQuerySet
from spoiwo.vault.fields import IndexField, SealedField
from spoiwo.vault.models import ProtectedModel

BASES = {
    Basis.FOSTER_CARE.value: _("foster care"),
    Basis.LEAVING_CARE.value: _("leaving foster care"),
    Basis.VIOLENCE.value: _("help against domestic violence"),
    Basis.SUPPORT.value: _("social help and support"),
    Basis.OTHER.value: _("another task of the unit"),
}
PURPOSES = {
    Purpose.CASE.value: _("I run this person's case"),
    Purpose.CONTACT.value: _("contact with the person or the family"),
    Purpose.REQUEST.value: _("a request of the person"),
    Purpose.URGENT.value: _("help at once, danger"),
    Purpose.COURT.value: _("a letter of a court or to a court"),
    Purpose.OTHER_BODY.value: _("data for another body (say which)"),
    Purpose.INSPECTION.value: _("inspection of the unit"),
    Purpose.CORRECTION.value: _("correction of the data"),
    Purpose.OTHER.value: _("another purpose (say which)"),
}
GROUNDS = {
    Ground.TIME_OVER.value: _("the time of keeping is over"),
    Ground.MISTAKE.value: _("entered by mistake"),
    Ground.OBJECTION.value: _("a request of the person that was upheld"),
    Ground.ORDER.value: _("an order of a court or an authority"),
}
PAPER_KINDS = {
    "court": _("court order"),
    "opinion": _("opinion or certificate"),
    "interview": _("interview or plan"),
    "request": _("request or letter"),
    "other": _("other paper"),
}
NAMES = ("first_name", "last_name", "pesel", "born_on", "address", "contact", "notes")
GUARDED = ("address", "contact")  # of a shielded person: where they can be found
FIELDS = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "pesel": _("PESEL"),
    "born_on": _("Born on"),
    "address": _("Address"),
    "contact": _("Telephone and contact"),
    "notes": _("Notes"),
    "papers": _("Paper"),
    "since": _("In the register since"),
    "basis": _("Ground of keeping"),
    "shielded": _("Shielded address"),
}


@classified(
    internal="uid subject unit case_number basis since closed_on keep_until version created_at created_by changed_at "
    "changed_by erased_on invented",
    personal="birth_year birth_month shielded pesel_index last_name_index",
    special="first_name last_name pesel born_on address contact notes",
)
class Person(ProtectedModel):
    """One person whose data one unit keeps. What tells who they are is sealed; the rest is known by the case number.

    A row is never deleted: after an erasure it says only that there was one. `shielded`: the address is hidden on
    purpose, and only caseworkers of this person may open the data.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="persons", verbose_name=_("unit"))
    case_number = models.CharField(_("case number"), max_length=40, unique=True)
    first_name = SealedField()
    last_name = SealedField(indexed=True)
    last_name_index = IndexField(db_index=True)
    pesel = SealedField(indexed=True)
    pesel_index = IndexField(db_index=True)
    born_on = SealedField()
    address = SealedField()
    contact = SealedField()
    notes = SealedField()
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    shielded = models.BooleanField(_("shielded address"), default=False)
    basis = models.CharField(_("ground of keeping"), max_length=20, choices=BASES.items())
    since = models.DateField(_("in the register since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    keep_until = models.DateField(_("kept until"), null=True, blank=True)
    erased_on = models.DateField(_("erased on"), null=True, blank=True)
    invented = models.BooleanField(_("invented"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("entered"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "case_number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("since")), name="person_closed_after_the_first_day"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, keep_until=None)
                | Q(closed_on__isnull=False, keep_until__isnull=False, keep_until__gte=F("closed_on")),
                name="person_kept_at_least_to_the_closing",
            ),
            models.CheckConstraint(
                condition=Q(birth_month=None, birth_year=None)
                | Q(birth_year__isnull=False, birth_month__isnull=False, birth_month__range=(1, 12)),
                name="person_month_of_birth_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    def band_on(self, day: date) -> Band | None:
        """The band of ages on a day."""
        return band_on(day, year=self.birth_year, month=self.birth_month)

    @property
    def guarded(self) -> tuple[str, ...]:
        """The fields that are opened apart, after signing in once more."""
        return GUARDED if self.shielded else ()

    @property
    def open_together(self) -> list[str]:
        """The fields that are opened with the person."""
        return [name for name in NAMES if name not in self.guarded]


@classified(internal="person user since ended_on")
class Caseworker(models.Model):
    """Somebody of the unit who runs a person's case; from `ended_on` on no longer."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="caseworkers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases", verbose_name=_("caseworker")
    )
    since = models.DateField(_("since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    objects = CaseworkerQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")), name="caseworker_ends_after_the_beginning"
            ),
            models.UniqueConstraint(fields=["person", "user"], condition=Q(ended_on=None), name="caseworker_runs_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.user}"


@classified(internal="uid subject person kind media_type size stored_as added_at added_by", secret="file_key")  # noqa: S106 - the name of a field
class Paper(ProtectedModel):
    """A scan, sealed under a key of its own and kept outside the web root.

    The key is a sealed value of the person: it goes with the person, and a new key of the person leaves the file as it
    is. `stored_as` is the SHA-256 of the sealed bytes, so it tells nothing of the content; empty once the file is gone.
    """

    file_key = SealedField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=PAPER_KINDS.items())
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    stored_as = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"


@classified(internal="person ground reason asked_at asked_by decided_at decided_by done answer")
class ErasureRequest(models.Model):
    """The unit asks to erase a person's data; the data-protection officer does it or says why not."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures")
    ground = models.CharField(_("ground"), max_length=20, choices=GROUNDS.items())
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done = models.BooleanField(_("erased"), default=False)
    answer = models.TextField(_("answer"), blank=True)
    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(decided_at=None), name="one_erasure_waits_for_a_decision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_ground_display()}"
