"""Documents to items: what format a document has, and its reader."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from types import ModuleType
from typing import BinaryIO

from . import text
from .article import reader as article
from .items import TEXT_LIMIT, Document, ReadError
from .json_format import reader as json_format
from .markdown import reader as markdown

LIMIT = 100 * 2**20
FORMATS: dict[str, ModuleType] = {"article": article, "markdown": markdown, "json": json_format}

SAMPLE_LINES = 400
SAMPLE_SIZE = 2**20


def open_document(stream: BinaryIO, file: str, *, format: str | None = None, limit: int = LIMIT) -> Document:
    """A document whose items are read from the stream as they are asked for.

    `format` is one of FORMATS; without it the content says which. ReadError, here or from the items, for what cannot
    be read, a document without questions included.
    """
    pieces = text.chunks(stream, file, limit)
    head = _head(pieces)
    name = format or _recognised(head, file)
    document = _read(name, chain([head], pieces), file)
    first = next(iter(document.items), None)
    if first is None:
        raise ReadError(file, 0, f"no questions found. {_EXAMPLES[name]}")
    document.items = chain([first], document.items)
    return document


_SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown"}
_EXAMPLES = {
    "article": "An article numbers its questions, as in: 1. What is a queue?",
    "markdown": "A question is a heading with its answer below it, as in: ## What is a queue?",
    "json": 'Questions look like this: {"questions": [{"title": "What is a queue?", "answer": "..."}]}',
}


def _read(name: str, pieces: Iterator[str], file: str) -> Document:
    if name == "json":
        return json_format.read(pieces, file)
    lines = text.split(pieces, file)
    if name == "markdown":
        return markdown.read(lines, file)
    return Document(file=file, format=name, items=article.read(lines, file))


def _head(pieces: Iterable[str]) -> str:
    """The first pieces: a few hundred lines."""
    taken, lines, size = [], 0, 0
    for piece in pieces:
        taken.append(piece)
        lines += piece.count("\n")
        size += len(piece)
        if lines > SAMPLE_LINES or size > SAMPLE_SIZE:
            break
    return "".join(taken)


def _recognised(head: str, file: str) -> str:
    sample = [line[:TEXT_LIMIT] for line in head.split("\n")[:SAMPLE_LINES]]
    name = next(_candidates(sample, _SUFFIXES.get(PurePath(file).suffix.lower())), None)
    if not name:
        names = ", ".join(FORMATS)
        raise ReadError(file, 0, f"it is not clear what format this is. Name it with --format: {names}.")
    return name


def _candidates(sample: list[str], called: str | None) -> Iterator[str]:
    """Formats that the content may have, the likeliest first. What the file is called decides only between them."""
    if called == "json" or json_format.looks_like(sample):
        yield "json"
    if markdown.is_sure(sample):
        yield "markdown"
    for name in ("markdown", "article") if called else ("article", "markdown"):
        if FORMATS[name].looks_like(sample):
            yield name
    if called:
        yield called
