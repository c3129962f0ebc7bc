"""Terms of the legal year in words: `{% load duties %}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.strategy.domain.duties import State, Term
from spoiwo.ui.templatetags.ui import status_tag

register = template.Library()


@register.filter
def days_left(term: Term) -> str:
    """How far the day is: "3 days", "today", "5 days ago"."""
    days = term.days_left
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return ngettext("%(n)d day ago", "%(n)d days ago", -days) % {"n": -days}


@register.simple_tag
def duty_state(due) -> str:
    """The state of a duty as a tag: shape, word and colour."""
    match due.state:
        case State.DONE:
            return status_tag("good", _("done"))
        case State.LATE:
            return status_tag("bad", _("not marked as done"))
        case State.SOON:
            return status_tag("warn", _("soon"), "clock")
        case _ahead:
            return status_tag("calm", _("ahead"))
