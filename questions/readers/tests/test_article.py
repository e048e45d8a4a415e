"""The layouts in which articles are copied. Every sample is our own."""

import re
from html import unescape
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from questions.readers.article.reader import LEFT_OUT, NO_ANSWER, questions
from questions.readers.article.recognition import looks_like_article
from questions.readers.article.to_markdown import MAYBE_TABLE
from questions.readers.items import TEXT_LIMIT, Item, Notice, ReadError

MARKDOWN_IT = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def items(text: str) -> list[Item]:
    return list(questions(iter(enumerate(text.split("\n"), 1)), "kettles.txt"))


def outline(text: str) -> list[tuple]:
    return [(item.number, item.line, item.title) for item in items(text)]


def answers(text: str) -> list[str]:
    return [item.answer for item in items(text)]


CATEGORIES = """\
Table of Contents

1. Introduction

Tea needs hot water.

3. Kettle Questions

1. What is a kettle? (Basics)

A vessel.

2. Explain descaling. (Upkeep & Care)

Use vinegar.

4. Tips for Buying

Look at the lid.

5. After the Purchase

Keep the receipt.

Similar Posts
"""


def test_a_category_marks_a_question_and_becomes_its_tag():
    assert [(item.title, item.tags, item.answer) for item in items(CATEGORIES)] == [
        ("What is a kettle?", ("basics",), "A vessel."),
        ("Explain descaling.", ("upkeep & care",), "Use vinegar."),
    ]


def test_number_and_line_are_those_of_the_article():
    assert outline(CATEGORIES) == [(1, 9, "What is a kettle?"), (2, 13, "Explain descaling.")]


def test_several_categories_and_a_difficulty():
    (item,) = items("1. What boils? (Physics, Hard)\n\nWater.")
    assert (item.tags, item.difficulty) == (("physics",), "hard")


def test_parentheses_that_belong_to_a_title_stay():
    text = "1. Explain kettle descaling solution (KDS)\n\nAcid.\n\n2. What is the boiling point (BP)?\n\n100."
    assert [item.title for item in items(text)] == [
        "Explain kettle descaling solution (KDS)",
        "What is the boiling point (BP)?",
    ]


LABELS = """\
Thirty kettle questions with answers.
Kettle questions and answers
1. What is the purpose of the boil() method?
2. What is the difference between pot.lid and pot.spout?
3. Name three teas.
1. What is the purpose of the boil()
method?
Answer:
It heats.
2. What is the difference between pot.lid
and pot.spout
?
Answer: One closes.
3. Name three teas.
Answer:
- Green
- Black
Learn More: Kettle School
Teapots for experienced drinkers
Cups for beginners
"""


def test_a_list_of_titles_before_the_answers_is_left_out():
    assert outline(LABELS) == [
        (1, 6, "What is the purpose of the boil() method?"),
        (2, 10, "What is the difference between pot.lid and pot.spout?"),
        (3, 14, "Name three teas."),
    ]


def test_links_after_the_last_answer_are_left_out():
    assert answers(LABELS) == ["It heats.", "One closes.", "- Green\n- Black"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Q1. What boils?\nAns: Water.", "Q2. What whistles?\nAns. Steam."),
        ("Q1: What boils?\nA: Water.", "Q2: What whistles?\nA: Steam."),
        ("Q1) What boils?\n\nAnswer - Water.", "Q2) What whistles?\n\nAnswer - Steam."),
        ("Question 1: What boils?\nAnswer 1: Water.", "Question 2: What whistles?\nAnswer 2: Steam."),
        ("Question 1 - What boils?\nWater.", "Question 2 - What whistles?\nSteam."),
        ("Question #1 What boils?\n\nWater.", "Question #2 What whistles?\n\nSteam."),
        ("Q: What boils?\nA: Water.", "Q: What whistles?\nA: Steam."),
        ("**Q1. What boils?**\n\n**Answer:** Water.", "**Q2. What whistles?**\n\n**Answer:** Steam."),
        ("1) What boils?\n\nWater.", "2) What whistles?\n\nSteam."),
        ("1.What boils?\n\nWater.", "2.What whistles?\n\nSteam."),
        ("**1. What boils?**\nWater.", "**2. What whistles?**\nSteam."),
        ("1. What boils? Ans: Water.", "2. What whistles? Ans: Steam."),
        ("### 1. What boils?\n\nWater.", "### 2. What whistles?\n\nSteam."),
        ("## Question 1: What boils?\n\nWater.", "## Question 2: What whistles?\n\nSteam."),
        ("#### Q1. What boils?\n#### Answer\nWater.", "#### Q2. What whistles?\n#### Answer\nSteam."),
        ("1.\u00a0What\u00a0boils?\u200b\n\nWater.", "2.\u00a0What whistles?\n\nSteam."),
    ],
)
def test_ways_to_mark_questions_and_answers(first: str, second: str):
    text = f"Kettles are fun.\n\n{first}\n\n{second}\n"
    assert [(item.number, item.title, item.answer) for item in items(text)] == [
        (1, "What boils?", "Water."),
        (2, "What whistles?", "Steam."),
    ]
    assert looks_like_article(text.split("\n"))


