"""Bytes of a document -> its text, piece by piece or line by line; and what a file that is no text looks like."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from .items import TEXT_LIMIT, ReadError

CHUNK = 64 * 1024

_SIGNATURES = {
    b"PK\x03\x04": "a zip archive (office documents and Anki decks are such archives)",
    b"PK\x05\x06": "an empty zip archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a WebP image or a sound or video file",
    b"SQLite format 3\0": "an SQLite database",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\0": "an xz archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
}
# UTF-32 before UTF-16: the mark of one begins with the mark of the other.
_UNREADABLE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def chunks(stream: BinaryIO, file: str, limit: int) -> Iterator[str]:
    """The text of a UTF-8 stream, or of a UTF-16 one with its mark, with LF line ends, in pieces of any length.

    ReadError for a binary file, for bytes that are not in the encoding, for more than `limit` bytes and for no text.
    """
    head = _head(stream)
    name, mark = _encoding(head, file)
    decoder = codecs.getincrementaldecoder(name)()
    line, held, blank = 1, "", True
    for data in _bounded(head.removeprefix(mark), stream, file, limit):
        try:
            piece = held + decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise _undecodable(error, file, line, held, name) from None
        # A CR at the end of a piece may be half of a CRLF.
        held = "\r" if data and piece.endswith("\r") else ""
        piece = _with_lf(piece.removesuffix(held))
        if "\0" in piece:
            raise _binary(piece, file, line)
        blank = blank and not piece.strip()
        line += piece.count("\n")
        yield piece
    if blank:
        raise ReadError(file, 0, "it is empty: there is no text in it.")


def split(pieces: Iterator[str], file: str) -> Iterator[tuple[int, str]]:
    """Each line of the text with its number, counted from 1, without its end. ReadError for an endless line."""
    number, tail, length = 1, [], 0
    for piece in pieces:
        first, *others = piece.split("\n")
        tail.append(first)
        length += len(first)
        for other in others:
            _check_length(length, file, number)
            yield number, "".join(tail)
            number, tail, length = number + 1, [other], len(other)
        _check_length(length, file, number)
    if length:
        yield number, "".join(tail)


def lines(stream: BinaryIO, file: str, limit: int) -> Iterator[tuple[int, str]]:
    """The numbered lines of a stream; what cannot be read is a ReadError, as in `chunks` and `split`."""
    return split(chunks(stream, file, limit), file)


def _head(stream: BinaryIO) -> bytes:
    """The first bytes: a pipe may give fewer than a mark or a signature needs at a time."""
    head = stream.read(CHUNK)
    while head and len(head) < 16 and (more := stream.read(CHUNK)):
        head += more
    return head


def _bounded(head: bytes, stream: BinaryIO, file: str, limit: int) -> Iterator[bytes]:
    """The bytes of the stream; the last piece, and no other, is empty."""
    size, data = 0, head
    while data:
        size += len(data)
        if size > limit:
            raise ReadError(file, 0, f"it is larger than {_amount(limit)}, the most that is read. Split it.")
        yield data
        data = stream.read(CHUNK)
    yield b""


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _encoding(head: bytes, file: str) -> tuple[str, bytes]:
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            raise ReadError(file, 0, f"it is not text: it looks like {name}. Save its text as a UTF-8 file.")
    if head.startswith(_UNREADABLE_MARKS):
        raise ReadError(file, 0, "it is UTF-32 text. Save it as UTF-8.")
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name, mark
    return "utf-8", b""


def _undecodable(error: UnicodeDecodeError, file: str, line: int, held: str, name: str) -> ReadError:
    before = held + error.object[: error.start].decode(name, "replace")
    line += _with_lf(before).count("\n")
    bad = error.object[error.start]
    spelled = "UTF-8" if name == "utf-8" else "UTF-16"
    return ReadError(file, line, f"byte 0x{bad:02X} is not {spelled} text. Save the file as UTF-8 and load it again.")


def _binary(piece: str, file: str, line: int) -> ReadError:
    line += piece[: piece.index("\0")].count("\n")
    if piece.count("\0") * 3 > len(piece):
        return ReadError(file, line, "it looks like UTF-16 text without a byte order mark. Save it as UTF-8.")
    return ReadError(file, line, "it is not text: it holds NUL bytes. Save its text as a UTF-8 file.")


def _check_length(length: int, file: str, number: int) -> None:
    if length > TEXT_LIMIT:
        raise ReadError(file, number, f"the line is longer than {TEXT_LIMIT:,} characters, more than a text may have.")


def _amount(limit: int) -> str:
    return f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit:,} bytes"
