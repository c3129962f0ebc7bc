"""One settings file, fed by environment variables (docs/operacje.md lists them)."""

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from spoiwo.config.mailurl import mail_server
from spoiwo.config.oidc import oidc_providers, origin_of
from spoiwo.kernel.addresses import postgres_at

PACKAGE_DIR = Path(__file__).resolve().parent.parent
PROJECT_DIR = PACKAGE_DIR.parent
DATA_DIR = Path(os.environ.get("SPOIWO_DATA_DIR") or "var").expanduser().absolute()


def _flag(name: str, default: bool = False) -> bool:
    """Read a yes/no variable; anything but the known words stops the start."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "yes", "true", "tak", "0", "no", "false", "nie"}:
        return default if value == "" else value in {"1", "yes", "true", "tak"}
    raise ImproperlyConfigured(f"{name}: found {value!r}, expected 1 or 0")


def _number(name: str, default: int) -> int:
    """Read a whole number; anything else stops the start."""
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: found {value!r}, expected a whole number")
    return int(value or default)


def _threshold() -> int:
    """The smallest number of persons that is published; under three anybody could be found."""
    number = _number("SPOIWO_SMALL_NUMBERS_UNDER", 5)
    if not 3 <= number <= 100:  # written out: the room of suppression is not loaded at every start
        raise ImproperlyConfigured(f"SPOIWO_SMALL_NUMBERS_UNDER: found {number}, expected a number from 3 to 100")
    return number


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
            "CONN_MAX_AGE": None,  # kept open: on a full disk SQLite could not open it again, not even to read
        }
    try:
        address = postgres_at(url)
    except ValueError as fault:
        raise ImproperlyConfigured(f"SPOIWO_DATABASE_URL: {fault}") from None
    return address | {
        "OPTIONS": {"connect_timeout": 5, "options": "-c synchronous_commit=on"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _minutes(name: str, default: int, least: int, most: int) -> timedelta:
    """Read a number of minutes; anything outside the bounds stops the start."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}: found {value!r}, expected minutes from {least} to {most}")
    return timedelta(minutes=int(value))


def _folder(name: str) -> Path | None:
    """A folder named by a variable, or none."""
    given = os.environ.get(name, "").strip()
    return Path(given).expanduser().absolute() if given else None


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
_COOKIE = "spoiwo_" if PLAIN_HTTP else "__Host-spoiwo_"  # the prefix binds a cookie to this host and to TLS
SESSION_COOKIE_NAME = f"{_COOKIE}session"
CSRF_COOKIE_NAME = f"{_COOKIE}csrf"
BROWSER_COOKIE_NAME = f"{_COOKIE}browser"  # the sign of a browser in which somebody has signed in before
# How long a session may rest (shorter for roles with personal data) and how long it may last.
IDLE_LIMIT = _minutes("SPOIWO_IDLE_MINUTES", 30, least=5, most=60)
IDLE_LIMIT_OTHERS = _minutes("SPOIWO_IDLE_MINUTES_OTHERS", 120, least=5, most=480)
SESSION_LIMIT = timedelta(hours=10)
SESSION_COOKIE_AGE = int(SESSION_LIMIT.total_seconds())
SESSION_ENGINE = "spoiwo.access.sessions"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "spoiwo.access.observing.ObservingMiddleware",
    "spoiwo.access.headers.HeadersMiddleware",
    "spoiwo.access.watching.WatchingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "spoiwo.upkeep.middleware.GateMiddleware",
    "spoiwo.access.keeping.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "spoiwo.access.circumstances.CircumstancesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spoiwo.access.middleware.VisitMiddleware",
    "spoiwo.access.middleware.AudienceMiddleware",
]

ROOT_URLCONF = "spoiwo.config.urls"
WSGI_APPLICATION = "spoiwo.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": _database()}
DATABASE_URL = os.environ.get("SPOIWO_DATABASE_URL", "")
# The role that owns the tables, for migrations; the application's own may not change what was recorded.
DATABASE_OWNER_URL = os.environ.get("SPOIWO_DATABASE_OWNER_URL", "")

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
    {"NAME": "spoiwo.access.passwords.KnownPasswordValidator"},
]
PASSWORD_RESET_LIMIT = timedelta(hours=2)  # how long the link to a new password opens
PASSWORD_RESET_TIMEOUT = int(PASSWORD_RESET_LIMIT.total_seconds())
ACCOUNT_ADAPTER = "spoiwo.access.adapter.ClosedSignupAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is invited to sign up; the page says the same either way
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Wrong tries are counted in the database (spoiwo.access.services.attempts), not in the memory of one process.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": None}
ACCOUNT_FORMS = {"reset_password": "spoiwo.access.forms.entrance.ResetForm"}
RESET_ANSWER_AFTER = timedelta(milliseconds=300)  # asking for a new password takes this long, account or none

DPO_CONTACT = os.environ.get("SPOIWO_DPO_CONTACT", "").strip()  # how to reach the data-protection officer
SMALL_NUMBERS_UNDER = _threshold()  # fewer persons than this are not told in public statistics

