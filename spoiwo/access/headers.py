"""The headers of every answer, as one table by the class of the answer, and the middleware that applies it.

What the table does not say, no view needs to say. `docs/naglowki.md` is printed from here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseFileResponse

from spoiwo.access.audience import OPERATIONS, PUBLIC, SIGNED_IN, Audience, audience_of
from spoiwo.access.errors import UndeclaredView

PAGE_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# A file is shown alone, if at all: it may ask for nothing, send nothing and run nothing.
FILE_POLICY = {
    "default-src": "'none'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "sandbox": "",
}
NEEDED_BY_NOBODY = (
    "accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NEEDED_BY_NOBODY),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OWN_FORMS = "form-action 'self'"
STORED_NOWHERE = "private, no-store"
ASKED_EACH_TIME = "public, no-cache"  # kept by whom it may concern, who asks before each use whether it is still so
PART = "HX-Target"  # htmx asks for one part of a page under the address of the whole


@dataclass(frozen=True)
class AnswerClass:
    """One row of the table: what stands in every answer of the class, and the names that may stand beside it."""

    name: str
    title: str  # Polish, for the documentation
    policy: str
    cache: str = STORED_NOWHERE
    vary: str = ""
    may: frozenset[str] = frozenset()
    signs_in: bool = False

    def headers(self, *, secure: bool, personal: bool) -> dict[str, str]:
        """The exact headers; `personal`: the answer was made for a browser that carries a session."""
        exact = {**ALWAYS, "Content-Security-Policy": self.policy}
        if self.signs_in and settings.OIDC_ORIGIN:  # the button leads by a form to the service of the office
            exact["Content-Security-Policy"] = self.policy.replace(OWN_FORMS, f"{OWN_FORMS} {settings.OIDC_ORIGIN}")
        if self.cache:
            exact["Cache-Control"] = STORED_NOWHERE if personal else self.cache
        if self.vary:
            exact["Vary"] = self.vary
        if secure and settings.SECURE_HSTS_SECONDS:
            exact["Strict-Transport-Security"] = _transport()
        return exact


def _policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


def _transport() -> str:
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return "; ".join(parts)


PAGE, FILE = _policy(PAGE_POLICY), _policy(FILE_POLICY)
ANY = frozenset({"Content-Type", "Content-Length"})
OF_PAGES = ANY | {"Content-Language", "Location", "Set-Cookie"}
OF_FILES = ANY | {"Content-Language", "Content-Disposition", "Set-Cookie"}
KEPT = frozenset({"ETag", "Content-Encoding"})

PUBLIC_PAGE = AnswerClass(
    "public page", "strona publiczna", PAGE, ASKED_EACH_TIME, "Accept-Encoding, Cookie", OF_PAGES | KEPT
)
PUBLIC_FILE = AnswerClass(
    "public file", "plik publiczny", FILE, ASKED_EACH_TIME, "Accept-Encoding, Cookie", OF_FILES | KEPT
)
OFFICE_PAGE = AnswerClass("office page", "strona biura", PAGE, vary="Cookie", may=OF_PAGES)
OFFICE_FILE = AnswerClass("office file", "plik biura", FILE, vary="Cookie", may=OF_FILES)
ACCOUNT_PAGE = AnswerClass("account page", "strona konta", PAGE, vary="Cookie", may=OF_PAGES | {"Allow"}, signs_in=True)
STATIC_FILE = AnswerClass(
    "static file", "plik stały (styl, krój, skrypt)", FILE, cache="", may=ANY | KEPT | {
        "Cache-Control", "Vary", "Last-Modified", "Accept-Ranges", "Content-Range", "Allow",
    },
)  # fmt: skip
ERROR = AnswerClass("error", "strona błędu", PAGE, vary="Cookie", may=OF_PAGES | {"Allow", "Retry-After"})
API = AnswerClass("api", "odpowiedź API", FILE, vary="Cookie", may=ANY | {"Content-Language", "Location", "Set-Cookie"})
HEALTH = AnswerClass("health", "stan działania i miary", FILE, cache="no-store", may=ANY | {"Allow", "Retry-After"})
TABLE = (
    PUBLIC_PAGE, PUBLIC_FILE, OFFICE_PAGE, OFFICE_FILE, ACCOUNT_PAGE, STATIC_FILE, ERROR, API, HEALTH,
)  # fmt: skip
# What a layer below us may set and our table says in its own way, or not at all.
OVERRULED = ("Expires", "Pragma", "Vary", "Cache-Control", "Access-Control-Allow-Origin")


def class_of(request: HttpRequest, response: HttpResponse) -> AnswerClass:
    """Which row of the table an answer belongs to."""
    if isinstance(response, WhiteNoiseFileResponse):
        return STATIC_FILE
    match = getattr(request, "resolver_match", None)
    if match and "health" in match.namespaces:
        return HEALTH
    if response.status_code >= 400 or match is None:
        return ERROR
    try:
        who = audience_of(match.func, match.view_name)
    except UndeclaredView:
        return ERROR
    if who.kind == OPERATIONS.kind:
        return API
    return _of_a_view(who, match.route, is_file="Content-Disposition" in response.headers)


def _of_a_view(who: Audience, route: str, *, is_file: bool) -> AnswerClass:
    account = route.removeprefix("en/").startswith("konto/") or who.kind == SIGNED_IN.kind
    if account:
        return ACCOUNT_PAGE
    if who.kind == PUBLIC.kind:
        return PUBLIC_FILE if is_file else PUBLIC_PAGE
    return OFFICE_FILE if is_file else OFFICE_PAGE


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the browser carries a session, or has just been given one; whose it is, does not matter here."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies


class HeadersMiddleware:
    """The outermost layer that touches headers: nothing leaves the house without its row of the table."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with exactly the headers of the class."""
        response = self.get_response(request)
        row = class_of(request, response)
        personal = is_personal(request, response) or _forbids_keeping(response)
        asked_by_part = PART in response.headers.get("Vary", "")
        if row is not STATIC_FILE:
            for name in OVERRULED:
                response.headers.pop(name, None)
        exact = row.headers(secure=request.is_secure(), personal=personal and row is not HEALTH)
        for name, value in exact.items():
            response.headers[name] = value
        if asked_by_part and row.vary:
            response.headers["Vary"] += f", {PART}"
        return response


def _forbids_keeping(response: HttpResponse) -> bool:
    """A view that says of its own page that nobody may keep it: a receipt with a secret address, a form."""
    return "no-store" in response.headers.get("Cache-Control", "")
