"""Every view says who may use it; what is not said is refused.

`@audience(...)` stands directly above a view. Views of packages are declared once in `declare()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from spoiwo.access.errors import UndeclaredView


@dataclass(frozen=True)
class Audience:
    """Who may use a view: everybody, people who signed in, or holders of a permission."""

    kind: str
    permission: str = ""
    step_up: bool = False  # the password or the second factor once more, if the last time is not recent

    def admits(self, user) -> bool:
        """Whether this person may open the view; rows are narrowed by the view itself."""
        if self.kind in {"public", "operations"}:
            return True
        if not user.is_authenticated or not user.is_active:
            return False
        return self.kind == "signed_in" or user.has_perm(self.permission)


PUBLIC = Audience("public")
SIGNED_IN = Audience("signed_in")
OPERATIONS = Audience("operations")  # a view of the API: each of its operations declares and asks by itself
_declared: dict[str, Audience] = {}


def may(permission: str, *, step_up: bool = False) -> Audience:
    """Only holders of this permission; with `step_up` only after they have just proved again who they are."""
    return Audience("permission", permission, step_up)


def audience(who: Audience, *, rows: str = "") -> Callable:
    """Declare who may use the view below; the middleware enforces it.

    `rows` names the rows that the view reaches, where a permission does not open them all; the view narrows them
    itself, and the matrix of tests compares what it does with the word.
    """

    def mark(view: Callable) -> Callable:
        view.audience, view.rows = who, rows
        return view

    return mark


def declare(who: Audience, *url_names: str) -> None:
    """Declare views that come from a package, by the names of their addresses."""
    _declared.update(dict.fromkeys(url_names, who))


def audience_of(view: Callable, url_name: str) -> Audience:
    """The declared audience. Raises: UndeclaredView."""
    who = getattr(view, "audience", None) or _declared.get(url_name)
    if who is None:
        raise UndeclaredView(f"{url_name or view}: no audience is declared")
    return who


def all_views() -> list[tuple[str, str, Callable]]:
    """Every address of the house: (route, full name, view)."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, route: str, namespace: str):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield here, f"{namespace}{pattern.name or ''}", pattern.callback
