"""Settings from the environment: every bad value is refused by a sentence that names the variable."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "a long and random text that nobody will ever guess 0123456789"
SHOW = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in NAMES}, default=str))
"""


def start(code="", /, **environment):
    """A process of its own with nothing but these variables set."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "prep.settings", "SECRET_KEY": SECRET} | environment
    command = [sys.executable, "-c", code or "from django.conf import settings; settings.DEBUG"]
    return subprocess.run(command, env=clean, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)


def show(*names, **environment):
    process = start(f"NAMES = {names!r}{SHOW}", **environment)
    assert process.stderr == ""
    return json.loads(process.stdout)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY: must be set to a long random text; `make run` writes one to a private file."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: is shorter than 12 characters and can be guessed."),
        ({"DEBUG": "maybe"}, "DEBUG: 'maybe' is neither 1 nor 0."),
        ({"SIGNUP": "everybody"}, "SIGNUP: 'everybody' is not one of open, invited, closed."),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES: 'one' is not a whole number."),
        ({"STALE_AFTER_DAYS": "0"}, "STALE_AFTER_DAYS: 0 is less than 1."),
        ({"STALE_AFTER_DAYS": "36501"}, "STALE_AFTER_DAYS: 36501 is more than 36500."),
        ({"STALE_AFTER_DAYS": "year"}, "STALE_AFTER_DAYS: 'year' is not a whole number."),
        ({"PORT": "http"}, "PORT: 'http' is not a whole number."),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES: '-1' is not a whole number."),
        ({"DATABASE_URL": "mysql://root@localhost/prep"}, "DATABASE_URL: must begin with sqlite:/// or postgres://."),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL: must begin with sqlite:/// or postgres://."),
        ({"DATABASE_URL": "postgres://prep@localhost:port/prep"}, "DATABASE_URL: is not an address of a database"),
        ({"EMAIL_URL": "carrier-pigeon://loft"}, "EMAIL_URL: is not an address like smtp://user:password@host:25"),
        ({"EMAIL_URL": "nonsense"}, "EMAIL_URL: is not an address like smtp://user:password@host:25"),
        ({"CACHE_URL": "nonsense://here"}, "CACHE_URL: is not an address of a cache"),
        ({"EMAIL_FROM": "nobody"}, "EMAIL_FROM: 'nobody' is not an address like prep@example.org."),
    ],
)
def test_refuses(environment, sentence):
    process = start(**environment)
    assert process.returncode == 1
    last = process.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {sentence}")


@pytest.mark.parametrize(
    "address",
    ["prep.example.org", "ftp://prep.example.org", "https://", "https://prep.example.org/prep", "https://a b",
     "https://prep.example.org:port", "https://user@prep.example.org", "https://prep.example.org?a=b", "https://[::1"],
)  # fmt: skip
def test_refuses_a_site_elsewhere(address):
    process = start(SITE_URL=address)
    sentence = f"SITE_URL: {address!r} is not an address like https://prep.example.org."
    assert process.stderr.strip().endswith(f"ImproperlyConfigured: {sentence}")


def test_is_safe_and_complete_with_a_secret_alone():
    assert show("DEBUG", "SIGNUP", "HAS_EMAIL", "SITE_URL", "EMAIL_BACKEND", "ALLAUTH_TRUSTED_PROXY_COUNT") == {
        "DEBUG": False,
        "SIGNUP": "invited",
        "HAS_EMAIL": False,
        "SITE_URL": "http://localhost:8000",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "ALLAUTH_TRUSTED_PROXY_COUNT": 0,
    }


def test_the_address_here_follows_the_port():
    assert show("SITE_URL", PORT="8123") == {"SITE_URL": "http://localhost:8123"}
    assert show("SITE_URL", PORT="8123", SITE_URL="http://192.0.2.7") == {"SITE_URL": "http://192.0.2.7"}


def test_a_site_with_https_has_secure_cookies_and_only_its_own_host():
    names = (
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "CSRF_TRUSTED_ORIGINS",
        "ALLOWED_HOSTS",
    )
    assert show(*names, SITE_URL="https://prep.example.org/") == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_TRUSTED_ORIGINS": ["https://prep.example.org"],
        "ALLOWED_HOSTS": ["prep.example.org", "localhost", "127.0.0.1", "[::1]"],
    }


def test_mail_makes_addresses_required_and_verified():
    names = ("HAS_EMAIL", "EMAIL_HOST", "EMAIL_PORT", "ACCOUNT_EMAIL_VERIFICATION", "MFA_ALLOW_UNVERIFIED_EMAIL",
             "ACCOUNT_SIGNUP_FIELDS", "DEFAULT_FROM_EMAIL", "SERVER_EMAIL")  # fmt: skip
    mail = {"EMAIL_URL": "smtp://wren:nest@mail.example.org:2525", "EMAIL_FROM": "Prep <prep@example.org>"}
    assert show(*names, **mail) == {
        "HAS_EMAIL": True,
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 2525,
        "ACCOUNT_EMAIL_VERIFICATION": "optional",
        "MFA_ALLOW_UNVERIFIED_EMAIL": False,
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "email*", "password1*", "password2*"],
        "DEFAULT_FROM_EMAIL": "Prep <prep@example.org>",
        "SERVER_EMAIL": "Prep <prep@example.org>",
    }


def test_behind_proxies_their_word_on_https_is_taken():
    assert show("SECURE_PROXY_SSL_HEADER")["SECURE_PROXY_SSL_HEADER"] is None
    header = show("SECURE_PROXY_SSL_HEADER", TRUSTED_PROXIES="1")["SECURE_PROXY_SSL_HEADER"]
    assert header == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_debug_is_switched_on_only_on_purpose(value):
    assert show("DEBUG", DEBUG=value) == {"DEBUG": True}


@pytest.mark.parametrize(
    ("address", "engine"),
    [
        ("postgres://prep@db/prep", "django.db.backends.postgresql"),
        ("sqlite:////tmp/p.sqlite3", "django.db.backends.sqlite3"),
    ],
)
def test_takes_both_databases(address, engine):
    assert show("DATABASES", DATABASE_URL=address)["DATABASES"]["default"]["ENGINE"] == engine


def test_a_cache_can_be_named():
    caches = show("CACHES", CACHE_URL="locmemcache://")["CACHES"]
    assert caches["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"


def test_the_deployment_check_is_clean():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"]
    clean = {"PATH": os.environ["PATH"], "SECRET_KEY": SECRET, "SITE_URL": "https://prep.example.org"}
    process = subprocess.run(command, env=clean, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == "System check identified no issues (0 silenced).\n"
