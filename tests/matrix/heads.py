"""The headers of each class of answer, written down once more by hand, and the comparison with what came."""

from django.conf import settings
from django.http import HttpResponse

from tests.matrix.addresses import Door

PAGE = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
FILE = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; sandbox"
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OPEN = {"Cache-Control": "public, no-cache", "Vary": "Accept-Encoding, Cookie"}
CLOSED = {"Cache-Control": "private, no-store", "Vary": "Cookie"}
SEEN_BY_SOMEBODY = {"Cache-Control": "private, no-store", "Vary": "Accept-Encoding, Cookie"}
WHAT = {"Content-Type", "Content-Length"}
OF_PAGES = WHAT | {"Content-Language", "Location", "Set-Cookie"}
OF_FILES = WHAT | {"Content-Language", "Content-Disposition"}  # a cookie only prolongs the session of somebody
# class -> what stands in every answer, and what may stand beside it
TABLE = {
    "public page": ({**OPEN, "Content-Security-Policy": PAGE}, OF_PAGES | {"ETag", "Content-Encoding"}),
    "public page seen by somebody": ({**SEEN_BY_SOMEBODY, "Content-Security-Policy": PAGE}, OF_PAGES),
    "public file": ({**OPEN, "Content-Security-Policy": FILE}, OF_FILES | {"ETag", "Content-Encoding"}),
    "public file seen by somebody": ({**SEEN_BY_SOMEBODY, "Content-Security-Policy": FILE}, OF_FILES),
    "office page": ({**CLOSED, "Content-Security-Policy": PAGE}, OF_PAGES),
    "office file": ({**CLOSED, "Content-Security-Policy": FILE}, OF_FILES),
    "account page": ({**CLOSED, "Content-Security-Policy": PAGE}, OF_PAGES | {"Allow"}),
    "error": ({**CLOSED, "Content-Security-Policy": PAGE}, OF_PAGES | {"Allow", "Retry-After"}),
    "api": ({**CLOSED, "Content-Security-Policy": FILE}, WHAT | {"Content-Language", "Location"}),
    "health": ({"Cache-Control": "no-store", "Content-Security-Policy": FILE}, WHAT | {"Allow", "Retry-After"}),
}
# A page of which htmx may ask for a part says so.
PART = ", HX-Target"


def head_faults(response: HttpResponse, door: Door, *, personal: bool) -> tuple[str, list[str]]:
    """The class of an answer by its door, and what is wrong with its headers: missing, different, unexpected."""
    row = class_by_door(response, door, personal=personal)
    must, may = TABLE[row]
    must = {**EVERYWHERE, **must}
    found = {name: value.removesuffix(PART) for name, value in response.headers.items()}
    faults = [f"{row}: {name} is {found.get(name)!r}" for name, value in must.items() if found.get(name) != value]
    faults += [f"{row}: {name} is not expected" for name in found if name not in must and name not in may]
    set_here = set(response.cookies)
    if row == "public page":  # the form of a remark has its cookie against forgery
        set_here -= {settings.CSRF_COOKIE_NAME} if door.name == "consultations:remark" else set()
    if set_here and row in {"public page", "public file", "health"}:
        faults.append(f"{row}: sets {', '.join(set_here)}")
    return row, faults


def class_by_door(response: HttpResponse, door: Door, *, personal: bool) -> str:
    """Which class an answer should belong to, judged by the address and the declaration alone."""
    if door.name.startswith("health:"):
        return "health"
    if response.status_code >= 400:
        return "error"
    if door.who.kind == "operations":
        return "api"
    if door.route.startswith("konto/"):
        return "account page"
    kind = "file" if response.headers.get("Content-Disposition") else "page"
    if door.who.kind != "public":
        return f"office {kind}"
    nobody_keeps = door.name in {"consultations:remark", "consultations:receipt"}
    return f"public {kind} seen by somebody" if personal or nobody_keeps else f"public {kind}"
