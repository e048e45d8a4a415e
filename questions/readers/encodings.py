"""What the first bytes of a document tell: its encoding, or the kind of file that is no text."""

import codecs
from typing import NamedTuple

from .items import ReadError

SIGNATURES = {
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
LONGEST = 16


class Encoding(NamedTuple):
    """Its name, the codec of Python, and the byte order mark that tells it."""

    name: str
    codec: str
    mark: bytes


UNMARKED = Encoding("UTF-8", "utf-8", b"")
MARKED = (
    Encoding("UTF-8", "utf-8", codecs.BOM_UTF8),
    Encoding("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("UTF-16", "utf-16-be", codecs.BOM_UTF16_BE),
)
# Looked for before those of UTF-16: one of them begins with one of these.
UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def encoding_of(start: bytes, file: str) -> Encoding:
    """ReadError for what is no text, or text in an encoding that is not read."""
    _refuse_other_kinds(start, file)
    if start.startswith(UTF_32_MARKS):
        raise ReadError(file, 0, "it is UTF-32 text. Save it as UTF-8.")
    marked = (encoding for encoding in MARKED if start.startswith(encoding.mark))
    return next(marked, UNMARKED)


def _refuse_other_kinds(start: bytes, file: str) -> None:
    kind = kind_of(start)
    if kind:
        why = f"it is not text: it looks like {kind}. Save its text as a UTF-8 file."
        raise ReadError(file, 0, why)


def kind_of(start: bytes) -> str:
    """What a file looks like that is no text, else empty."""
    kinds = (kind for signature, kind in SIGNATURES.items() if start.startswith(signature))
    return next(kinds, "")