def test_what_stands_between_title_and_label_is_the_body():
    (_, item) = items("Q1. What?\n\nAnswer: So.\n\nQ2. What does this print?\n\nx = 1\nprint(x)\n\nAnswer: One.")
    assert (item.body, item.answer) == ("```python\nx = 1\nprint(x)\n```", "One.")


PLAIN = """\
Contents
1. What is tea?
2. How do you pick it?
3. Why is it green?

Let us begin.

1. What is tea?
A drink of leaves.

2. How do you pick it?

Follow these steps:

1. Walk to the garden

2. Pick two leaves

3. Carry them home

Then rest.

3. Why is it green?

1. No heat
2. No time
3. No milk

7. Where does it grow?

On hills.
"""


def test_steps_that_start_over_stay_in_the_answer():
    assert [number for number, _, _ in outline(PLAIN)] == [1, 2, 3, 7]
    assert answers(PLAIN)[1:3] == [
        "Follow these steps:\n\n1. Walk to the garden\n2. Pick two leaves\n3. Carry them home\n\nThen rest.",
        "1. No heat\n2. No time\n3. No milk",
    ]


def test_steps_with_code_between_them_are_no_questions():
    text = (
        "1. What is a generator?\n\nThree steps:\n\n1. Define a function.\n\ndef pour():\n    yield 1\n\n"
        "2. Call it.\n\ncup = pour()\n\n3. Loop over it.\n\nThat is all.\n\n2. Cups against mugs\n\nTaste."
    )
    assert outline(text) == [(1, 1, "What is a generator?"), (2, 18, "Cups against mugs")]
    assert answers(text)[0] == (
        "Three steps:\n\n1. Define a function.\n\n```python\ndef pour():\n    yield 1\n```\n\n"
        "2. Call it.\n\n```python\ncup = pour()\n```\n\n3. Loop over it.\n\nThat is all."
    )


def test_numbers_that_start_over_in_a_new_group():
    text = "1. What is tea?\n\nA drink.\n\nAdvanced Questions\n\n1. Explain steeping\n\nHeat.\n\n2. Why?\n\nTaste."
    assert [(item.number, item.title, item.tags) for item in items(text)] == [
        (1, "What is tea?", ()),
        (1, "Explain steeping", ("advanced",)),
        (2, "Why?", ("advanced",)),
    ]


def test_a_question_without_an_answer_is_told():
    text = "1. What is tea?\n\nA drink.\n\n2. What is milk?\n3. What is rum?\n4. What is ice?\n\nWater."
    assert [(item.title, item.warnings) for item in items(text)][1] == (
        "What is milk?",
        (Notice(line=5, text=NO_ANSWER),),
    )


GROUPS = """\
Basic Questions

1. What is a cup?

A vessel.

2. What is a mug?

A big cup.

Advanced Cup Questions and Answers

3. How is porcelain made?

Slowly:
"""


def test_a_heading_between_groups_is_a_tag_of_the_questions_below():
    assert [(item.tags, item.answer) for item in items(GROUPS)] == [
        (("basic",), "A vessel."),
        (("basic",), "A big cup."),
        (("advanced cup",), "Slowly:"),
    ]


def test_a_short_last_line_that_is_no_heading_stays():
    assert answers("1. What is a cup?\n\nA vessel.\n\nMostly round\n\n2. What is a mug?\n\nA cup.") == [
        "A vessel.\n\nMostly round",
        "A cup.",
    ]


MARKDOWN = """\
# The kettle handbook

## Basics

### 1. What is a `Kettle`?

A class with **one** method, see [the manual](https://kettle.example/manual).

```python
# 2. What is not a question?
kettle = Kettle()
```

### 2. What is __init__ for?

# Setting up

## Advanced

### 3. Explain pouring

#### Slowly

| speed | drops |
|---|---|
| 1 | 2 |

## Conclusion

Thanks for reading.
"""


