"""Standing in for people on leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.access.errors import OwnAccount, SamePerson, SubstitutionChained, SubstitutionDoubled, SubstitutionEnded
from spoiwo.access.forms.office import SubstitutionForm
from spoiwo.access.models import Substitution, User
from spoiwo.access.services.substitutions import begin_substitution, end_substitution
from spoiwo.doors.once import changes, once
from spoiwo.kernel.changes import ChangedMeanwhile

MANAGE = may("access.manage_accounts")
LAST_SHOWN = 100


@audience(MANAGE)
@require_safe
def substitution_list(request: HttpRequest) -> HttpResponse:
    """Substitutions: those in force or to come, then those that are over."""
    today = timezone.localdate()
    rows = Substitution.objects.select_related("absent", "substitute")
    context = {
        "today": today,
        "current": rows.open_on(today).order_by("since", "pk"),
        "over": rows.exclude(pk__in=rows.open_on(today).values("pk"))[:LAST_SHOWN],
    }
    return render(request, "access/accounts/substitution_list.html", context)


@audience(may("access.manage_accounts", step_up=True))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def substitution_new(request: HttpRequest) -> HttpResponse:
    """Name a substitute for a person on leave."""
    people, today = User.objects.filter(is_active=True), timezone.localdate()
    form = SubstitutionForm(request.POST if request.method == "POST" else None, people=people, today=today)
    if form.is_valid():
        try:
            begin_substitution(**form.cleaned_data, by=request.user)
        except SamePerson:
            form.add_error("substitute", _("Nobody stands in for themself. Choose another person."))
        except OwnAccount:
            form.add_error(
                "substitute", _("You cannot lend another person's roles to yourself. Ask another administrator.")
            )
        except SubstitutionDoubled:
            form.add_error("since", _("This person has a substitute on one of these days already."))
        except SubstitutionChained:
            words = _(
                "What was lent is not lent on: the substitute is on leave then, or the person on leave stands in."
            )
            form.add_error("substitute", words)
        else:
            messages.success(request, _("The substitution is saved."))
            return redirect("accounts:substitutions")
    return render(request, "access/accounts/substitution_form.html", {"form": form}, status=422 if form.errors else 200)


@audience(MANAGE)
@require_POST
@changes
def substitution_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a substitution from today on."""
    row, sent = get_object_or_404(Substitution, pk=pk), request.POST.get("seen_version", "")
    seen_version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    try:
        end_substitution(substitution=row, on=timezone.localdate(), seen_version=seen_version, by=request.user)
    except (SubstitutionEnded, ChangedMeanwhile):
        messages.error(request, _("Somebody changed this substitution meanwhile. The list shows how it stands."))
    else:
        messages.success(request, _("The substitution ended."))
    return redirect("accounts:substitutions")
