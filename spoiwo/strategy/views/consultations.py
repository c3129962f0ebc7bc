"""Consultations as everybody may read them, and the form for remarks: no account, no name of a resident."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.doors.once import given_back, once
from spoiwo.strategy.domain import versions
from spoiwo.strategy.domain.remarks import Phase
from spoiwo.strategy.errors import NotInTerm, TooManyRemarks
from spoiwo.strategy.forms.consultations import RemarkForm
from spoiwo.strategy.models import Consultation, Remark
from spoiwo.strategy.services import consultations as service
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.updating import phase_of


def opened_or_404(pk: int) -> Consultation:
    """A consultation that has opened, or "not found": a draft to come is shown to nobody."""
    return get_object_or_404(service.shown_to_the_public(current_region(), timezone.localdate()), pk=pk)


@audience(PUBLIC)
@require_safe
def consultation_list(request: HttpRequest) -> HttpResponse:
    """Consultations of the region, the latest first."""
    today = timezone.localdate()
    rows = service.counted(service.shown_to_the_public(current_region(), today))
    rows = [{"consultation": row, "phase": phase_of(row, today)} for row in rows]
    return render(request, "strategy/consultations/list.html", {"rows": rows})


@audience(PUBLIC)
@require_safe
def consultation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: what would change, how to send a remark, and its report once published."""
    row = opened_or_404(pk)
    context = {
        "consultation": row,
        "version": row.strategy_version,
        "phase": phase_of(row, timezone.localdate()),
        "report": row.report,
    }
    return render(request, "strategy/consultations/page.html", context)


@audience(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def remark_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a remark. Works without a script; the only cookie is the one that guards the form."""
    row, today = opened_or_404(pk), timezone.localdate()
    if phase_of(row, today) != Phase.OPEN:
        return given_back(redirect("consultations:consultation", pk=pk))
    elements = _elements(row)
    begun = {"element": request.GET.get("miejsce", "")}
    places = service.offices(current_region(), today)
    form = RemarkForm(request.POST or None, places=places, elements=elements, initial=begun)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            remark, status = _received(request, row, form, today)
            if remark:
                return redirect("consultations:receipt", pk=pk, key=remark.key)
    context = {"consultation": row, "form": form}
    return render(request, "strategy/consultations/remark_form.html", context, status=status)


def _elements(row: Consultation) -> list[tuple[str, str]]:
    changes = versions.diff(row.strategy_version.base, row.document)
    return list({change.ref: (change.ref, change.label) for change in changes}.values())


def _received(request: HttpRequest, row: Consultation, form: RemarkForm, today) -> tuple[Remark | None, int]:
    """The remark that was taken, or nothing and the status that says why; the reason stands in the form."""
    values = {name: form.cleaned_data[name] for name in ("element", "text", "sender_kind", "place", "sender")}
    connection = get_adapter(request).get_client_ip(request)
    try:
        remark = service.receive_remark(
            consultation=row, key="", **values, connection=connection, now=timezone.now(), on=today
        )
    except TooManyRemarks:
        form.add_error(None, _("Many remarks came from your connection within an hour. Send this one a little later."))
        return None, 429
    except NotInTerm:
        form.add_error(None, _("The term for remarks has ended. Nothing was saved."))
        return None, 409
    return remark, 302


@audience(PUBLIC)
@never_cache
@require_safe
def receipt(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The receipt of one remark, for who holds its address: number, time, text, later the answer."""
    remark = (
        Remark.objects.filter(consultation=opened_or_404(pk), key=key).select_related("consultation", "place").first()
    )
    if remark is None:
        raise Http404
    context = {"remark": remark, "consultation": remark.consultation, "number": service.number_of(remark)}
    return render(request, "strategy/consultations/receipt.html", context)
