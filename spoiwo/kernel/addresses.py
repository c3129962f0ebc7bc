"""Addresses of databases, as an operator writes them in one line."""

from urllib.parse import unquote, urlsplit


def postgres_at(url: str) -> dict[str, str]:
    """Django's facts of the database at `postgresql://user:password@host:port/name`; signs of the name may be %-coded.

    Raises: ValueError for another scheme, no name of a database, or a port that is no number.
    """
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("expected postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
