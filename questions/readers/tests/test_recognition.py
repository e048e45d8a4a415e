"""Which reader a document gets."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.readers import open_document
from questions.readers.formats import FORMATS
from questions.readers.items import ReadError
from questions.readers.markdown import writer
from questions.readers.markdown.sets import write_set
from questions.readers.tests import nasty

BANK = Path(__file__).parents[2] / "bank"
QUESTIONS, SETS = sorted(BANK.glob("flask/*.md")), sorted(BANK.glob("sets/*.md"))

ARTICLE = "Ten questions\n\n1. What is a kite? (Toys)\n\nPaper on a string.\n\n2. Why does it fly? (Air)\n\nWind.\n"


def opened(data, file="notes", **options):
    return open_document(io.BytesIO(data if isinstance(data, bytes) else data.encode()), file, **options)


@pytest.mark.parametrize(
    ("source", "file", "name"),
    [
        ('{"questions": [{"title": "a"}]}', "notes", "json"),
        ('\n [ {"title": "a"}]', "notes.txt", "json"),
        ("---\nsource: x\n---\n## Q\n", "notes.txt", "markdown"),
        ("## What is a kite?\nPaper.\n", "-", "markdown"),
        ("# What is a kite?\nPaper.\n# Why?\nWind.\n", "notes.md", "markdown"),
        ("[Kites](x) fly.\n\n## Why?\nWind.\n", "notes.md", "markdown"),
        ("## What?\n- id: a\n\n### Answer\n" + ARTICLE, "notes.txt", "markdown"),
        (ARTICLE, "notes.txt", "article"),
        (ARTICLE, "notes", "article"),
    ],
)
def test_the_content_says_which_format(source, file, name):
    assert opened(source, file).format == name


def test_a_named_format_is_taken():
    assert opened("# One\ntext\n# Two\ntext\n", "notes.txt", format="markdown").format == "markdown"


@pytest.mark.parametrize(
    ("source", "file", "why"),
    [
        ("Just some words.\n", "notes.txt", "--format: article, markdown, json"),
        ("Just some words.\n", "notes.md", "no questions found.*## What is a queue"),
        ('{"questions": []}', "notes", 'no questions found.*{"questions"'),
        ("{", "notes.json", "not JSON"),
        ("", "notes.md", "empty"),
        ("x" * 300, "notes.md", "larger than 200 bytes"),
    ],
)
def test_what_is_refused_says_why(source, file, why):
    with pytest.raises(ReadError, match=why):
        list(opened(source, file, limit=200).items)


@pytest.mark.parametrize(("limit", "amount"), [(2**20, "1 MiB"), (1_000_000, "1,000,000 bytes")])
def test_a_document_over_the_limit_is_refused(limit, amount):
    with pytest.raises(ReadError, match=f"larger than {amount}"):
        opened(b"words and \n" * 2**17, limit=limit)


def test_as_many_bytes_as_the_limit_are_read():
    assert len(list(opened("## Why?\n", limit=8).items)) == 1


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"", 0, "empty"),
        (b"%PDF-1.7\n", 0, "a PDF"),
        (b"some\nna\xefve words\n", 2, "0xEF is not UTF-8 text"),
        ("some words".encode("utf-16-le"), 1, "without a byte order mark"),
    ],
)
def test_what_no_format_recognizes_says_first_that_it_is_no_text(data, line, why):
    with pytest.raises(ReadError, match=why) as caught:
        opened(data, "notes")
    assert caught.value.line == line


def test_items_are_read_as_they_are_asked_for():
    stream = io.BytesIO(("## What is a kite?\n\nPaper on a string.\n\n" * 10_000).encode())
    items = open_document(stream, "notes.md").items
    assert next(items).number == 1
    assert stream.tell() < 200_000
    assert sum(1 for _ in items) == 9_999


@given(
    st.binary()
    | nasty.texts.map(str.encode)
    | st.lists(st.sampled_from([*nasty.FRAGMENTS, "## Why?", "1. Why? (Air)", "2. How?", "Answer:"]))
    .map("\n".join)
    .map(str.encode),
    st.sampled_from([None, *FORMATS]),
    st.sampled_from(["notes", "notes.md", "notes.txt", "notes.json"]),
)
def test_any_bytes_give_items_or_a_read_error(data, name, file):
    try:
        items = list(opened(data, file, format=name).items)
    except ReadError as error:
        assert error.file == file
        str(error).encode()
    else:
        assert items == list(opened(data, file, format=name).items)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_bank_is_written_as_the_product_writes_it(path):
    data = path.read_bytes()
    document = opened(data, path.name)
    items = list(document.items)
    assert [document.notices, *(item.warnings for item in items)] == [[], *[()] * len(items)]
    assert "".join(writer.write(items, title=document.title)).encode() == data


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_sets_of_the_bank_are_written_as_the_product_writes_them(path):
    document = opened(path.read_bytes(), path.name)
    (found,) = document.items
    assert document.notices == []
    assert "".join(write_set(found)).encode() == path.read_bytes()
