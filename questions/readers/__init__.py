"""Documents to items: `open_document` finds the format of a document and has it read."""

import os
from itertools import chain
from typing import BinaryIO

from .contract import Confidence, Format, Head
from .formats import FORMATS
from .items import Document, ReadError
from .text import require_text

LIMIT = 100 * 2**20


def open_document(
    stream: BinaryIO,
    file: str,
    *,
    format: str | None = None,
    limit: int = LIMIT,
) -> Document:
    """A document whose items are read from the stream as they are asked for.

    The stream can be rewound, and holds nothing else. `format` is one of FORMATS; without it the
    content says which. ReadError, here or from the items, for what cannot be read, a document
    without questions included.
    """
    _check_size(stream, file, limit)
    chosen = FORMATS[format] if format else _recognized_format(stream, file)
    document = chosen.read(stream, file)
    _require_items(document, chosen.example)
    return document


def _check_size(stream: BinaryIO, file: str, limit: int) -> None:
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    if size > limit:
        why = f"it is larger than {_amount(limit)}, the most that is read. Split it."
        raise ReadError(file, 0, why)


def _amount(limit: int) -> str:
    return f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit:,} bytes"


def _require_items(document: Document, example: str) -> None:
    first = next(document.items, None)
    if first is None:
        raise ReadError(document.file, 0, f"no questions found. {example}")
    document.items = chain([first], document.items)


def _recognized_format(stream: BinaryIO, file: str) -> Format:
    head = Head.of(stream, file)
    confidences = {name: format.recognize(head) for name, format in FORMATS.items()}
    surest = max(confidences, key=confidences.__getitem__)
    if confidences[surest] > Confidence.NONE:
        return FORMATS[surest]
    require_text(stream, file)
    raise _unknown_format(file)


def _unknown_format(file: str) -> ReadError:
    names = ", ".join(FORMATS)
    why = f"it is not clear what format this is. Name it with --format: {names}."
    return ReadError(file, 0, why)
