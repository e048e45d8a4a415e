"""The text of bytes in an encoding, piece by piece."""

import codecs
import io

from .encodings import Encoding
from .items import ReadError


class PieceDecoder:
    """Decodes bytes piece by piece. `line` is the one in which the next piece begins."""

    def __init__(self, encoding: Encoding, file: str) -> None:
        self.encoding, self.file = encoding, file
        self.decoder = newline_decoder(encoding, errors="strict")
        self.line = 1

    def text(self, data: bytes) -> str:
        """The text of the next bytes. Empty bytes say that nothing follows."""
        try:
            piece = self.decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self.undecodable(error) from None
        if "\0" in piece:
            raise self.binary(piece)
        self.line += piece.count("\n")
        return piece

    def undecodable(self, error: UnicodeDecodeError) -> ReadError:
        line = self.line + self.lines_before(error)
        problem = f"byte 0x{error.object[error.start]:02X} is not {self.encoding.name} text"
        why = f"{problem}. Save the file as UTF-8 and load it again."
        return ReadError(self.file, line, why)

    def lines_before(self, error: UnicodeDecodeError) -> int:
        """How many lines end in the piece before the bytes that cannot be read."""
        _, state = self.decoder.getstate()
        # A CR at the end of the last piece has been held back: it may be half of a CRLF.
        carriage_return = "\r" * (state & 1)
        text = carriage_return + error.object[: error.start].decode(self.encoding.codec, "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")

    def binary(self, piece: str) -> ReadError:
        line = self.line + piece[: piece.index("\0")].count("\n")
        if piece.count("\0") * 3 > len(piece):
            why = "it looks like UTF-16 text without a byte order mark. Save it as UTF-8."
        else:
            why = "it is not text: it holds NUL bytes. Save its text as a UTF-8 file."
        return ReadError(self.file, line, why)


def newline_decoder(encoding: Encoding, errors: str) -> io.IncrementalNewlineDecoder:
    """A decoder that ends each line with LF."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(errors)
    return io.IncrementalNewlineDecoder(decoder, translate=True)
