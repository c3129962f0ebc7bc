"""The budget classification through time, and the questions that a line raises."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.ledger.models.lines import Entry, PlanEntry


class CodeKind(models.TextChoices):
    """Levels of the classification; the fourth digit of a paragraph has a table of its own."""

    DIVISION = "division", _("division")  # dział, three digits
    CHAPTER = "chapter", _("chapter")  # rozdział, five digits
    PARAGRAPH = "paragraph", _("paragraph")  # paragraf, three digits
    FOURTH_DIGIT = "fourth_digit", _("fourth digit")


@classified(public="kind code name valid_from valid_to")
class BudgetCode(models.Model):
    """One code of the classification with the days it is valid.

    Source: regulation of the Minister of Finance of 2 March 2010 (Dz.U. 2022 poz. 513, with later changes).
    """

    kind = models.CharField(_("kind"), max_length=12, choices=CodeKind.choices)
    code = models.CharField(_("code"), max_length=5)
    name = models.CharField(_("name"), max_length=400)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=Q(valid_from=None), name="budget_code_since_ever_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"], condition=Q(valid_from__isnull=False), name="budget_code_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="budget_code_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@classified(internal="entry plan_entry rule facts asked_at answer answered_at answered_by")
class LineQuestion(models.Model):
    """A mismatch within a line, put to the accountant: never mended by itself.

    `rule` names the rule of `domain/classification.py`, `facts` what it saw. Answered in writing, or withdrawn
    when the line no longer raises it.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="questions")
    plan_entry = models.ForeignKey(PlanEntry, models.CASCADE, null=True, blank=True, related_name="questions")
    rule = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "rule"], condition=Q(entry__isnull=False), name="question_of_an_entry_once"
            ),
            models.UniqueConstraint(
                fields=["plan_entry", "rule"], condition=Q(plan_entry__isnull=False), name="question_of_a_plan_once"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, plan_entry=None) | Q(entry=None, plan_entry__isnull=False),
                name="question_is_about_one_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.entry or self.plan_entry}"