def test_numbered_markdown_headings():
    assert [(item.title, item.tags) for item in items(MARKDOWN)] == [
        ("What is a Kettle?", ("basics",)),
        ("What is __init__ for?", ("basics",)),
        ("Explain pouring", ("advanced",)),
    ]
    assert answers(MARKDOWN) == [
        "A class with **one** method, see [the manual](https://kettle.example/manual).\n\n"
        "```python\n# 2. What is not a question?\nkettle = Kettle()\n```",
        "\\# Setting up",
        "#### Slowly\n\n| speed | drops |\n|---|---|\n| 1 | 2 |",
    ]
    assert looks_like_article(MARKDOWN.split("\n"))


def test_what_is_left_out_in_the_middle_is_told():
    text = "1. What is a cup?\n\nA vessel.\n\nAlso read: Ten mugs\n\nIt holds tea.\n\n2. What is a mug?\n\nA cup."
    assert [(item.answer, item.warnings) for item in items(text)] == [
        ("A vessel.\n\nIt holds tea.", (Notice(line=5, text=LEFT_OUT),)),
        ("A cup.", ()),
    ]


def test_a_conclusion_belongs_to_an_answer_only_before_another_question():
    text = "1. What is a cup?\n\nA vessel.\n\nSummary\n\nIt holds.\n\n2. What is a mug?\n\nA cup.\n\nConclusion\n\nBye."
    assert [(item.answer, item.warnings) for item in items(text)] == [
        ("A vessel.\n\nSummary\n\nIt holds.", ()),
        ("A cup.", (Notice(line=13, text=LEFT_OUT),)),
    ]


def test_advertising_lines_are_dropped():
    assert answers("1. What is a cup?\n\nA vessel.\n\nAdvertisement\n\nIt holds tea.\n") == [
        "A vessel.\n\nIt holds tea."
    ]


def test_labels_of_a_section_stay_in_the_answer():
    text = (
        "1. What is a cup? (Ware)\n\nHow to Answer:\nTalk of vessels.\n\nMy Answer:\nA vessel.\n\n2. And? (Ware)\n\nNo."
    )
    assert answers(text)[0] == "How to Answer:\n\nTalk of vessels.\n\nMy Answer:\n\nA vessel."


def test_bullets_nest_by_their_indentation():
    body = "Parts:\n\n  • Body:\n\n    • wall\n    • floor\n\n  • Handle\n\n  \u2013 Rim\n\t1) inner\n\t2) outer\n"
    assert answers(f"1. What is a cup?\n\n{body}") == [
        "Parts:\n\n- Body:\n  - wall\n  - floor\n- Handle\n- Rim\n  1. inner\n  2. outer",
    ]


@pytest.mark.parametrize("bullet", ["•", "•\t", "- ", "* ", "\u2013 ", "◦ ", "● ", "+ ", "\t▪ "])
def test_kinds_of_bullets(bullet: str):
    assert answers(f"1. What is a cup?\nParts:\n{bullet}wall\n{bullet}floor\n") == ["Parts:\n\n- wall\n- floor"]


def test_list_items_broken_over_lines():
    text = (
        "1. How are cups safe?\nAnswer: By:\n- Using\nCUP_LID for all. - Washing them.\n- Drying\nthem\n"
        "2. Is it so?\nAnswer: Yes."
    )
    assert answers(text)[0] == "By:\n\n- Using `CUP_LID` for all.\n- Washing them.\n- Drying them"


def test_a_list_that_starts_over_stays_a_list_of_its_own():
    assert answers("1. How?\n\n  1. Fill\n  2. Boil\n  1. Pour\n") == ["1. Fill\n2. Boil\n1) Pour"]


def test_a_table_without_columns_is_kept_line_by_line_with_a_warning():
    text = (
        "1. Which cups? (Ware)\n\nHere is a table of cups:\n\nCup Size Use\nmug Large Coffee at work.\n"
        "Espresso Small Strong coffee.\n\nPick one.\n\n2. And? (Ware)\n\nNo."
    )
    item = items(text)[0]
    assert item.answer == (
        "Here is a table of cups:\n\n"
        "Cup Size Use\\\nmug Large Coffee at work.\\\nEspresso Small Strong coffee.\n\n"
        "Pick one."
    )
    assert item.warnings == (Notice(line=5, text=MAYBE_TABLE),)


def test_rows_are_noticed_without_a_caption():
    (item,) = items("1. Which cups?\n\nCup Size\nMug Large\nTumbler Small\n")
    assert (item.answer, len(item.warnings)) == ("Cup Size\\\nMug Large\\\nTumbler Small", 1)


def test_a_table_whose_tabs_were_copied_keeps_its_columns():
    assert answers("1. Which cups?\n\nCup\tSize\nMug\t1|2\n") == ["| Cup | Size |\n| --- | --- |\n| Mug | 1\\|2 |"]


