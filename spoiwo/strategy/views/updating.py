"""Versions of a strategy in the office: drafts, what they change, adoption."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.once import changes, given_back, once, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.domain import versions
from spoiwo.strategy.errors import CodeInUse, DraftExists, DraftFrozen, ElementInUse, ReportMissing, StepRefused
from spoiwo.strategy.forms.updating import AdoptForm, OpenDraftForm, WithdrawForm, element_form
from spoiwo.strategy.models import Strategy, StrategyVersion, VersionState
from spoiwo.strategy.services import current_region, updating
from spoiwo.ui.conflict import chosen, conflict_page, overtaken_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def version_or_404(pk: int) -> StrategyVersion:
    """A version of this region's strategies, or "not found"."""
    rows = StrategyVersion.objects.filter(strategy__region=current_region())
    return get_object_or_404(rows.select_related("strategy", "based_on", "created_by", "consultation"), pk=pk)


def draft_or_404(pk: int, *, sent: bool = False) -> StrategyVersion:
    """A version that can still change; who has `sent` a form is told what became of it (`moved_on`)."""
    version = version_or_404(pk)
    if not sent and not version.is_open:
        raise Http404
    return version


def moved_on(request: HttpRequest, form, version: StrategyVersion) -> HttpResponse:
    """Somebody withdrew or adopted the draft meanwhile: who and when, and what was typed."""
    words, back = _("The draft has moved on meanwhile. Nothing was changed."), _address(version)
    return overtaken_page(request, form, about=version, back=back, words=words, title=version.title)


def _address(version: StrategyVersion) -> str:
    return reverse("updating:version", args=[version.pk])


@audience(may("strategy.view_office"))
@require_safe
def version_list(request: HttpRequest) -> HttpResponse:
    """Every strategy with its versions, and where a draft may be opened."""
    region = current_region()
    rows = Strategy.objects.of_region(region).prefetch_related("versions")
    context = {"rows": rows, "due": updating.due(region, timezone.localdate())}
    return render(request, "strategy/updating/version_list.html", context)


@audience(may("strategy.draft_version"))
@require_http_methods(FORM_METHODS)
@once
def draft_new(request: HttpRequest, code: str) -> HttpResponse:
    """Open a draft of a strategy."""
    strategy = get_object_or_404(Strategy, region=current_region(), code=code)
    form = OpenDraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        try:
            draft = updating.open_draft(strategy=strategy, title=title, now=timezone.now(), by=request.user)
        except DraftExists as refusal:
            messages.error(request, _("This strategy has a draft already: this one. Finish or withdraw it first."))
            return given_back(redirect("updating:version", pk=refusal.version.pk))
        messages.success(request, _("The draft is opened. Change its elements below."))
        return redirect("updating:version", pk=draft.pk)
    status = 422 if form.errors else 200
    return render(request, "strategy/updating/draft_new.html", {"form": form, "strategy": strategy}, status=status)


