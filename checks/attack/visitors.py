"""Who comes with a program: a session, with the token against forged forms."""

from django.contrib.auth import get_user_model
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.utils import timezone

from spoiwo.access.models import RoleAssignment


def visit_of(role: str | None) -> dict[str, dict[str, str]]:
    """Headers and cookies of somebody who signed in and holds the role today; none for nobody."""
    if role is None:
        return {}
    user = get_user_model().objects.create(email=f"{role}@api.example", full_name="Osoba zmyślona", invented=True)
    RoleAssignment.objects.create(user=user, role=role, since=timezone.localdate())
    client = Client()
    client.force_login(user)
    token = _get_new_csrf_string()
    client.cookies["spoiwo_csrf"] = token
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    return {"headers": {"X-CSRFToken": token}, "cookies": cookies}
