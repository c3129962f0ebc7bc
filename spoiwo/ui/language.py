"""The language of the screens: Polish, until a person chooses another.

An office writes in Polish, so the browser's own preference does not decide: a link sent to a colleague
shows the same words to both. The switch is a plain link to the same page, `?language=en`; the choice is
kept in a cookie and the address is given back clean. Stands where Django's LocaleMiddleware would.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

PARAMETER = "language"


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: activate the chosen language; remember a new choice."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get(PARAMETER)
        if chosen in known and request.method in {"GET", "HEAD"}:
            return _remembered(request, chosen)
        code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        translation.activate(code if code in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        response = get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def _remembered(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the same page without the parameter, with the choice in a cookie for a year."""
    query = request.GET.copy()
    del query[PARAMETER]
    # The path alone: an address of another host cannot be slipped in (`//host` loses its first slash).
    path = "/" + escape_uri_path(request.path).lstrip("/")
    response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
