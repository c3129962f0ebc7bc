"""What a browser carries and says: the sign of a known browser, its address, its name."""

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from spoiwo.access.services.attempts import new_browser_sign

KEPT_DAYS = 365
SALT = "spoiwo.access.browser"


def client_address(request: HttpRequest) -> str:
    """The address of the visitor, behind a trusted proxy too."""
    return get_client_ip(request) or ""


def browser_of(request: HttpRequest) -> str:
    """The sign that this browser carries; empty for an unknown one or a sign that we did not make."""
    return request.get_signed_cookie(settings.BROWSER_COOKIE_NAME, default="", salt=SALT) or ""


def sign_of(request: HttpRequest) -> str:
    """The sign of this browser, a new one if it has none."""
    return browser_of(request) or new_browser_sign()


def leave_sign(response: HttpResponse, sign: str) -> None:
    """Let the browser carry its sign for a year; no script can read it."""
    response.set_signed_cookie(
        settings.BROWSER_COOKIE_NAME,
        sign,
        salt=SALT,
        max_age=KEPT_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_sign(response: HttpResponse) -> None:
    """Let the browser forget its sign."""
    response.delete_cookie(settings.BROWSER_COOKIE_NAME, samesite="Lax")
    response.cookies[settings.BROWSER_COOKIE_NAME]["secure"] = settings.SESSION_COOKIE_SECURE
