"""Closing the months of a year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import given_back, once
from spoiwo.ledger.domain.periods import MONTHS as NUMBERS
from spoiwo.ledger.domain.periods import last_day, next_to_close
from spoiwo.ledger.errors import MonthNotOver, NotTheNextMonth
from spoiwo.ledger.services.closing import close_month, closed_months_now, month_totals
from spoiwo.ledger.views.entries import year_facts, year_or_404


@audience(may("ledger.view_year"))
@require_safe
def closing_page(request: HttpRequest, year: int) -> HttpResponse:
    """What each month holds, which are closed, and what was entered into them since."""
    row, today = year_or_404(year), localdate()
    closed = closed_months_now(row)
    totals, following = month_totals(row), next_to_close(closed)
    months = [
        {
            "number": number,
            "name": MONTHS[number],
            "query": f"?miesiac={number}",
            "totals": totals[number],
            "closed": closed.get(number),
            "may_close": number == following and today > last_day(row.year, number),
        }
        for number in NUMBERS
    ]
    return render(request, "ledger/closing_page.html", year_facts(row) | {"months": months})


@audience(may("ledger.close_period"))
@require_POST
@once
def month_close(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Close one month."""
    row = year_or_404(year)
    try:
        close_month(year=row, month=month, today=localdate(), by=request.user)
        messages.success(request, _("The month is closed. It takes only corrections now."))
        return redirect("plan:closing", year=row.year)
    except NotTheNextMonth as problem:
        words = _("Months are closed in order. The next one is: %(month)s.")
        every = _("All months of this year are closed.")
        messages.error(request, words % {"month": MONTHS[problem.expected]} if problem.expected else every)
    except MonthNotOver:
        messages.error(request, _("This month is not over yet."))
    return given_back(redirect("plan:closing", year=row.year))
