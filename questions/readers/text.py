"""Bytes of a document -> its text, piece by piece or line by line."""

import codecs
import io
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, count
from typing import BinaryIO, NamedTuple

from .items import TEXT_LIMIT, ReadError
from .signatures import LONGEST, Encoding, encoding_of

CHUNK = 64 * 1024


class Line(NamedTuple):
    """A line of a document without its end; `number` is counted from 1."""

    number: int
    text: str


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
    decoder = _decoder(encoding, errors="replace")
    return decoder.decode(start.removeprefix(encoding.mark))


def _decoder(encoding: Encoding, errors: str) -> io.IncrementalNewlineDecoder:
    decoder = codecs.getincrementaldecoder(encoding.codec)(errors)
    return io.IncrementalNewlineDecoder(decoder, translate=True)


def _decoded_pieces(stream: BinaryIO, file: str) -> Iterator[str]:
    start = _first_bytes(stream)
    encoding = encoding_of(start, file)
    decoder = _decoder(encoding, errors="strict")
    line = 1
    # The empty bytes at the end say that nothing follows.
    for data in chain([start.removeprefix(encoding.mark)], _further_bytes(stream), [b""]):
        try:
            piece = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            line += _lines_before(error, encoding, decoder)
            raise _undecodable(error, encoding, line, file) from None
        if "\0" in piece:
            raise _binary(piece, line, file)
        yield piece
        line += piece.count("\n")


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


def _lines_before(
    error: UnicodeDecodeError,
    encoding: Encoding,
    decoder: io.IncrementalNewlineDecoder,
) -> int:
    """How many lines end between the beginning of the piece and the bytes that cannot be read."""
    _, state = decoder.getstate()
    # A CR at the end of the last piece has been held back: it may be half of a CRLF.
    held = "\r" * (state & 1)
    before = held + error.object[: error.start].decode(encoding.codec, "replace")
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def _undecodable(error: UnicodeDecodeError, encoding: Encoding, line: int, file: str) -> ReadError:
    byte = error.object[error.start]
    problem = f"byte 0x{byte:02X} is not {encoding.name} text"
    return ReadError(file, line, f"{problem}. Save the file as UTF-8 and load it again.")


def _binary(piece: str, line: int, file: str) -> ReadError:
    line += piece[: piece.index("\0")].count("\n")
    if piece.count("\0") * 3 > len(piece):
        why = "it looks like UTF-16 text without a byte order mark. Save it as UTF-8."
    else:
        why = "it is not text: it holds NUL bytes. Save its text as a UTF-8 file."
    return ReadError(file, line, why)


def _check_length(text: str, number: int, file: str) -> None:
    if len(text) > TEXT_LIMIT:
        why = f"the line is longer than {TEXT_LIMIT:,} characters, more than a text may have."
        raise ReadError(file, number, why)
