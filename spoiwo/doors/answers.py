"""The only answer with a file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from spoiwo.doors.domain.files import safe_name

# A file is never a page of this house: it is taken away, and a browser that opens it runs and sends nothing.
ALONE = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; sandbox"


def file_response(*, name: str, content: bytes, media_type: str, public: bool = False) -> HttpResponse:
    """A file to be taken away, under a safe name; kept by no browser and no server on its way unless it is public.

    The header table of the house (`access/headers.py`) has the last word; these stand also where it does not reach.
    """
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, safe_name(name) or "plik")
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Length"] = str(len(content))
    response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    return response
