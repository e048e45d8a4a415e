"""Copied prose must be shown as it was written."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.readers.article.inline import inline
from questions.readers.article.wrapping import sentences
from questions.rendering.markdown import render


def shown(markdown: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", render(markdown)))


@pytest.mark.parametrize(
    ("prose", "markdown"),
    [
        ("The path /cups/<int:cup_id> has one.", "The path `/cups/<int:cup_id>` has one."),
        ("Set __name__ first.", "Set `__name__` first."),
        ("Takes *args and **kwargs.", "Takes `*args` and `**kwargs`."),
        ("Write {{ cup }} or {% if cup %}.", "Write `{{ cup }}` or `{% if cup %}`."),
        ("Call boil() or pot.pour('tea', 3).", "Call `boil()` or `pot.pour('tea', 3)`."),
        ("The cup(s) of tea (hot).", "The cup(s) of tea (hot)."),
        ("(see @pot.route and max_tea)", "(see `@pot.route` and `max_tea`)"),
        ("# of cups", "\\# of cups"),
        ("> 3 cups", "\\> 3 cups"),
        ("1999. A good year", "1999\\. A good year"),
        ("+ sugar", "\\+ sugar"),
        ("---", "\\---"),
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("C:\\tea", "C:\\\\tea"),
        ("R&amp;D & more", "R\\&amp;D & more"),
        ("a <b> tag", "a `<b>` tag"),
        ('an <a href="x"> tag', 'an `<a href="x">` tag'),
        ("a < b", "a < b"),
        ("see [1](note)", "see [1\\](note)"),
        ("use `boil` and **wait**", "use `boil` and **wait**"),
        ("https://tea.example/a_b_?x=*y*", "https://tea.example/a_b\\_?x=\\*y\\*"),
        ("mail tea@cup.example", "mail tea@cup.example"),
    ],
)
def test_marks_of_markdown_in_prose(prose: str, markdown: str):
    assert inline(prose) == markdown


PIECES = [
    "a", "B", "_", "__", "*", "**", "`", "[", "]", "(", ")", "<", "b>", "</i>", "<!--",
    "&amp;", "&", "#", "##", "-", "+", "1.", "2)", ">", "|", "---", "===", "~~", "~~~", "!", "\\", ":",
    "http://a.b", "{{", "}}", "{%", "%}", "f()", "f('a b')", "x_y",
    "_z", "@d", "*args", "**kw", "<int:id>", "](", ".", "word", ",", '"', "'", " ", "  ", "\t",
]  # fmt: skip
MARKED = re.compile(r"`[^`]+`|\*\*(?=[^\s*])[^*]*[^\s*]\*\*(?!\w)")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join).filter(lambda text: not MARKED.search(text)))
def test_what_is_shown_is_what_was_written(prose: str):
    assert shown(inline(prose)).split() == prose.split()


@given(st.text(max_size=80).filter(lambda text: text.isprintable() and not MARKED.search(text)))
def test_any_printable_text_is_shown_as_written(prose: str):
    assert "".join(shown(inline(prose)).split()) == "".join(prose.split())


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Ends here.", "Begins here."], ["Ends here.", "Begins here."]),
        (["it goes", "on"], ["it goes on"]),
        (["it (goes", ") on", ", and on", "."], ["it (goes) on, and on."]),
        (["Small cup", "Large mug"], ["Small cup", "Large mug"]),
        (["Use", ".tea files."], ["Use", ".tea files."]),
    ],
)
def test_which_lines_belong_together(lines: list[str], joined: list[str]):
    assert [re.sub("[\x02\x03]", "", line) for line in sentences(lines, is_unwrapped=False)] == joined
