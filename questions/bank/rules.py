"""What every question of the bank is held to, as rules over one page: pairs of a line and what is wrong there. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from questions.readers.blocks import Blocks, heading_text
from questions.readers.items import Item

from .examples import blocks
from .wording import misspelled, prose

PARTS = ("Short answer", "Answer", "Key points", "Common mistakes", "Follow-ups")
TAGS = frozenset({
    "fundamentals", "routing", "request-response", "templates", "forms", "sessions", "configuration",
    "lifecycle", "structure", "database", "api", "security", "testing", "operations",
})  # fmt: skip
# Where official documentation is.
_PALLETS = ("click", "flask", "itsdangerous", "jinja", "werkzeug")
_READ_THE_DOCS = (
    "blinker", "flask-caching", "flask-login", "flask-migrate", "flask-restful", "flask-session", "flask-smorest",
    "flask-sock", "flask-socketio", "flask-sqlalchemy", "flask-wtf", "requests", "wtforms",
)  # fmt: skip
DOCUMENTATION = frozenset({
    *(f"{name}.palletsprojects.com" for name in _PALLETS),
    *(f"{name}.readthedocs.io" for name in _READ_THE_DOCS),
    "alembic.sqlalchemy.org", "corydolphin.github.io", "docs.celeryq.dev", "docs.gunicorn.org", "docs.python.org",
    "docs.sqlalchemy.org", "fetch.spec.whatwg.org", "peps.python.org",
})  # fmt: skip

# A short answer is said aloud in half a minute; a whole one is read in three, code included.
SHORT_WORDS = range(45, 91)
READ_WORDS = 600
KEY_POINTS, KEY_POINT_WORDS = range(3, 7), range(2, 15)
FOLLOW_UPS = MISTAKES = range(2, 5)
CODE_WIDTH = 78

_MISTAKE = re.compile(r"- \*\*.+?\*\* \S.*")
_FOLLOW_UP = re.compile(r"- \*\*.+?\?\*\* \S.*")
_TABLE_RULE = re.compile(r"[ |:-]+")

Found = Iterator[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of the bank that holds one question. `today` is the day of the check."""

    path: Path
    text: str
    item: Item
    today: date

    def sections(self) -> list[tuple[str, int]]:
        """The title and line of each section."""
        state = Blocks()
        lines = enumerate(self.text.split("\n"), 1)
        return [(heading_text(line), number) for number, line in lines if state.level(line) == 3]

    def line_of(self, part: str) -> int:
        return dict(self.sections()).get(part, self.item.line)

    def data_line(self, name: str) -> int:
        lines = enumerate(self.text.split("\n"), 1)
        return next((number for number, line in lines if line.startswith(f"- {name}:")), self.item.line)


def words(text: str) -> int:
    """Words of the prose, tables included."""
    return sum(len(line.replace("|", " ").split()) for _, line in prose(text) if not _TABLE_RULE.fullmatch(line))


def words_to_read(item: Item) -> int:
    """Words of both answers and of the code that is shown."""
    shown = (block.code for block in blocks(item.answer) if block.language != "check")
    return words(item.short) + words(item.answer) + sum(len(code.split()) for code in shown)


def check(page: Page) -> Found:
    for rule in RULES:
        yield from rule(page)


def _parts(page: Page) -> Found:
    titles = [title for title, _ in page.sections() if title in PARTS]
    for part in PARTS:
        if part not in titles:
            yield page.item.line, f'the part "{part}" is missing.'
    for title, place in zip(titles, [part for part in PARTS if part in titles], strict=False):
        if title != place:
            yield page.line_of(title), f'"{title}" stands where "{place}" belongs: the order is {", ".join(PARTS)}.'
            break


