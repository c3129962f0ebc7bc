"""What a question asks, in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.domain.classification import SOURCES, Rule
from spoiwo.ledger.models import LineQuestion, SourceClass
from spoiwo.organisations.models import Kind

TITLES = {
    Rule.DIVISION: _("Chapter outside the divisions"),
    Rule.NOT_VALID: _("Code not valid on that day"),
    Rule.EU_DIGIT: _("Digit of EU money, other source"),
    Rule.EU_WITHOUT_DIGIT: _("EU source without its digit"),
    Rule.SHARE: _("National share from the EU"),
    Rule.NGO_RECIPIENT: _("Grant to whom?"),
    Rule.NGO_TWICE: _("One grant under two paragraphs"),
    Rule.STATE_GRANT: _("State grant, other source"),
}

SAYS = {
    Rule.DIVISION: _("Chapter %(chapter)s begins with no division of the table. A slip in the digits?"),
    Rule.NOT_VALID: _("Not valid on %(day)s: %(codes)s. Which code was meant?"),
    Rule.EU_DIGIT: _("Paragraph %(paragraph)s stands for EU money, the source of the line is: %(source)s."),
    Rule.EU_WITHOUT_DIGIT: _("The source is EU funds, paragraph %(paragraph)s has no digit 1, 7 or 8."),
    Rule.SHARE: _("Paragraph %(paragraph)s is the national share of a project, the source is EU funds."),
    Rule.NGO_RECIPIENT: _("Paragraph %(paragraph)s is for public-benefit bodies, the recipient is: %(recipient)s."),
    Rule.NGO_TWICE: _("Paragraph 236 and %(others)s for one document and recipient; money of 236 is not shown there."),
    Rule.STATE_GRANT: _("Paragraph %(paragraph)s is a grant of the state, the source of the line is: %(source)s."),
}
NO_RECIPIENT = _("Paragraph %(paragraph)s is for public-benefit bodies; the line names no recipient.")


def question_title(row: LineQuestion) -> str:
    """The question in a few words; one of a rule that is no more has its bare name."""
    return str(TITLES.get(row.rule, row.rule))


def question_source(row: LineQuestion) -> str:
    """The provision that the rule comes from."""
    return SOURCES.get(row.rule, "")


def question_says(row: LineQuestion) -> str:
    """The whole question, with what it saw."""
    facts = dict(row.facts)
    if "source" in facts:
        facts["source"] = _label(SourceClass, facts["source"])
    if facts.get("recipient"):
        facts["recipient"] = _label(Kind, facts["recipient"])
    if row.rule == Rule.NGO_RECIPIENT and not facts.get("recipient"):
        return str(NO_RECIPIENT) % facts
    if row.rule not in SAYS:
        return ", ".join(f"{name}: {value}" for name, value in facts.items())
    return str(SAYS[row.rule]) % facts


def _label(choices, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
