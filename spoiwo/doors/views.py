"""Letters of the office, as a page; their audience is declared in the room above that knows permissions."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from spoiwo.doors.domain.letters import LetterState
from spoiwo.doors.errors import LetterChanged
from spoiwo.doors.forms import LetterFilter
from spoiwo.doors.letters import mail_is_set_up, try_again
from spoiwo.doors.models import Letter
from spoiwo.doors.once import repeatable

PAGE = 50
COUNTED = {  # of many
    LetterState.WAITING: pgettext_lazy("letters", "waiting"),
    LetterState.SENDING: pgettext_lazy("letters", "in hand"),
    LetterState.SENT: pgettext_lazy("letters", "sent"),
    LetterState.FAILED: pgettext_lazy("letters", "not sent"),
    LetterState.EXPIRED: pgettext_lazy("letters", "out of date"),
}


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """Letters that wait, were sent or were not, the newest first: never an address, never a text."""
    form = LetterFilter(request.GET or None)
    counts = dict(Letter.objects.order_by().values_list("state").annotate(n=Count("pk")))
    rows = form.narrow(Letter.objects.select_related("by"))
    context = {
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("strona")),
        "counts": [(words, counts.get(state, 0), state) for state, words in COUNTED.items()],
        "set_up": mail_is_set_up(),
    }
    return render(request, "doors/letter_list.html", context)


@require_POST
@repeatable("a letter that waits goes on waiting")
def letter_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a letter that was not sent back among those that wait."""
    letter = get_object_or_404(Letter, uid=uid)
    try:
        try_again(letter=letter, by=request.user, now=timezone.now())
    except LetterChanged:
        messages.error(request, _("This letter is no longer one that can be tried again."))
    else:
        messages.success(request, _("The letter waits for sending again."))
    return redirect("doors:letters")