def _identity(page: Page) -> Found:
    if page.item.id != page.path.stem:
        yield page.data_line("id"), f'the id "{page.item.id}" is not the name of the file.'
    if page.item.status != "published":
        yield page.data_line("status"), "a question of the bank is published."
    if not page.item.difficulty:
        yield page.data_line("difficulty"), "it has no difficulty."
    if not page.item.wordings:
        yield page.item.line, 'no other wording is named in "also asked".'
    if not page.item.tags:
        yield page.item.line, "it has no tag."
    for tag in page.item.tags:
        if tag not in TAGS:
            yield page.data_line("tags"), f'the tag "{tag}" is not one of the {len(TAGS)}: {", ".join(sorted(TAGS))}.'


def _freshness(page: Page) -> Found:
    if not page.item.applies_to:
        yield page.item.line, 'it does not say what it "applies to".'
    if not page.item.verified_on:
        yield page.item.line, "it does not say when it was verified."
    elif page.item.verified_on > page.today:
        yield page.data_line("verified"), f"it was verified on a day to come, {page.item.verified_on}."


def _links(page: Page) -> Found:
    if not page.item.links:
        yield page.item.line, 'no documentation is named in "docs".'
    for link in page.item.links:
        address = urlsplit(link.url)
        if address.scheme != "https" or address.hostname not in DOCUMENTATION:
            yield page.data_line("docs"), f"{link.url} is not an https address of documentation that is known here."


def _short_answer(page: Page) -> Found:
    count = words(page.item.short)
    if page.item.short and count not in SHORT_WORDS:
        yield (
            page.line_of("Short answer"),
            f"the short answer has {count} words; half a minute takes {SHORT_WORDS[0]} to {SHORT_WORDS[-1]}.",
        )
    if "```" in page.item.short or page.item.short.startswith(("- ", "1. ")):
        yield page.line_of("Short answer"), "a short answer is said aloud: it has no code and no list."


def _length(page: Page) -> Found:
    count = words_to_read(page.item)
    if count > READ_WORDS:
        yield (
            page.line_of("Answer"),
            f"both answers and their code have {count} words; more than {READ_WORDS} take over three minutes.",
        )


def _key_points(page: Page) -> Found:
    line, points = page.line_of("Key points"), page.item.key_points
    if points and len(points) not in KEY_POINTS:
        yield line, f"there are {len(points)} key points; {KEY_POINTS[0]} to {KEY_POINTS[-1]} can be listened for."
    for point in points:
        if len(point.split()) not in KEY_POINT_WORDS or point.endswith("."):
            yield line, f'the key point "{point}" is not a short phrase without a full stop.'


def _listed(page: Page, part: str, text: str, entry: re.Pattern[str], allowed: range) -> Found:
    lines = text.split("\n") if text else []
    if lines and len(lines) not in allowed:
        yield (
            page.line_of(part),
            f'"{part}" has {len(lines)} lines; {allowed[0]} to {allowed[-1]} entries of one line are right.',
        )
    for line in lines:
        if not entry.fullmatch(line):
            yield page.line_of(part), f'"{line[:60]}" is not an entry of "{part}", bold and answered on the same line.'


def _mistakes(page: Page) -> Found:
    yield from _listed(page, "Common mistakes", page.item.mistakes, _MISTAKE, MISTAKES)


def _follow_ups(page: Page) -> Found:
    yield from _listed(page, "Follow-ups", page.item.follow_ups, _FOLLOW_UP, FOLLOW_UPS)


def _code(page: Page) -> Found:
    for block in blocks(page.text):
        if not block.verdict:
            yield block.line, block.why
        for number, line in enumerate(block.code.split("\n"), block.line):
            if len(line) > CODE_WIDTH and block.language != "check":
                yield (
                    number,
                    f"this line of code has {len(line)} characters; {CODE_WIDTH} can be read on a small screen.",
                )


def _spelling(page: Page) -> Found:
    data = ("- id:", "- tags:", "- status:", "- docs:", "source:")
    yield from misspelled("\n".join("" if line.startswith(data) else line for line in page.text.split("\n")))


RULES: tuple[Callable[[Page], Found], ...] = (
    _parts, _identity, _freshness, _links, _short_answer, _length, _key_points, _mistakes, _follow_ups, _code,
    _spelling,
)  # fmt: skip
