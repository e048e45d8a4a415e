"""How the bank writes: the spelling of its terms, and wordings that ask the same. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from questions.readers.blocks import Blocks

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
    r"\w*(?:organ|serial|uthor|initial|normal|optim|ecogn|ustom|chron)is(?:e|ing|ation)\w*": "the American -ize",
    r"(?:[Cc]ancelled|[Ll]abelled|[Mm]arshall\w+)": "one l",
    r"(?:[Dd]efence|[Ll]icence|[Cc]entre|[Cc]atalogue)": "the American spelling",
    r"[Cc]lean-ups?": "cleanup",
    r"[Ss]tart-ups?": "startup",
    r"[Ss]et-ups?": "setup",
    r"[Bb]ack(?: |-)ends?": "backend",
    r"(?:simply|easily|obviously|of course)": "nothing in its place",
}
_TERM = re.compile("|".join(rf"(?P<t{at}>(?<![\w./:-]){wrong}(?![\w/-]|\.\w))" for at, wrong in enumerate(TERMS)))
_DASH = re.compile(r"[\u2013\u2014]")
# Inline code, addresses and HTML.
_NO_PROSE = re.compile(r"`+[^`]*`+|\]\([^)]*\)|<[^>]*>")

# Wordings of two questions that share more than this part of their telling words ask the same.
ALIKE = 0.5
_WORD = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_ENDING = re.compile(r"(?:ing|ed|s)$")
_COMMON = frozenset({
    "a", "an", "and", "app", "application", "are", "as", "at", "be", "between", "by", "can", "could", "describe",
    "did", "difference", "do", "does", "explain", "flask", "for", "from", "had", "has", "have", "how", "i", "if",
    "in", "into", "is", "it", "its", "made", "make", "me", "my", "need", "not", "of", "on", "one", "ones", "or",
    "out", "should", "so", "tell", "than", "that", "the", "there", "these", "this", "those", "to", "up", "use",
    "used", "using", "was", "what", "when", "where", "which", "who", "whom", "why", "will", "with", "work", "works",
    "would", "you", "your",
})  # fmt: skip


class Wording(NamedTuple):
    file: str
    line: int
    id: str
    text: str


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a Markdown text, numbered from 1, without fences and comments."""
    state = Blocks()
    for number, line in enumerate(text.split("\n"), 1):
        inside = state.closer
        state.level(line)
        if not inside and not state.closer and not line.startswith("<!--"):
            yield number, line


def misspelled(text: str) -> Iterator[tuple[int, str]]:
    for number, line in prose(text):
        spelled = _NO_PROSE.sub(" ", line)
        if _DASH.search(spelled):
            yield number, "a long dash is not used here: write a comma, a colon or two sentences."
        for match in _TERM.finditer(spelled):
            better = list(TERMS.values())[int((match.lastgroup or "t0")[1:])]
            yield number, f'"{match[0]}" is written differently here: {better}.'


def telling(text: str) -> frozenset[str]:
    """The words that tell a question from others, without their endings."""
    return frozenset(_ENDING.sub("", word) for word in _WORD.findall(text.lower()) if word not in _COMMON)


def repeated(wordings: Iterable[Wording]) -> Iterator[tuple[Wording, str]]:
    """The wordings that stand twice, however they are set."""
    seen: dict[str, Wording] = {}
    for wording in wordings:
        first = seen.setdefault(" ".join(_WORD.findall(wording.text.lower())), wording)
        if first is not wording:
            yield wording, f'"{wording.text}" is asked in {first.file}:{first.line} already.'


def alike(wordings: Iterable[Wording]) -> Iterator[tuple[Wording, Wording]]:
    """Pairs of wordings, of two questions, that ask nearly the same."""
    by_word: dict[str, list[int]] = defaultdict(list)
    found = [(wording, telling(wording.text)) for wording in wordings]
    for at, (_, words) in enumerate(found):
        for word in words:
            by_word[word].append(at)
    pairs = {pair for places in by_word.values() for pair in combinations(places, 2)}
    for one, other in sorted(pairs):
        (first, words), (second, others) = found[one], found[other]
        if first.id != second.id and len(words & others) >= ALIKE * len(words | others):
            yield first, second
