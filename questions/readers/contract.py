"""What a family of formats offers to the registry, and what its documents are recognized by."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import PurePath
from typing import BinaryIO, Self

from .items import TEXT_LIMIT, Document
from .text import sample_text

HEAD_SIZE = 2**20
SAMPLE_LINES = 400


@dataclass(frozen=True)
class Head:
    """The beginning of a document: its first bytes and the name of its file."""

    data: bytes
    file: str

    @classmethod
    def of(cls, stream: BinaryIO, file: str) -> Self:
        """The head of a stream at its beginning, where it is left."""
        data = stream.read(HEAD_SIZE)
        stream.seek(0)
        return cls(data, file)

    @property
    def ending(self) -> str:
        """The end of the file's name in lower case, as in ".md"; empty where it has none."""
        return PurePath(self.file).suffix.lower()

    @cached_property
    def lines(self) -> list[str]:
        """The first lines, decoded as well as can be; an empty one for what is no text."""
        lines = sample_text(self.data).split("\n", SAMPLE_LINES)
        return [line[:TEXT_LIMIT] for line in lines[:SAMPLE_LINES]]


class Confidence(IntEnum):
    """How sure a family is that a document is its own. The surest family reads it."""

    NONE = 0
    # Only the end of the file's name speaks for it.
    NAMED = 1
    # Its marks are there, but documents of other families may have them too.
    POSSIBLE = 2
    # Its marks are there, and documents of other families seldom have them.
    LIKELY = 3
    # Its marks are there, and the end of the file's name agrees.
    CONFIRMED = 4
    # It has marks that no other family has.
    SURE = 5
    # It begins as no document of another family does.
    CERTAIN = 6


@dataclass(frozen=True, kw_only=True)
class Format:
    """A family of documents, of text or of bytes.

    `name` stands in commands and rows, `label` in sentences. A folder is searched for files with
    one of the `endings`. `example` tells the owner of a document in which no question was found
    how one looks. `read` takes a stream at its beginning, which can be rewound, and the name of
    its file; it raises ReadError for what cannot be read, then or from the document's items.
    """

    name: str
    label: str
    endings: tuple[str, ...]
    example: str
    recognize: Callable[[Head], Confidence]
    read: Callable[[BinaryIO, str], Document]
