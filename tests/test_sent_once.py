"""Every view that takes a form says what sending it twice does, and every page with a form carries what that needs."""

import inspect
import re

import pytest
from django.views.decorators.http import require_POST, require_safe

from spoiwo.access.audience import all_views
from spoiwo.doors.once import Sending, changes, once, repeatable
from tests.tree import relative, templates

# Views of packages, by the module that holds them, each with what sending twice does there.
PACKAGES = {
    "allauth.account": "signing in and out, a password: said twice they give the same state; codes are used up once",
    "allauth.mfa": "a factor: its secret is set or removed once, a code is used up once",
    "allauth.socialaccount": "signing in by another service: its answer is used up once",
    "allauth.usersessions": "a session that is ended stays ended",
    "django.contrib.staticfiles": "files are only read",
    "ninja": "operations read; the one that enters a line takes an Idempotency-Key (spoiwo/ledger/api.py)",
}
# Forms that stand on pages of packages, or ask for nothing to be created.
WITHOUT_KEY = re.compile(r"/templates/(allauth|account|mfa|socialaccount|usersessions|ui/(_sign_out|gallery))")
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
ACTION = re.compile(r"action=\"\{% url \"([\w:-]+)\"")
CARRIES = re.compile(r"\{% sent_once\b|\{% seen\b|name=\"seen_version\"|name=\"question\"")


def chain(view):
    """A view and what it wraps."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def takes_post(view):
    """Whether a form may be sent to the view; a function that does not say which methods it takes takes all."""
    for layer in chain(view):
        methods = (
            inspect.getclosurevars(layer).nonlocals.get("request_method_list") if hasattr(layer, "__code__") else 0
        )
        if methods:
            return "POST" in methods
    shown = getattr(view, "view_class", None)
    return shown is None or hasattr(shown, "post")


def of_package(view):
    """The package that a view comes from, or a class that it only dresses, as PACKAGES names it."""
    view = getattr(view, "func", view)  # a partial
    bases = [base.__module__ for base in getattr(getattr(view, "view_class", None), "__mro__", ())]
    modules = [getattr(view, "__module__", "") or type(view).__module__, *bases]
    found = (name for name in PACKAGES for module in modules if f"{module}.".startswith(f"{name}."))
    return next(found, None)


def posting():
    """The views of the house that take a form: (name of the address, what it says of sending twice)."""
    found = [(name or route, view) for route, name, view in all_views() if takes_post(view) and not of_package(view)]
    return [(name, getattr(view, "sending", None)) for name, view in found]


def test_every_view_that_takes_a_form_says_what_sending_it_twice_does():
    assert [name for name, sending in posting() if sending is None] == []
    assert len(posting()) > 40


def test_a_view_that_may_be_repeated_says_why():
    reasons = [sending.reason for _name, sending in posting() if sending and sending.kind == "repeatable"]
    assert all(len(reason) > 15 for reason in reasons)
    assert {sending.kind for _name, sending in posting() if sending} == {"once", "changes", "repeatable"}


def test_the_walk_finds_a_view_without_a_mark_and_reads_the_marks():
    def plain(request):
        """A view of no declared method."""

    assert takes_post(plain)
    assert takes_post(require_POST(plain))
    assert not takes_post(require_safe(plain))
    assert require_POST(once(plain)).sending == Sending("once")
    assert require_POST(changes(plain)).sending == Sending("changes")
    assert require_POST(repeatable("twice is as once")(plain)).sending == Sending("repeatable", "twice is as once")


def forms():
    """Every form of our templates that is sent by POST: (template, its text)."""
    return [
        (relative(path), form)
        for path in templates()
        if not WITHOUT_KEY.search(path.as_posix())
        for form in FORM.findall(path.read_text(encoding="utf-8"))
    ]


# Forms that go to their own page, whose view is repeatable, and which therefore carry nothing: template → how many.
BARE = {
    "spoiwo/access/templates/access/own/invitation.html": 1,
    "spoiwo/access/templates/access/own/invitation_join.html": 1,
    "spoiwo/access/templates/access/record_file.html": 1,
    "spoiwo/ledger/templates/ledger/books_upload.html": 1,
    "spoiwo/ledger/templates/ledger/package_upload.html": 1,
    "spoiwo/persons/templates/persons/caseworkers.html": 1,
    "spoiwo/persons/templates/persons/erasure_decide.html": 1,
    "spoiwo/persons/templates/persons/export.html": 1,
    "spoiwo/persons/templates/persons/identity.html": 1,
    "spoiwo/persons/templates/persons/purpose.html": 1,  # the step before: the form of the change has the version
    "spoiwo/strategy/templates/strategy/duties/duty_done.html": 1,
    "spoiwo/vault/templates/vault/give.html": 1,
}


def wants(form):
    """What the view that a form goes to asks of it, when the form names the view."""
    said = {name: sending.kind for name, sending in posting() if sending}
    named = ACTION.search(form)
    return said.get(named.group(1), "package") if named else None


def test_every_form_carries_a_key_or_the_version_that_was_seen():
    bare: dict[str, int] = {}
    wrong = []
    for template, form in forms():
        kind = wants(form)
        if kind is None and not CARRIES.search(form):
            bare[template] = bare.get(template, 0) + 1
        if kind == "once" and "{% sent_once" not in form:
            wrong.append((template, ACTION.search(form).group(1)))
    assert wrong == []
    assert bare == BARE
    assert len(forms()) > 40


@pytest.mark.parametrize("form", ['<form method="post">{% csrf_token %}</form>'])
def test_the_search_finds_a_form_without_either(form):
    assert FORM.findall(form) == [form]
    assert not CARRIES.search(form)
