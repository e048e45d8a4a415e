"""Bytes to lines."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.readers import text
from questions.readers.items import ReadError


class Trickle(io.BytesIO):
    """A pipe that gives one byte at a time."""

    def read(self, size=-1):
        return super().read(1)


def lines(data, stream=io.BytesIO):
    return list(text.read_lines(stream(data), "notes.txt"))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1).filter(str.strip))
def test_every_encoding_gives_the_same_lines(value):
    expected = list(enumerate(value.removeprefix("\ufeff").removesuffix("\n").split("\n"), 1))
    for data in (
        ("\ufeff" + value.removeprefix("\ufeff")).encode(),
        ("\ufeff" + value.removeprefix("\ufeff")).encode("utf-16-be"),
    ):
        assert lines(data) == expected
        assert lines(data, stream=Trickle) == expected


@given(st.binary() | st.text().map(lambda value: value.encode("utf-8", "replace")))
def test_any_bytes_give_lines_or_a_read_error(data):
    try:
        numbers = [number for number, _ in lines(data)]
    except ReadError as error:
        assert error.file == "notes.txt"
    else:
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("stream", [io.BytesIO, Trickle])
def test_line_ends(stream):
    assert lines(b"a\r\nb\rc\n\r\nd\x0be\r", stream=stream) == [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d\x0be")]


def test_a_line_end_between_two_pieces():
    data = b"x" * (text.CHUNK - 1) + b"\r\ny"
    assert [line for _, line in lines(data)] == ["x" * (text.CHUNK - 1), "y"]


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as found:
        found.writestr("a", "b")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"", 0, "empty"),
        (b"\xef\xbb\xbf", 0, "empty"),
        (b" \r\n\t", 0, "empty"),
        (b"one\r\n\r\nna\xefve\n", 3, "0xEF is not UTF-8 text. Save the file as UTF-8"),
        (b"one\ntwo\nthr\xc3", 3, "0xC3"),
        (b"\xff\xfea\0\n\0\0\xd8a\0", 2, "not UTF-16"),
        (b"one\ntw\0o", 2, "NUL"),
        ("no mark".encode("utf-16-le"), 1, "without a byte order mark"),
        ("mark".encode("utf-32"), 0, "UTF-32"),
        (archive(), 0, "zip archive"),
        (b"%PDF-1.7\n", 0, "a PDF"),
        (b"\x89PNG\r\n\x1a\n", 0, "a PNG image"),
        (b"SQLite format 3\0", 0, "an SQLite database"),
        (b"\x1f\x8b\x08", 0, "gzip"),
        (b"a\n" + b"x" * 100_001, 2, "line is longer than 100,000"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(data, line, why):
    with pytest.raises(ReadError, match=why) as caught:
        lines(data)
    assert caught.value.line == line


def test_a_sample_of_the_first_bytes_has_what_is_text_in_them():
    assert text.sample_text("a\r\nb é".encode()[:-1]) == "a\nb "
    assert text.sample_text(b"na\xefve\n") == "na\ufffdve\n"
    assert text.sample_text("\ufeffword".encode("utf-16-le")) == "word"
    assert text.sample_text(archive()) == ""
