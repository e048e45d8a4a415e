"""The JSON reader and its writer."""

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.readers import normal
from questions.readers.items import Item, Link, OtherAnswer, ReadError, SetItem, SourceRef
from questions.readers.json_format import reader, writer
from questions.readers.tests import nasty


def document(source):
    return reader.read(io.BytesIO(source.encode()), "notes.json")


def read(source):
    return list(document(source).items)


def write(items):
    return "".join(writer.write(items))


def bare(items):
    return [
        replace(item, line=0, number=None, warnings=()) if isinstance(item, Item) else replace(item, line=0)
        for item in items
    ]


@given(nasty.documents, st.lists(nasty.sets, max_size=2))
def test_what_is_written_reads_back_and_is_written_the_same(items, sets):
    found = [normal.item(item) for item in items] + [normal.question_set(each) for each in sets]
    written = write(found)
    again = read(written)
    assert bare(again) == found
    assert write(again) == written
    assert json.dumps(json.loads(written), indent=1, ensure_ascii=False) + "\n" == written


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("easy"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "url", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)
names = st.sampled_from(
    ["title", "question", "answers", "tags", "links", "sources", "difficulty", "verified_on", "\ud800"]
)


@given(st.lists(st.dictionaries(names, values, max_size=4) | values, max_size=3), st.booleans(), st.booleans())
def test_any_value_gives_items_or_a_read_error(questions, in_object, for_ascii):
    source = json.dumps({"questions": questions} if in_object else questions)
    try:
        items = read(source)
    except ReadError as error:
        str(error).encode()
    else:
        repr(items).encode()


@given(
    st.lists(
        st.sampled_from(['{"questions"', ":", "[", "]", "{", "}", '"title"', '"a"', ",", "1", "null", "\n", '"', "\\"])
    )
)
def test_any_text_gives_items_or_a_read_error(parts):
    try:
        read("".join(parts))
    except ReadError as error:
        assert error.file == "notes.json"


FULL = """\
{
 "questions": [
  {
   "id": "tide",
   "title": "What moves the tide?",
   "body": "",
   "wordings": [
    "Why does the sea rise?"
   ],
   "short": "The moon.",
   "answer": "Gravity, of the moon and the sun.",
   "answers": [
    {
     "short": "",
     "answer": "A god.",
     "source": {
      "title": "Old book",
      "file": "book.txt",
      "number": 4,
      "url": ""
     }
    },
    {
     "short": "",
     "answer": "The wind.",
     "source": null
    }
   ],
   "key_points": [
    "Moon",
    "Sun"
   ],
   "follow_ups": "- **How often?** Twice a day.",
   "mistakes": "",
   "tags": [
    "sea"
   ],
   "difficulty": null,
   "status": "draft",
   "applies_to": "",
   "verified_on": null,
   "links": [
    {
     "title": "Tides",
     "url": "https://tide.example"
    }
   ],
   "sources": []
  }
 ],
 "sets": [
  {
   "id": "sea",
   "title": "The sea",
   "description": "",
   "questions": [
    "tide"
   ]
  }
 ]
}
"""
TIDE = Item(
    title="What moves the tide?",
    line=3,
    number=1,
    id="tide",
    short="The moon.",
    answer="Gravity, of the moon and the sun.",
    wordings=("Why does the sea rise?",),
    key_points=("Moon", "Sun"),
    follow_ups="- **How often?** Twice a day.",
    tags=("sea",),
    status="draft",
    links=(Link(title="Tides", url="https://tide.example"),),
    answers=(
        OtherAnswer(answer="A god.", source=SourceRef(title="Old book", file="book.txt", number=4)),
        OtherAnswer(answer="The wind."),
    ),
)
SEA = SetItem(title="The sea", line=52, id="sea", questions=("tide",))


def test_everything_the_format_holds_is_read_and_written():
    assert read(FULL) == [TIDE, SEA]
    assert write([SEA, TIDE]) == FULL


def test_nothing_to_write_is_an_empty_list():
    assert write([]) == '{\n "questions": []\n}\n'


def test_a_bare_list_and_question_for_title():
    assert read('\n[{"question": " What\\n is ice? "},\n{"title": "Fog", "answer": "## Wet\\r\\n"}]') == [
        Item(title="What is ice?", line=2, number=1),
        Item(title="Fog", line=3, number=2, answer="#### Wet"),
    ]


def test_what_is_not_known_is_noticed():
    found = document('{"title": "Notes", "made": 1,\n"questions": [{"title": "a",\n"mood": 1}]}')
    (item,) = found.items
    assert found.title == "Notes"
    assert [(notice.line, notice.text) for notice in (*found.notices, *item.warnings)] == [
        (1, "'made' is not a name of the format and is left out."),
        (2, "'mood' is not a name of the format and is left out."),
    ]


@pytest.mark.parametrize("size", [10, 65_536, 200_000])
def test_values_longer_than_a_piece(size):
    assert len(read(json.dumps([{"title": "a", "mood": "x" * size}] * 3))) == 3


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ('[\n{"title": 1}]', 2, '"title" is a number, not a text'),
        ('[\n{"title": "a"},\n{"answer": "b"}]', 3, "no title"),
        ('[{"title": "a",\n"tags": "x"}]', 1, '"tags" is a text, not a list'),
        ('[{"title": "a", "tags": [null]}]', 1, '"tags" is null, not a text'),
        ('[{"title": "a", "difficulty": "brutal"}]', 1, '"difficulty" is .brutal.: it has to be one of easy'),
        ('[{"title": "a", "status": "gone"}]', 1, '"status" is .gone.'),
        ('[{"title": "a", "verified_on": "20261120"}]', 1, '"verified_on" is .20261120., not a date'),
        ('[{"title": "a", "links": ["x"]}]', 1, '"links" is a text, not an object'),
        ('[{"title": "a", "links": [{"url": "x y"}]}]', 1, "not a web address"),
        ('[{"title": "a", "sources": [{"number": true}]}]', 1, '"number" in "sources" is not a whole number'),
        ('[{"title": "a", "answers": [{"source": 1}]}]', 1, '"source" is a number, not an object'),
        ('[{"title": "a", "answer": "\\u0000"}]', 1, "which no text may"),
        ('[{"title": "a\\ud800"}]', 1, "which no text may"),
        ("[3]", 1, "a question is a number, not an object"),
        ('{"sets": [{"title": "a", "questions": []}]}', 1, "lists no questions"),
        ('{"questions": 1}', 1, r"\[ is expected here, not 1"),
        ('[{"title": "a"}', 1, "not the end of the file"),
        ('[{"title": "a"}\n\n"', 3, ", or ] is expected here"),
        ('[{"title":\n "a}]', 2, "not JSON: Unterminated string"),
        ("[{}]]", 1, "no title"),
        ('[{"title": "a"}]\n]', 2, "more text after its end"),
        ("{1: 2}", 1, "double quotes"),
        ("[" * 100_000, 1, "nested too deeply"),
        ("[" + "1" * 5_000 + "]", 1, "too long"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(source, line, why):
    with pytest.raises(ReadError, match=why) as caught:
        read(source)
    assert (caught.value.file, caught.value.line) == ("notes.json", line)
