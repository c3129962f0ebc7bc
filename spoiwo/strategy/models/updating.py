"""How a strategy changes: versions of its tree, consultations, remarks and their answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.kernel.privacy import classified
from spoiwo.places.models import Place
from spoiwo.strategy.models.tree import Strategy


class VersionState(models.TextChoices):
    """Where a version of a strategy is on its way."""

    DRAFT = "draft", _("draft")
    CONSULTED = "consulted", _("in consultation")
    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNFINISHED = (VersionState.DRAFT, VersionState.CONSULTED)  # a version that can still change


@classified(
    public="strategy number title state content adopting_body resolution adopted_on binding_from",
    internal="based_on base written_at withdrawn_on created_by created_at version",
)
class StrategyVersion(models.Model):
    """The whole tree of a strategy as one document (`content`), adopted by a resolution from a day.

    `content`: {"goals": [...], "programmes": [...], "tasks": [...], "targets": [...]} (domain/versions.py).
    `base`: the tree as it stood when the draft was opened, so that the difference holds only what the draft changes.
    `written_at`: when an adopted version entered the tree, on its binding day or later.
    """

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="drafts")
    content = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    adopting_body = models.CharField(_("adopted by"), max_length=200, blank=True)
    resolution = models.CharField(_("resolution"), max_length=120, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    binding_from = models.DateField(_("binding from"), null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["strategy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["strategy"], condition=Q(state__in=["draft", "consulted"]), name="one_draft_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(binding_from__isnull=False), name="adopted_version_binds_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the version can still change."""
        return self.state in UNFINISHED


@classified(
    public="strategy_version title about opens_on closes_on document summary report published_at",
    internal="published_by version",
)
class Consultation(models.Model):
    """One consultation of a draft with the powiats and the public: form, term, remarks, report.

    `document`: the draft as it was put to consultation; later changes do not reach it. `report`: frozen when published.
    """

    strategy_version = models.OneToOneField(StrategyVersion, models.PROTECT, related_name="consultation")
    title = models.CharField(_("title"), max_length=300)
    about = models.TextField(_("what is asked"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    document = models.JSONField(default=dict)
    summary = models.TextField(_("summary of the report"), blank=True)
    report = models.JSONField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_closes_after_opening")
        ]

    def __str__(self) -> str:
        return self.title


class SenderKind(models.TextChoices):
    """On whose behalf a remark was sent. Of residents nothing but the remark is kept."""

    POWIAT = "powiat", _("powiat")
    GMINA = "gmina", _("gmina")
    NGO = "ngo", _("non-governmental organisation")
    INSTITUTION = "institution", _("institution or council")
    RESIDENT = "resident", _("resident")


class Decision(models.TextChoices):
    """What the office did with a remark."""

    ACCEPTED = "accepted", pgettext_lazy("a remark", "accepted")
    PARTLY = "partly", _("accepted in part")
    REJECTED = "rejected", _("not accepted")
    NOTED = "noted", _("not about the draft")


@classified(
    public="consultation sender_kind place element element_label decision answer",
    internal="key received_at answered_at answered_by version",
    personal="sender text",
)
class Remark(models.Model):
    """One remark to one place of the draft, and its answer."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="remarks")
    key = models.CharField(max_length=40, unique=True)
    sender_kind = models.CharField(_("sender"), max_length=12, choices=SenderKind.choices)
    sender = models.CharField(_("name of the office or organisation"), max_length=200, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="remarks")
    element = models.CharField(_("place in the draft"), max_length=80, blank=True)
    element_label = models.CharField(max_length=400, blank=True)
    text = models.TextField(_("remark"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", answer="", answered_at=None)
                | (~Q(decision="") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="remark_answered_wholly_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(sender_kind="resident") | Q(sender=""), name="a_resident_leaves_no_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.pk}"