@audience(may("strategy.view_office"))
@require_safe
def version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it changes, what can be changed, what comes next, its history."""
    version = version_or_404(pk)
    return render(request, "strategy/updating/version_page.html", _facts(version))


def _facts(version: StrategyVersion) -> dict:
    today = timezone.localdate()
    consultation = getattr(version, "consultation", None)
    return {
        "version": version,
        "consultation": consultation,
        "phase": updating.phase_of(consultation, today) if consultation else "",
        "editable": updating.may_change(version, today),
        "due": version.state == VersionState.ADOPTED and not version.written_at and version.binding_from <= today,
        "history": Record.objects.about(version).order_by("-sequence"),
    }


@audience(may("strategy.draft_version"))
@require_http_methods(FORM_METHODS)
@changes
def element_change(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Change one element of a draft; a change made by somebody else meanwhile is shown, not overwritten."""
    draft = draft_or_404(pk, sent=request.method == "POST")
    row = versions.find(draft.content, kind, code)
    if row is None:
        raise Http404
    form = element_form(kind, chosen(request), draft=draft.content, row=row)
    if not draft.is_open:
        return moved_on(request, form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            updating.change_element(
                draft=draft,
                kind=kind,
                code=code,
                seen_version=form.cleaned_data["seen_version"] or 0,
                values=form.values(),
                on=timezone.localdate(),
                by=request.user,
            )
        except ChangedMeanwhile as refusal:
            if refusal.current is None:
                messages.error(request, _("Somebody took this element out of the draft meanwhile."))
                return redirect("updating:version", pk=draft.pk)
            return _element_conflict(request, draft, kind, refusal.current, form)
        except DraftFrozen:
            return _frozen(request, draft)
        else:
            messages.success(request, _("The change is saved in the draft."))
            return redirect("updating:version", pk=draft.pk)
    context = {"form": form, "version": draft, "kind": kind, "row": row}
    context["mine"] = not versions.find(draft.base, kind, code)
    return render(request, "strategy/updating/element_form.html", context, status=422 if form.errors else 200)


def _element_conflict(request: HttpRequest, draft: StrategyVersion, kind: str, row: dict, form) -> HttpResponse:
    """Both versions of an element of a draft, and the choice."""
    draft.refresh_from_db()
    now, back = element_form(kind, None, draft=draft.content, row=row), reverse("updating:version", args=[draft.pk])
    facts = {"version": row["version"], "title": versions.label_of(kind, row)}
    return conflict_page(request, form, now, current=draft, back=back, **facts)


@audience(may("strategy.draft_version"))
@require_http_methods(FORM_METHODS)
@once
def element_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add a goal, a programme, a task or a target to a draft."""
    draft = draft_or_404(pk)
    if kind not in versions.PARTS:
        raise Http404
    indicators = updating.indicators_of(draft.strategy) if kind == "target" else ()
    form = element_form(kind, request.POST or None, draft=draft.content, indicators=indicators)
    if request.method == "POST" and form.is_valid():
        code, today = form.cleaned_data["code"], timezone.localdate()
        try:
            updating.add_element(draft=draft, kind=kind, code=code, values=form.values(), on=today, by=request.user)
        except CodeInUse:
            field = "code" if "code" in form.fields else "year"
            form.add_error(field, _("Found: %(code)s. It is taken already; choose another.") % {"code": code})
        except DraftFrozen:
            return _frozen(request, draft)
        else:
            messages.success(request, _("Added to the draft."))
            return redirect("updating:version", pk=draft.pk)
    context = {"form": form, "version": draft, "kind": kind}
    return render(request, "strategy/updating/element_form.html", context, status=422 if form.errors else 200)


def _frozen(request: HttpRequest, draft: StrategyVersion) -> HttpResponse:
    messages.error(request, _("The draft does not change while it is consulted. Nothing was saved."))
    return given_back(redirect("updating:version", pk=draft.pk))


@audience(may("strategy.draft_version"))
@require_POST
@repeatable("what is taken out stays out")
def element_drop(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Take out of a draft what the draft itself added."""
    draft = draft_or_404(pk)
    if kind not in versions.PARTS:
        raise Http404
    try:
        updating.drop_element(draft=draft, kind=kind, code=code, on=timezone.localdate(), by=request.user)
        messages.success(request, _("Taken out of the draft."))
    except ElementInUse as refusal:
        names = "; ".join(refusal.names)
        messages.error(request, _("First move what belongs to it: %(names)s.") % {"names": names})
    except ChangedMeanwhile:
        messages.error(request, _("This element is in force: give it an end instead."))
    except DraftFrozen:
        return _frozen(request, draft)
    return redirect("updating:version", pk=draft.pk)


@audience(may("strategy.draft_version"))
@require_http_methods(FORM_METHODS)
@changes
def draft_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up, with a reason."""
    draft = draft_or_404(pk, sent=request.method == "POST")
    form = WithdrawForm(chosen(request), initial={"seen_version": draft.version})
    if not draft.is_open:
        return moved_on(request, form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            updating.withdraw(draft=draft, **form.cleaned_data, on=timezone.localdate(), by=request.user)
        except ChangedMeanwhile as refusal:
            facts = {"back": _address(draft), "save": _("Withdraw the draft")}
            return conflict_page(request, form, form, current=refusal.current, **facts)
        except StepRefused:
            return moved_on(request, form, draft)
        messages.success(request, _("The draft is withdrawn."))
        return redirect("updating:version", pk=draft.pk)
    context = {"form": form, "version": draft}
    return render(request, "strategy/updating/withdraw.html", context, status=422 if form.errors else 200)


@audience(may("strategy.adopt_version"))
@require_http_methods(FORM_METHODS)
@changes
def draft_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the resolution; the page shows once more what it writes into the tree."""
    draft, today = draft_or_404(pk, sent=request.method == "POST"), timezone.localdate()
    begun = {"adopting_body": draft.strategy.adopting_body, "seen_version": draft.version}
    form = AdoptForm(request.POST or None, today=today, initial=begun)
    problem = ""
    if not draft.is_open:
        return moved_on(request, form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            version = updating.adopt(draft=draft, **form.cleaned_data, now=timezone.now(), on=today, by=request.user)
        except ReportMissing:
            problem = "report"
        except StepRefused:
            problem = "step"
        except ChangedMeanwhile as refusal:
            problem, draft = "changed", refusal.current
            if not draft.is_open:
                return moved_on(request, form, draft)
            form.data = form.data.copy()
            form.data["seen_version"] = draft.version  # the page shows what enters the tree now: a choice to read
        else:
            messages.success(request, _adopted_words(version))
            return redirect("updating:version", pk=draft.pk)
    live = updating.tree_document(draft.strategy)
    context = {"form": form, "version": draft, "problem": problem, "live": live}
    context["consultation"] = getattr(draft, "consultation", None)
    context["overwritten"] = versions.overwritten(draft.base, draft.content, live)
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "strategy/updating/adopt.html", context, status=status)


def _adopted_words(version: StrategyVersion) -> str:
    if version.written_at:
        return _("The version is adopted and written into the tree.")
    return _("The version is adopted. It enters the tree from its day: press the button here on that day.")


@audience(may("strategy.adopt_version"))
@require_POST
@once
def version_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an adopted version into the tree once its day has come."""
    version = version_or_404(pk)
    written = updating.write_into_tree(version=version, now=timezone.now(), on=timezone.localdate(), by=request.user)
    if written:
        messages.success(request, _("The version is written into the tree."))
    else:
        messages.error(request, _("Nothing was written: the version is in the tree already, or its day has not come."))
        return given_back(redirect("updating:version", pk=version.pk))
    return redirect("updating:version", pk=version.pk)
