"""How the bank spells its terms."""

import re
from collections.abc import Iterator

from .lines import page_lines

# What is found in prose, case counting, and what the bank writes instead. Code is left alone.
TERMS = {
    r"Jinja ?2": "Jinja",
    r"jinja": "Jinja",
    r"werkzeug": "Werkzeug",
    r"gunicorn": "Gunicorn",
    r"N(?:ginx|GINX)": "nginx",
    r"(?:sqlalchemy|SqlAlchemy|SQLalchemy)": "SQLAlchemy",
    r"(?:celery|redis|alembic|blinker|waitress)": "the name with a capital",
    r"(?:P|p)ostgres(?:ql|Ql)?": "PostgreSQL",
    r"(?:sqlite|Sqlite|sqlite3|SQLite3)": "SQLite",
    r"(?:J|j)avascript": "JavaScript",
    r"(?:websockets?|Websockets?|web sockets?)": "WebSocket",
    r"(?:http|json|wsgi|asgi|url|urls|api|apis|html|css|csrf|cors|sql)": "capital letters",
    r"[Ee]-mails?": "email",
    r"(?:[Bb]ehavi|[Cc]ol|[Ff]av|[Hh]on)our\w*": "the American -or",
    r"\w*(?:organ|serial|uthor|initial|normal)is(?:e|ing|ation)\w*": "the American -ize",
    r"\w*(?:optim|ecogn|ustom|chron)is(?:e|ing|ation)\w*": "the American -ize",
    r"(?:[Cc]ancelled|[Ll]abelled|[Mm]arshall\w+)": "one l",
    r"(?:[Dd]efence|[Ll]icence|[Cc]entre|[Cc]atalogue)": "the American spelling",
    r"[Cc]lean-ups?": "cleanup",
    r"[Ss]tart-ups?": "startup",
    r"[Ss]et-ups?": "setup",
    r"[Bb]ack(?: |-)ends?": "backend",
    r"(?:simply|easily|obviously|of course)": "nothing in its place",
}
_PATTERNS = [re.compile(rf"(?<![\w./:-]){wrong}(?![\w/-]|\.\w)") for wrong in TERMS]
_DASH = re.compile(r"[\u2013\u2014]")
# Inline code, addresses and HTML.
_NO_PROSE = re.compile(r"`+[^`]*`+|\]\([^)]*\)|<[^>]*>")


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a Markdown text, numbered from 1, without fences and comments."""
    for line in page_lines(text):
        if line.is_prose:
            yield line.number, line.text


def misspellings(text: str) -> Iterator[tuple[int, str]]:
    """Pairs of a line and what is wrong with a word there."""
    for number, line in prose(text):
        words = _NO_PROSE.sub(" ", line)
        if _DASH.search(words):
            yield number, "a long dash is not used here: write a comma, a colon or two sentences."
        for wrong, better in _wrong_terms(words):
            yield number, f'"{wrong}" is written differently here: {better}.'


def _wrong_terms(words: str) -> Iterator[tuple[str, str]]:
    """With what is written instead."""
    for pattern, better in zip(_PATTERNS, TERMS.values(), strict=True):
        for wrong in pattern.findall(words):
            yield wrong, better
