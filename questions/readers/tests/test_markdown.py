"""The Markdown reader and its writer."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.readers import normal
from questions.readers.items import Item, Link, OtherAnswer, ReadError, SetItem, SourceRef
from questions.readers.markdown import reader, writer
from questions.readers.markdown.sets import write_set
from questions.readers.tests import nasty


def document(source):
    return reader.read(io.BytesIO(source.encode()), "notes.md")


def read(source):
    return list(document(source).items)


def write(items, title=""):
    return "".join(writer.write(items, title=title))


def bare(items):
    """Items without what depends on where they stand in a file."""
    return [replace(item, line=0, number=None, warnings=()) for item in items]


@given(nasty.documents, nasty.lines)
def test_what_is_written_reads_back(items, title):
    items = [normal.item(item) for item in items]
    written = write(items, title)
    found = document(written)
    assert bare(found.items) == items
    assert found.title == normal.one_line(title)
    assert found.notices == []


@given(nasty.documents, nasty.lines)
def test_writing_what_was_written_changes_no_byte(items, title):
    written = write(items, title)
    found = document(written)
    again = list(found.items)
    assert write(again, found.title) == written
    assert [item.warnings for item in again] == [()] * len(again)


@given(st.lists(nasty.texts | st.just("## Why?") | st.just("\n- id: a\n"), max_size=5).map("\n".join))
def test_any_text_that_reads_is_stable_once_written(source):
    try:
        first = read(source)
    except ReadError as error:
        str(error).encode()
        return
    if first and not isinstance(first[0], SetItem):
        assert bare(read(write(first))) == bare(first)


@given(nasty.sets)
def test_a_set_reads_back(found):
    found = normal.question_set(found)
    written = "".join(write_set(found))
    (again,) = read(written)
    assert replace(again, line=0) == found
    assert "".join(write_set(again)) == written


@given(nasty.texts)
def test_the_normal_form_of_a_text_is_normal(value):
    assert normal.text(normal.text(value)) == normal.text(value)


FULL = """\
---
source: Lighthouse notes
---
## How does a lamp know when to turn?

