"""Bytes of a document -> its text, piece by piece or line by line."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, count
from typing import BinaryIO, NamedTuple

from .decoding import PieceDecoder, newline_decoder
from .encodings import LONGEST, encoding_of
from .items import TEXT_LIMIT, ReadError

CHUNK = 64 * 1024


class Line(NamedTuple):
    """A line of a document without its end; `number` is counted from 1."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def texts_of(lines: Iterable[Line]) -> list[str]:
    return [line.text for line in lines]


# Makes a line of a number and a text, and quicker than Line itself does.
_line: Callable[[tuple[int, str]], Line] = partial(tuple.__new__, Line)


def read_lines(stream: BinaryIO, file: str) -> Iterator[Line]:
    """ReadError for what `read_pieces` cannot read, and for a line longer than any text."""
    number, rest = 1, ""
    for piece in read_pieces(stream, file):
        texts = piece.split("\n")
        texts[0] = rest + texts[0]
        # The others are no longer than a piece.
        _check_length(texts[0], number, file)
        rest = texts.pop()
        yield from map(_line, zip(count(number), texts, strict=False))
        number += len(texts)
    if rest:
        yield Line(number, rest)


def read_pieces(stream: BinaryIO, file: str) -> Iterator[str]:
    """The text of a UTF-8 stream, or of a UTF-16 one with its mark, with LF line ends, in pieces.

    ReadError for a binary file, for bytes that are not in the encoding and for no text.
    """
    pieces = _decoded_pieces(stream, file)
    for piece in pieces:
        yield piece
        if piece.strip():
            break
    else:
        raise ReadError(file, 0, "it is empty: there is no text in it.")
    yield from pieces


def require_text(stream: BinaryIO, file: str) -> None:
    """ReadError for what is no text. Leaves the stream at its end."""
    deque(read_pieces(stream, file), maxlen=0)


def sample_text(start: bytes) -> str:
    """The text of the first bytes, with a mark for each that is none; empty for what is no text."""
    try:
        encoding = encoding_of(start, "")
    except ReadError:
        return ""
    decoder = newline_decoder(encoding, errors="replace")
    return decoder.decode(start.removeprefix(encoding.mark))


def _decoded_pieces(stream: BinaryIO, file: str) -> Iterator[str]:
    start = _first_bytes(stream)
    encoding = encoding_of(start, file)
    decoder = PieceDecoder(encoding, file)
    pieces = chain([start.removeprefix(encoding.mark)], _further_bytes(stream), [b""])
    return map(decoder.text, pieces)


def _first_bytes(stream: BinaryIO) -> bytes:
    """At least as many as tell the encoding: a pipe may give fewer at a time."""
    start = b""
    for data in _further_bytes(stream):
        start += data
        if len(start) >= LONGEST:
            break
    return start


def _further_bytes(stream: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stream.read(CHUNK), b"")


def _check_length(text: str, number: int, file: str) -> None:
    if len(text) > TEXT_LIMIT:
        why = f"the line is longer than {TEXT_LIMIT:,} characters, more than a text may have."
        raise ReadError(file, number, why)
