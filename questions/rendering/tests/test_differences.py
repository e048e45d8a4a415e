from questions.rendering.differences import Piece, differences


def test_words_within_a_line():
    assert differences("The lowest number first.\n", "The highest number first.\n") == [
        Piece("same", "The "), Piece("old", "lowest"), Piece("new", "highest"), Piece("same", " number first.\n"),
    ]  # fmt: skip


def test_lines_that_have_little_in_common_are_replaced():
    assert differences("alpha beta gamma", "one two three four") == [
        Piece("old", "alpha beta gamma"), Piece("new", "one two three four"),
    ]  # fmt: skip


def test_added_and_removed_lines():
    assert differences("a\nb\n", "a\nb\nc\n") == [Piece("same", "a\nb\n"), Piece("new", "c\n")]
    assert differences("", "") == []


def test_both_texts_can_be_read_from_the_pieces():
    old, new = "one\ntwo  words\n\nlast", "one\ntwo more words\n\nend\n" * 700
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == new
