"""Where official documentation is."""

from urllib.parse import urlsplit

PALLETS = (
    "click",
    "flask",
    "itsdangerous",
    "jinja",
    "werkzeug",
)
READ_THE_DOCS = (
    "blinker",
    "flask-caching",
    "flask-limiter",
    "flask-login",
    "flask-migrate",
    "flask-restful",
    "flask-session",
    "flask-smorest",
    "flask-sock",
    "flask-socketio",
    "flask-sqlalchemy",
    "flask-wtf",
    "pyjwt",
    "requests",
    "wtforms",
)
OTHER_HOSTS = (
    "alembic.sqlalchemy.org",
    "corydolphin.github.io",
    "docs.celeryq.dev",
    "docs.docker.com",
    "docs.github.com",
    "docs.gunicorn.org",
    "docs.python.org",
    "docs.sqlalchemy.org",
    "fastapi.tiangolo.com",
    "fetch.spec.whatwg.org",
    "peps.python.org",
    "python-babel.github.io",
    "spec.openapis.org",
)
HOSTS = frozenset(
    [
        *(f"{name}.palletsprojects.com" for name in PALLETS),
        *(f"{name}.readthedocs.io" for name in READ_THE_DOCS),
        *OTHER_HOSTS,
    ]
)


def is_documentation(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme == "https" and address.hostname in HOSTS