- id: lamp-turn
- status: published
- difficulty: hard
- tags: optics, "rotation", clock\\, work
- applies to: Lamp 2
- verified: 2026-10-31
- also asked: What drives the lens?
- also asked: Why does it never stop?
- docs: [Lenses [old]](https://lamp.example/lens_(first))
- source: [Keeper's book](https://lamp.example/book "book.txt"), 12
- source: Harbor sheet, 3
- source: Spoken word

Two lenses share one bearing.

### Short answer
A weight pulls it.

### Answer
The weight falls, the *gear* turns:

```python
# not a heading
## neither
```
<!-- check
## nor this
assert True
-->

#### Detail
Oil matters.

### Key points
- A falling weight
- Gears set the pace

### Common mistakes
- **It is the wind.** It is not.

### Follow-ups
- **Who winds it?** The keeper.

### Short answer from [Keeper's book](https://lamp.example/book), 12
By hand.

### Answer from [Keeper's book](https://lamp.example/book), 12
A crank.

### Another answer
Magic.
"""

LAMP = Item(
    title="How does a lamp know when to turn?",
    line=4,
    number=1,
    id="lamp-turn",
    body="Two lenses share one bearing.",
    short="A weight pulls it.",
    answer=FULL.partition("### Answer\n")[2].partition("\n\n### Key points")[0],
    wordings=("What drives the lens?", "Why does it never stop?"),
    key_points=("A falling weight", "Gears set the pace"),
    mistakes="- **It is the wind.** It is not.",
    follow_ups="- **Who winds it?** The keeper.",
    tags=("optics", '"rotation"', "clock, work"),
    difficulty="hard",
    status="published",
    applies_to="Lamp 2",
    verified_on=date(2026, 10, 31),
    links=(Link(title="Lenses [old]", url="https://lamp.example/lens_(first)"),),
    sources=(
        SourceRef(title="Keeper's book", file="book.txt", number=12, url="https://lamp.example/book"),
        SourceRef(title="Harbor sheet", number=3),
        SourceRef(title="Spoken word"),
    ),
    answers=(
        OtherAnswer(
            short="By hand.",
            answer="A crank.",
            source=SourceRef(title="Keeper's book", number=12, url="https://lamp.example/book"),
        ),
        OtherAnswer(answer="Magic."),
    ),
)


def test_everything_the_format_holds_is_read():
    found = document(FULL)
    assert list(found.items) == [LAMP]
    assert (found.title, found.format, found.notices) == ("Lighthouse notes", "markdown", [])


def test_the_written_layout():
    layout = FULL.replace(
        "[Lenses [old]](https://lamp.example/lens_(first))", r"[Lenses \[old\]](<https://lamp.example/lens_(first)>)"
    )
    assert write([LAMP], "Lighthouse notes") == layout


def test_two_questions_have_one_blank_line_between_them_and_always_an_answer():
    assert write([Item(title="C #", line=1), Item(title="Which?", line=1, id="b")]) == (
        "## C # ##\n\n- id:\n\n### Answer\n\n## Which?\n\n- id: b\n\n### Answer\n"
    )


def test_nothing_to_write_is_an_empty_text():
    assert write([]) == ""


def test_a_plain_file_is_questions_with_answers():
    found = document(
        "# Birds\n\nWelcome.\n\n## 3. Why sing?\n\nTo be heard.\n\n### At dawn\nMost.\n\n---\n\n"
        "## Q7: Why fly?\n- fast\n- far\n"
    )
    first, second = found.items
    assert (first.title, first.number, first.line) == ("Why sing?", 3, 5)
    assert first.answer == "To be heard.\n\n#### At dawn\nMost."
    assert (second.title, second.number, second.answer, second.warnings) == ("Why fly?", 7, "- fast\n- far", ())
    assert found.title == "Birds"
    assert [(notice.line, notice.text) for notice in found.notices] == [
        (3, "text that belongs to no question is left out.")
    ]


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        ("# What is ice?\nCold.\n# What is fog?\nWet.\n", ["What is ice?", "What is fog?"]),
        ("### What is ice?\nCold.\n### What is fog?\nWet.\n", ["What is ice?", "What is fog?"]),
        ("# All\n## Cold\n### What is ice?\nCold.\n## Wet\n### What is fog?\nWet.\n", ["What is ice?", "What is fog?"]),
        ("# All\nText.\n## Ice\nCold.\n", ["Ice"]),
        ("## Ice\n\n### Answer\nCold.\n", ["Ice"]),
        ("## Contents\n- [Ice](#ice)\n\n## Ice\nCold.\n", ["Ice"]),
        ("# Ice\n- id: ice\n\n## Answer\nCold.\n", ["Ice"]),
        ("## Ice\n```\n## no\n```\n<!--\n## no\n-->\n    ## no\n", ["Ice"]),
    ],
)
def test_the_level_of_the_questions(source, titles):
    assert [item.title for item in read(source)] == titles


def test_what_is_not_known_is_kept_and_noticed():
    (item,) = read(
        "## Q\n- id: q\n- mood: calm\n\nBody.\n\n### Answer\nYes.\n\n### History\nOld.\n\n"
        "### Key points\n- One\n  more\n"
    )
    assert item.body == "- mood: calm\n\nBody."
    assert item.answer == "Yes.\n\n#### History\nOld."
    assert item.key_points == ("One more",)
    assert [notice.line for notice in item.warnings] == [3, 10]


def test_an_open_fence_is_closed_and_noticed():
    (item,) = read("## Q\n\nText:\n\n  ```python\nx = 1\n\n## y\n")
    assert item.answer == "Text:\n\n  ```python\nx = 1\n\n## y\n  ```"
    assert [notice.line for notice in item.warnings] == [5]


def test_headings_in_an_answer_are_lowered():
    (item,) = read("## Q?\n- id: q\n\n### Answer\n  ## Sub ##\nText\n\nUnder\n---\n\n##### Deep\n")
    assert item.answer == "  #### Sub ##\nText\n\n#### Under\n\n##### Deep"


def test_words_in_angle_brackets_stay():
    (item,) = read("## Q?\nUse <int:post_id> or `<b>`.\n")
    assert item.answer == "Use <int:post_id> or `<b>`."


def test_a_list_that_is_no_data_is_text():
    (item,) = read("## Q?\n- docs: the manual\n- plain\n")
    assert item.answer == "- docs: the manual\n- plain"


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("## Q\n\n- id: q\n- difficulty: brutal\n", 4, "easy, medium or hard"),
        ("## Q\n\n- id: q\n- status: gone\n", 4, "draft, published or retired"),
        ("## Q\n\n- verified: 2026-13-01\n", 3, "2026-11-20"),
        ("## Q\n\n- id: a\n- id: b\n", 4, "second time"),
        ("## Q\n\n- id: a b\n", 1, "is no id"),
        ("## Q\n\n- docs: nowhere\n", 3, "not a link"),
        ("## Q\n\n- docs: [x](javascript:alert)\n", 1, "not a web address"),
        ("x\n\n##\ntext\n", 3, "no title"),
        (f"## {'q' * 501}\n", 1, "title is longer"),
        (f"\n## Q\n{'word ' * 19_000}\n{'word ' * 19_000}\n", 2, "answer is longer"),
        ("## Q\n```\n" + "word\n" * 200_001, 1, "begins in line 2 does not end"),
        ("---\nsource: x\n", 1, "does not end"),
        ("---\nsource: [x\n---\n", 2, "not YAML"),
        ("---\njust words\n---\n", 2, "names with values"),
        ("---\nsource: [a]\n---\n", 1, "not a text"),
        ('---\nsource: "\\0"\n---\n', 1, "which no text may"),
        ("---\nkind: course\n---\n## Q\n", 1, "not known"),
        ("---\nkind: set\ntitle: T\n---\nNo list.\n", 1, "lists no questions"),
        ("---\nkind: set\n---\n- a\n", 1, "no title"),
        ("---\nkind: set\ntitle: T\n---\n## Questions\n\nwords\n", 7, "not an entry"),
        ("---\nkind: set\ntitle: T\n---\n- two words\n", 1, "is no id"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(source, line, why):
    with pytest.raises(ReadError, match=why) as caught:
        read(source)
    assert (caught.value.file, caught.value.line) == ("notes.md", line)


@pytest.mark.parametrize(
    "source",
    [
        "---\nkind: set\nid: week\ntitle: A week\n---\nSlowly.\n\n## Questions\n\n1. one\n2. two\n",
        "---\nkind: set\nid: week\ntitle: A week\n---\nSlowly.\n\n- one\n- two\n",
        "---\nkind: set\nid: week\ntitle: A week\ndescription: Slowly.\nquestions: [one, two]\n---\n",
    ],
)
def test_layouts_of_a_set(source):
    assert read(source) == [SetItem(title="A week", line=1, id="week", description="Slowly.", questions=("one", "two"))]


def test_unknown_front_matter_is_noticed():
    assert [notice.text for notice in document("---\nlayout: post\ntitle: T\n---\n## Q\n").notices] == [
        "not known in the front matter and left out: 'layout'."
    ]


def test_of_very_many_notices_the_first_are_kept():
    found = document("## Q\n- id: q\n" + "# Part\ntext\n" * 300)
    assert len(list(found.items)) == 1
    assert len(found.notices) == 200
    assert found.notices[-1].text == "from here on notices are left out."
