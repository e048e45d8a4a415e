"""Settings, from the environment only, and safe for production unless DEBUG=1."""

import os
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def fail(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {why}")


def flag(name: str) -> bool:
    value = env.str(name, default="0").strip().lower()
    if value not in {"0", "1", "true", "false", ""}:
        raise fail(name, f"{value!r} is neither 1 nor 0.")
    return value in {"1", "true"}


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.str(name, default=default)
    if value not in allowed:
        raise fail(name, f"{value!r} is not one of {', '.join(allowed)}.")
    return value


def number(name: str, default: int, *, least: int = 0, most: int = sys.maxsize) -> int:
    value = env.str(name, default=str(default)).strip()
    if not re.fullmatch("[0-9]+", value):
        raise fail(name, f"{value!r} is not a whole number.")
    if int(value) < least:
        raise fail(name, f"{value} is less than {least}.")
    if int(value) > most:
        raise fail(name, f"{value} is more than {most}.")
    return int(value)


def secret_key() -> str:
    value = env.str("SECRET_KEY", default="")
    if not value:
        why = "must be set to a long random text; `make run` writes one to a private file."
        raise fail("SECRET_KEY", why)
    if len(value) < 12:
        raise fail("SECRET_KEY", "is shorter than 12 characters and can be guessed.")
    return value


def database() -> dict:
    try:
        config = env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'prep.sqlite3'}")
    except Exception as error:
        raise fail("DATABASE_URL", f"is not an address of a database ({error}).") from error
    engine = config.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        # IMMEDIATE and WAL let several processes write without "database is locked". Every thread
        # has a cache of 500 KiB of its own; beyond that, the system's cache serves them all.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-500;"
            ),
        }
        # A file, since the browser tests' live server cannot share a database in memory.
        test_file = Path(tempfile.gettempdir()) / f"prep-test-{os.getpid()}.sqlite3"
        config["TEST"] = {"NAME": test_file}
    elif engine != "django.db.backends.postgresql":
        raise fail("DATABASE_URL", "must begin with sqlite:/// or postgres://.")
    return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def site_url() -> str:
    value = env.str("SITE_URL", default=f"http://localhost:{number('PORT', 8000)}")
    if not re.fullmatch(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?/?", value):
        raise fail("SITE_URL", f"{value!r} is not an address like https://prep.example.org.")
    return value.rstrip("/")


def email() -> dict:
    if not env.str("EMAIL_URL", default=""):
        return {}
    try:
        return env.email_url("EMAIL_URL")
    except Exception as error:
        why = f"is not an address like smtp://user:password@host:25 ({error})."
        raise fail("EMAIL_URL", why) from error


def sender(default: str) -> str:
    value = env.str("EMAIL_FROM", default=default)
    if not re.fullmatch(r"[^@<>\n]+@[^@<>\s]+|[^<>\n]+<[^@<>\s]+@[^@<>\s]+>", value):
        raise fail("EMAIL_FROM", f"{value!r} is not an address like prep@example.org.")
    return value


def cache(default: str) -> dict:
    try:
        return env.cache_url("CACHE_URL", default=default)
    except Exception as error:
        raise fail("CACHE_URL", f"is not an address of a cache ({error}).") from error


DEBUG = flag("DEBUG")
SECRET_KEY = secret_key()
SITE_URL = site_url()
SIGNUP = choice("SIGNUP", "invited", ("open", "invited", "closed"))
HAS_EMAIL = bool(email())
SECURE = SITE_URL.startswith("https://")

ALLOWED_HOSTS = [str(urlsplit(SITE_URL).hostname), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "prep.urls"
WSGI_APPLICATION = "prep.wsgi.application"

INSTALLED_APPS = [
    "accounts",
    "questions",
    "prep",
    "adminsortable2",
    "simple_history",
    "taggit",
    "template_partials",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "prep.htmx.HtmxResponseMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.views.signup.ways_in",
            ],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": cache("dbcache://prep_cache"),
    # What can be computed again, kept in each process under the catalogue's version.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "signup": "accounts.forms.SignupForm"}
ACCOUNT_USERNAME_VALIDATORS = "accounts.forms.NAME_VALIDATORS"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*" if HAS_EMAIL else "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if HAS_EMAIL else "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Whoever follows a one-time link and sets a password is in, after a second factor where there is one.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Where no mail is sent, no address can be verified.
MFA_ALLOW_UNVERIFIED_EMAIL = not HAS_EMAIL
MFA_TOTP_ISSUER = "Prep"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", 0)

vars().update(email() or {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender(f"prep@{urlsplit(SITE_URL).hostname}")

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Where nothing is collected, files are served from where they lie.
UNCOLLECTED = DEBUG or "pytest" in sys.modules
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = UNCOLLECTED
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if UNCOLLECTED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# An upload is read up to its own limit; everything else that is posted is small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# A published question verified longer ago is stale.
STALE_AFTER_DAYS = number("STALE_AFTER_DAYS", 365, least=1, most=36_500)

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
