import pytest

from questions.bank.quotes import PlainText, count_quotes, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  `b`\n c", "a b c"),
        ("**Bold.** And\tmore", "Bold. And more"),
        ("``a `b` c``", "a b c"),
        (r"| a \| b |", "| a | b |"),
        ("2 * 3 ** 4", "2 * 3 4"),
    ],
)
def test_marks_and_white_space_do_not_count(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("six eggs", 1),
        ("six `eggs`", 1),
        ("ix eggs", 0),
        ("six egg", 0),
        ("6", 0),
        ("16", 1),
        ("egg", 1),
        ("(one", 1),
    ],
)
def test_quotes_are_whole_words(words, count):
    assert count_quotes("six eggs, 16 nests (one egg)", words) == count


def test_quotes_are_found_where_they_stand_in_the_source():
    pieces = [(0, "A wren  lays `six`"), (40, "**eggs** a year")]
    text = PlainText(pieces)
    assert text.text == "A wren lays six eggs a year "
    assert text.quotes("wren lays `six` eggs") == [range(2, 46)]
    assert text.quotes("seven") == []
    assert text.quotes("") == []
