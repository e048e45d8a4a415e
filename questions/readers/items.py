"""What every reader yields: one frozen item for a question of a document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

DIFFICULTIES = ("easy", "medium", "hard")
STATUSES = ("draft", "published", "retired")

# The longest of each, in characters. A wording, a key point and the title of a link may be as long
# as a title.
TITLE_LIMIT = 500
TEXT_LIMIT = 100_000
QUESTION_LIMIT = 1_000_000
ID_LIMIT = 120
TAG_LIMIT = 100
APPLIES_TO_LIMIT = 200
NAME_LIMIT = 300
URL_LIMIT = 1_000
# The most of each: other wordings, key points, tags, links, sources, other answers.
LIST_LIMIT = 1_000
# What a person would read of one document.
NOTICE_LIMIT = 200


class ReadError(Exception):
    """A document that cannot be read.

    Which file, at which line (1 is the first, 0 stands for the file as a whole) and why.
    """

    def __init__(self, file: str, line: int, why: str) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {why}")
        self.file, self.line, self.why = file, line, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a person should look at: `line` is counted from 1 in the document."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where an item says it comes from. `number` is its number there, None where it has none."""

    title: str
    file: str = ""
    number: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAnswer:
    """An answer beside the accepted one, with the source it is from (None: a curator's own)."""

    short: str = ""
    answer: str = ""
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of a document.

    Texts are Markdown with LF line ends and no blank lines around them. `number` is the
    question's number in the document (its place where it has none), `line` where it begins. An
    empty `id`, `difficulty` or `status` means that the document does not say. `warnings` point
    into the document.
    """

    title: str
    line: int
    number: int | None = None
    id: str = ""
    body: str = ""
    short: str = ""
    answer: str = ""
    wordings: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    mistakes: str = ""
    follow_ups: str = ""
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    status: str = ""
    applies_to: str = ""
    verified_on: date | None = None
    links: tuple[Link, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    answers: tuple[OtherAnswer, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetItem:
    """A question set of a document: the ids of its questions in order."""

    title: str
    line: int
    id: str = ""
    description: str = ""
    questions: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Document:
    """A document being read: what it says of itself, and its items as they are read.

    `title` is the source's title as the document gives it, else empty. `notices` are warnings that
    belong to no item; they are complete only once `items` is exhausted.
    """

    file: str
    format: str
    items: Iterator[Item | SetItem]
    title: str = ""
    notices: list[Notice] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        """Adds a notice; of very many only the first are kept."""
        if len(self.notices) >= NOTICE_LIMIT:
            return
        if len(self.notices) == NOTICE_LIMIT - 1:
            text = "from here on notices are left out."
        self.notices.append(Notice(line=line, text=text))
