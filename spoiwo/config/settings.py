"""One settings file, fed by environment variables (docs/operacje.md lists them)."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE_DIR = Path(__file__).resolve().parent.parent
PROJECT_DIR = PACKAGE_DIR.parent
DATA_DIR = Path(os.environ.get("SPOIWO_DATA_DIR") or "var").expanduser().absolute()


def _flag(name: str, default: bool = False) -> bool:
    """Read a yes/no variable; anything but the known words stops the start."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "yes", "true", "tak", "0", "no", "false", "nie"}:
        return default if value == "" else value in {"1", "yes", "true", "tak"}
    raise ImproperlyConfigured(f"{name}: found {value!r}, expected 1 or 0")


def _database() -> dict[str, object]:
    """SQLite in the data directory, or PostgreSQL named by SPOIWO_DATABASE_URL."""
    url = os.environ.get("SPOIWO_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "spoiwo.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("SPOIWO_DATABASE_URL: expected postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _secret_key() -> str:
    """The signing key: from the environment, else from the data directory's own file."""
    if key := os.environ.get("SPOIWO_SECRET_KEY"):
        return key
    file = DATA_DIR / "secret-key"
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        from django.core.management.utils import get_random_secret_key

        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(get_random_secret_key())
    return file.read_text(encoding="ascii").strip()


DEBUG = _flag("SPOIWO_DEBUG")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("SPOIWO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(("localhost", "127.", "["))]

# Plain HTTP is for a computer of one's own; production stands behind TLS and leaves this unset.
PLAIN_HTTP = _flag("SPOIWO_PLAIN_HTTP")
# A trial on one's own computer: the only place where demonstration accounts open the door.
TRIAL = PLAIN_HTTP and set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("SPOIWO_BEHIND_PROXY") else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("SPOIWO_BEHIND_PROXY") else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "spoiwo_session"
CSRF_COOKIE_NAME = "spoiwo_csrf"
SESSION_COOKIE_AGE = 10 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "rules",
    "allauth",
    "allauth.account",
    "spoiwo.audit",
    "spoiwo.vault",
    "spoiwo.doors",
    "spoiwo.ui",
    "spoiwo.access",
    "spoiwo.places",
    "spoiwo.organisations",
    "spoiwo.persons",
    "spoiwo.strategy",
    "spoiwo.ledger",
    "spoiwo.reports",
    "spoiwo.portal",
    "spoiwo.upkeep",
    "spoiwo.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spoiwo.access.middleware.AudienceMiddleware",
]

ROOT_URLCONF = "spoiwo.config.urls"
WSGI_APPLICATION = "spoiwo.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": _database()}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "spoiwo.ui.context.shell",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "spoiwo.access.adapter.ClosedSignupAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is invited to sign up; the page says the same either way
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "access:desk"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "config" / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
# Letters are printed on a computer of one's own and go nowhere elsewhere, so that no link lies in a log.
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if PLAIN_HTTP else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("SPOIWO_MAIL_FROM", "spoiwo@localhost")

# Keys of protected values: outside the database and outside its backups (docs/operacje.md).
KEYS_DIR = Path(os.environ.get("SPOIWO_KEYS_DIR") or DATA_DIR / "keys").expanduser().absolute()

# The voivodeship (two digits of TERC) that this house serves; empty: the only one that has data.
REGION = os.environ.get("SPOIWO_REGION", "")
# Imported packages wait here between the dry run and the decision.
UPLOADS_DIR = DATA_DIR / "uploads"
# Papers of documents, by fingerprint; belongs to every backup.
PAPERS_DIR = DATA_DIR / "papers"
# Rendered files of reports, by fingerprint; can be deleted at any time.
RENDERED_DIR = DATA_DIR / "rendered"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
