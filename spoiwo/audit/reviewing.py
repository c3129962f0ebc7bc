"""The rules of the weekly review in words, each with its threshold."""

from django.utils.translation import gettext_lazy

from spoiwo.audit.domain.reviews import OPENED_WITHIN, RULES, WORK_BEGINS, WORK_ENDS
from spoiwo.audit.watching import signals

_WORDS = {
    "many-opened": (
        gettext_lazy("Many records in a day"),
        gettext_lazy("More than %(limit)d different records opened by one person in one day."),
    ),
    "after-hours": (
        gettext_lazy("After hours"),
        gettext_lazy("Opened before %(begins)d, from %(ends)d on, on a Saturday, a Sunday or a holiday."),
    ),
    "idle-searches": (
        gettext_lazy("Searches that led nowhere"),
        gettext_lazy("More than %(limit)d searches of one person in one day after which nothing was opened."),
    ),
    "exports": (gettext_lazy("Files taken out"), gettext_lazy("Protected data taken out as a file.")),
    "many-refusals": (
        gettext_lazy("Refused pages"),
        gettext_lazy("One person was refused protected pages more than %(limit)d times in one day."),
    ),
}
_LIMITS = {rule.code: rule.limit for rule in RULES}


def rule_in_words(code: str) -> tuple[str, str]:
    """The name of a rule and what it asks; a question of another room has only a name."""
    if code not in _WORDS:
        return next((str(signal.label) for signal in signals() if signal.code == code), code), ""
    name, said = _WORDS[code]
    return str(name), str(said) % {
        "limit": _LIMITS[code],
        "begins": WORK_BEGINS.hour,
        "ends": WORK_ENDS.hour,
        "minutes": OPENED_WITHIN.seconds // 60,
    }
