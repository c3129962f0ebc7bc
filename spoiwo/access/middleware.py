"""The one place that asks the declared audience of every view."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.deprecation import MiddlewareMixin

from spoiwo.access.audience import audience_of


class AudienceMiddleware(MiddlewareMixin):
    """Refuse a view to whom it is not declared; keep pages of signed-in people out of caches."""

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Let pass, send to sign-in, or refuse."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):  # PostgreSQL takes none in a text
            raise Http404
        match = request.resolver_match
        who = audience_of(view, match.view_name if match else "")
        if who.kind == "public" or who.admits(request.user):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Pages made for one person are not stored anywhere."""
        user = getattr(request, "user", None)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if (
            getattr(request, "session", None) is not None
            and request.session.accessed
            and user
            and user.is_authenticated
        ):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response