# Roles that open personal data or money: nobody works in them without a second factor.
SECOND_FACTOR_ROLES = frozenset(
    {
        "powiat_care_officer",
        "foster_officer",
        "data_protection_officer",
        "administrator",
        "director",
        "treasurer",
        "auditor",
    }
)
# What asks for a fresh proof takes one that is not older; also for changing one's own factors and password.
STEP_UP_LIMIT = timedelta(minutes=10)
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(STEP_UP_LIMIT.total_seconds())
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key opens after a finger or its number, never by touch alone
MFA_ADAPTER = "spoiwo.access.factors.HouseFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the office gives the accounts and knows the addresses
MFA_TOTP_ISSUER = "Spoiwo"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off; each code opens once (spoiwo.access.forms.factors)
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed, so strangers cannot stop it
MFA_FORMS = {
    "authenticate": "spoiwo.access.forms.factors.CodeForm",
    "reauthenticate": "spoiwo.access.forms.factors.CodeAgainForm",
    "activate_totp": "spoiwo.access.forms.factors.AppForm",
    "add_webauthn": "spoiwo.access.forms.factors.PasskeyForm",
}

# The sign-in service of the office, if there is one; it opens accounts that exist and never makes one.
OIDC_ISSUER = os.environ.get("SPOIWO_OIDC_ISSUER", "").strip()
OIDC_ORIGIN = origin_of(OIDC_ISSUER)
SOCIALACCOUNT_PROVIDERS = oidc_providers(
    issuer=OIDC_ISSUER,
    client=os.environ.get("SPOIWO_OIDC_CLIENT_ID", "").strip(),
    secret=os.environ.get("SPOIWO_OIDC_CLIENT_SECRET", "").strip(),
    name=os.environ.get("SPOIWO_OIDC_NAME", "").strip() or OIDC_ORIGIN,
    plain_http=PLAIN_HTTP,
)
SOCIALACCOUNT_ADAPTER = "spoiwo.access.identity.HouseIdentity"
SOCIALACCOUNT_STORE_TOKENS = False
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
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Headers of every answer: the table of spoiwo.access.headers.
# Public pages for everybody, in the memory of each process (decision 0023); 0 switches it off.
PUBLIC_CACHE_BYTES = _number("SPOIWO_PUBLIC_CACHE_MB", 64) * 1_000_000
# The whole public face as files for a day of need, renewed by a chore; empty: none.
SNAPSHOT_DIR = os.environ.get("SPOIWO_SNAPSHOT_DIR", "")
# What a watcher on another machine shows to read the reasons of /readyz; empty: nobody may.
HEALTH_TOKEN = os.environ.get("SPOIWO_HEALTH_TOKEN", "")

FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
# Without a mail server letters are printed on a computer of one's own and elsewhere wait (spoiwo.doors.letters).
_MAIL = mail_server(os.environ.get("SPOIWO_MAIL_URL", ""), plain_http=PLAIN_HTTP)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _MAIL.backend, _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.tls == "start", _MAIL.tls == "whole"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("SPOIWO_MAIL_FROM", "spoiwo@localhost")

# Keys of protected values: outside the database and outside its backups (docs/operacje.md).
KEYS_DIR = Path(os.environ.get("SPOIWO_KEYS_DIR") or DATA_DIR / "keys").expanduser().absolute()
# Heads of the record of deeds: best on another machine or a disk that is only added to.
HEADS_DIR = Path(os.environ.get("SPOIWO_HEADS_DIR") or DATA_DIR / "heads").expanduser().absolute()

# Backups: the folder of archives, another one for the copy of the keys, and the public keys of age that open both.
BACKUP_DIR = _folder("SPOIWO_BACKUP_DIR")
BACKUP_KEYS_DIR = _folder("SPOIWO_BACKUP_KEYS_DIR")
BACKUP_RECIPIENTS = os.environ.get("SPOIWO_BACKUP_RECIPIENTS", "").replace(",", " ").split()

# The voivodeship (two digits of TERC) that this house serves; empty: the only one that has data.
REGION = os.environ.get("SPOIWO_REGION", "")
# What only the office can say in its accessibility declaration; belongs to every backup.
DECLARATION_FILE = DATA_DIR / "declaration.json"
# Imported packages wait here between the dry run and the decision.
UPLOADS_DIR = DATA_DIR / "uploads"
# Papers of documents, by fingerprint; belongs to every backup.
PAPERS_DIR = DATA_DIR / "papers"
# Rendered files of reports, by fingerprint; can be deleted at any time.
RENDERED_DIR = DATA_DIR / "rendered"

# Lines for machines on a server, plain ones at a terminal; neither tells about persons (spoiwo.access.logs).
LOG_FORMAT = os.environ.get("SPOIWO_LOG", "") or ("plain" if PLAIN_HTTP else "json")
if LOG_FORMAT not in {"json", "plain"}:
    raise ImproperlyConfigured(f"SPOIWO_LOG: found {LOG_FORMAT!r}, expected json or plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "spoiwo.access.logs.JsonLines"},
        "plain": {"()": "spoiwo.access.logs.PlainLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "spoiwo.access.observing": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        # Every refusal has its line already; here stand the faults of our own.
        "django": {"handlers": [], "level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
    },
}
