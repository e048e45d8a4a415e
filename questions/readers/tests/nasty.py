"""Hypothesis strategies: items whose texts look like the syntax of the formats they are written in."""

from hypothesis import strategies as st

from questions.readers import normal
from questions.readers.items import DIFFICULTIES, STATUSES, Item, Link, OtherAnswer, SetItem, SourceRef

FRAGMENTS = [
    "## x", "### Answer", "### Short answer", "### Key points", "### Answer from A, 3", "#### deep", "# one", "#",
    "##", "######", "   ## indented", "    ## code", "\t# tab", "```", "```python", "````", "~~~", "~~~ sh", "  ```",
    "   ~~~~", "- ```", "1. ~~~", "- - ```x", "<!--", "<!-- check", "-->", "<!-- done -->", "text --> more",
    "- id: other", "- status: wrong", "- tags: a, b", "- x", "* y", "+ z", "1. one", "10) ten", "  continued",
    "> quote", "> ```", "---", "===", "--", "***", "...", "| a | b |", "|---|---|", "", " ", "  ", "\t", "a  ",
    "plain words", "`code`", "\\", "\\\\", "\\```", "<int:post_id>", "- [ ] task", "[a](b)", "kind: set",
    "- also asked: z", "- verified: never", "## x ##", "\r", "\u2028", "\x85", "\x0b", "\xa0", "\ufeff", "Q1. ", "é𝄞",
]  # fmt: skip
MARKS = [
    "a", "b", " ", ",", ", 7", ", 12345678901", "\\", "[", "]", "(", ")", "](", "<", ">", '"', "#", " #", " ##",
    "```", "~~~", "- ", "1. ", ":", "é", "\u2028", "\t", "\n", "`", "<!--", "-->", "Answer", "Short answer from ",
    "id:", "'", "{", "%", "---",
]  # fmt: skip

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
texts = st.lists(st.sampled_from(FRAGMENTS) | any_text, max_size=9).map("\n".join)
lines = st.lists(st.sampled_from(MARKS) | any_text, max_size=7).map("".join)
titles = lines.filter(normal.one_line)
ids = st.text("abz019-_", max_size=8)
urls = st.lists(st.sampled_from([mark for mark in MARKS if not set(mark) & set(" \t\n\u2028")]), max_size=6).map(
    lambda parts: "https://x" + "".join(parts)
)
sources = st.builds(
    SourceRef, title=lines, file=lines, number=st.none() | st.integers(0, 10**9 - 1), url=st.just("") | urls
)
others = st.builds(OtherAnswer, short=texts, answer=texts, source=st.none() | sources)
items = st.builds(
    Item,
    title=titles,
    line=st.just(0),
    id=ids,
    body=texts,
    short=texts,
    answer=texts,
    wordings=st.lists(lines, max_size=2).map(tuple),
    key_points=st.lists(lines, max_size=3).map(tuple),
    mistakes=texts,
    follow_ups=texts,
    tags=st.lists(lines, max_size=3).map(tuple),
    difficulty=st.sampled_from(["", *DIFFICULTIES]),
    status=st.sampled_from(["", *STATUSES]),
    applies_to=lines,
    verified_on=st.none() | st.dates(),
    links=st.lists(st.builds(Link, title=lines, url=urls), max_size=2).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    answers=st.lists(others, max_size=2).map(tuple),
)
documents = st.lists(items, min_size=1, max_size=3)
sets = st.builds(
    SetItem,
    title=titles,
    line=st.just(0),
    id=ids,
    description=texts,
    questions=st.lists(ids.filter(bool), min_size=1, max_size=4).map(tuple),
)
