"""The weekly review of readings: the weeks, one week with what the rules found, the entries of one find, signing."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from spoiwo.audit.domain.reviews import Hit, Kind, Week, digest_of, read_week, week_of
from spoiwo.audit.errors import AlreadySigned, HitsChanged, WeekNotOver
from spoiwo.audit.forms import SignForm
from spoiwo.audit.models import Record, Refusal, Review
from spoiwo.audit.services.reviews import (
    events_of,
    find_hits,
    first_week,
    is_whole,
    sign_review,
    signed_hits,
    weeks_to_sign,
)

PAGE, SHOWN = 26, 200
SIGN = "audit.sign_review"


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    """Weeks that wait for a signature, and those that have one."""
    today = timezone.localdate()
    waiting = [(week, week.is_overdue(today)) for week in reversed(weeks_to_sign(today))]
    page = Paginator(Review.objects.all(), PAGE).get_page(request.GET.get("strona"))
    signed = [(read_week(review.week), review) for review in page.object_list]
    context = {"waiting": waiting, "signed": signed, "page": page, "this_week": week_of(today)}
    return render(request, "audit/review_list.html", context)


@require_safe
def review_page(request: HttpRequest, week: str) -> HttpResponse:
    """What the rules found in a week; how it was signed, or the form to sign it."""
    return _shown(request, _week_or_404(week), SignForm())


@require_POST
def review_sign(request: HttpRequest, week: str) -> HttpResponse:
    """Sign a week with words; what changed since it was looked at is shown first."""
    found, form = _week_or_404(week), SignForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    try:
        sign_review(week=found, **form.cleaned_data, by=request.user, now=timezone.now())
    except HitsChanged:
        return _shown(request, found, form, status=409)
    except WeekNotOver:
        form.add_error(None, _("This week is not over yet. It can be signed from Monday."))
        return _shown(request, found, form, status=422)
    except AlreadySigned as problem:
        messages.info(request, _("This week was signed before, by %(who)s.") % {"who": problem.args[0]})
    else:
        messages.success(request, _("The review of the week is signed."))
    return redirect("audit:review", week=found.code)


@require_safe
def review_hit(request: HttpRequest, week: str, hit: str) -> HttpResponse:
    """The entries that one find is made of."""
    found = _week_or_404(week)
    review = Review.objects.filter(week=found.code).first()
    hits = signed_hits(review) if review else find_hits(found)
    chosen = next((one for one in hits if one.key == hit), None)
    if chosen is None:
        raise Http404
    records = Record.objects.filter(sequence__in=chosen.sequences[:SHOWN]).order_by("sequence")
    context = {"week": found, "hit": chosen, "records": records, "more": max(len(chosen.sequences) - SHOWN, 0)}
    return render(request, "audit/review_hit.html", context)


def _week_or_404(code: str) -> Week:
    """A week in which something could have been read. Raises: Http404."""
    try:
        week = read_week(code)
    except ValueError:
        raise Http404 from None
    first = first_week()
    if first is None or not first.first <= week.first <= week_of(timezone.localdate()).first:
        raise Http404
    return week


def _shown(request: HttpRequest, week: Week, form: SignForm, status: int = 200) -> HttpResponse:
    review = Review.objects.filter(week=week.code).first()
    hits = signed_hits(review) if review else find_hits(week)
    digest, today = digest_of(hits), timezone.localdate()
    context = {
        "week": week,
        "around": _around(week, today),
        "review": review,
        "broken": bool(review) and not is_whole(review),
        "digest": digest,
        "groups": grouped(hits),
        "count": len(hits),
        "tried": _tried(week),
        "form": form,
        "changed": status == 409,
        "over": today > week.last,
        "overdue": week.is_overdue(today),
        "may_sign": request.user.has_perm(SIGN),
        "own": any(hit.by_id == request.user.pk for hit in hits),
    }
    return render(request, "audit/review_page.html", context, status=status)


def _around(week: Week, today: date) -> list[Week]:
    """The week before and the week after, as far as there are reviews of them."""
    first, last = first_week().first, week_of(today).first
    near = [week_of(week.first + timedelta(days=days)) for days in (-7, 7)]
    return [other for other in near if first <= other.first <= last]


def grouped(hits: list[Hit]) -> list[tuple[str, list[Hit]]]:
    """Finds under their rules, in the order of the rules."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.rule, []).append(hit)
    return list(groups.items())


def _tried(week: Week) -> dict[str, int]:
    """How much there was to look through, by kinds."""
    events = events_of(week)
    people = {event.by_id for event in events if event.kind in (Kind.READING, Kind.LISTING)}
    refused = Refusal.objects.filter(day__range=(week.first, week.last)).aggregate(times=Sum("count"))["times"] or 0
    counted = {kind.value: sum(event.kind is kind for event in events) for kind in Kind}
    return counted | {"people": len(people), "refused": refused}