def test_a_paragraph_wrapped_by_hand_is_one_again():
    text = "1. What is tea?\n\n" + "\n".join(
        [
            "Tea is a drink that is made of leaves, hot water and a little",
            "Time, and nobody should ever hurry it or leave it",
            "alone.",
        ]
    )
    assert answers(text) == [
        "Tea is a drink that is made of leaves, hot water and a little Time, "
        "and nobody should ever hurry it or leave it alone."
    ]


def test_inline_code_that_broke_a_line_is_rejoined_and_marked():
    start = (
        "A kettle is filled from the tap and put on the stove, where it stays until it whistles; then we always import"
    )
    body = f"{start} water\nfrom tap\n, call pot.pour(cup, slowly=True)\n(twice) and set\nMAX_TEA\n."
    assert answers(f"1. How?\nAnswer:\n{body}\n2. So?\nAnswer: Yes.")[0] == (
        f"{start} `water` from `tap`, call `pot.pour(cup, slowly=True)` (twice) and set `MAX_TEA`."
    )


def test_an_answer_over_the_limit_is_refused_with_its_line():
    with pytest.raises(ReadError) as caught:
        items("Hello\n\n1. What is tea?\n\n" + "A drink. \n" * TEXT_LIMIT)
    assert (caught.value.file, caught.value.line) == ("kettles.txt", 3)
    assert caught.value.why == "the answer is longer than 100,000 characters."


def test_questions_come_while_the_article_is_still_being_read():
    lines = ((line, f"{line // 2}. What is it?" if line % 2 == 0 else "A vessel.") for line in count(2))
    assert next(questions(lines, "endless.txt")).title == "What is it?"


def test_a_text_without_questions_has_no_items():
    assert items("Once upon a time.\n\n1. Introduction\n\nThere was tea.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Just prose about tea.\nAnd more of it.",
        '{"questions": []}',
        "---\nsource: Tea\n---\n## What is tea?",
        "## What is tea?\n\n1. Is it a drink?\n\nYes.\n\n## What is rum?\n\nNo.",
        "<!doctype html>\n<p>1. What is tea?</p>",
        "- 1.5 cups\n- 2 spoons",
        "",
    ],
)
def test_other_documents_are_not_taken_for_articles(text: str):
    assert not looks_like_article(text.split("\n"))


def test_a_long_table_of_contents_alone_is_recognized():
    assert looks_like_article([f"{number}. What is cup {number}?" for number in range(1, 401)])


PIECES = [
    "1. What is tea?", "2. Explain cups. (Ware)", "3. Steps", "Q4. Why?", "### 5. How?", "Answer:", "Ans: yes",
    "A: no", "Summary", "Related Posts", "## Advanced", "Advanced Questions", "```", "```python", "~~~", "- a",
    "  • b", "\t1) c", "    * d", "x = 1", "def f():", "    return 1", "# note", "f(", "})",
    "A long sentence of tea.", "and so on", ", then", "Cup Size", "Here is a table:", "a\tb", "| a | b |",
    "|---|---|", ">>> f()", "$ ls", "<b>", "key:", "  sub: 1", "", "", "   ", "Copy code",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=60))
def test_any_text_gives_items_in_order(lines: list[str]):
    found = list(questions(iter(enumerate(lines, 1)), "any"))
    assert [item.line for item in found] == sorted({item.line for item in found})
    assert all(item.title and item.title == item.title.strip() for item in found)
    looks_like_article(lines)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_answer_leaves_a_block_open(lines: list[str]):
    for item in questions(iter(enumerate(["1. What is tea?", "", *lines], 1)), "any"):
        last = MARKDOWN_IT.parse(item.answer + "\n\nThe end.")[-3:]
        assert [(token.type, token.level) for token in last] == [
            ("paragraph_open", 0),
            ("inline", 1),
            ("paragraph_close", 0),
        ]


BODY = [piece for piece in PIECES if not re.match(r"[1-5Q#]|A|Summary|Related|Copy|```|~~~|[|]--", piece)]


@given(st.lists(st.sampled_from(BODY), max_size=30))
def test_every_word_of_an_answer_is_shown(lines: list[str]):
    (item,) = questions(iter(enumerate(["1. What is tea?", "", *lines], 1)), "any")
    shown = unescape(re.sub(r"</?(?!/?b>)[a-z][^>]*>", " ", MARKDOWN_IT.render(item.answer)))
    written = re.sub(r"^\s*(?:[-*•]|1\))\s", " ", "\n".join(lines), flags=re.M)
    assert re.findall(r"\w+", shown) == re.findall(r"\w+", written)
