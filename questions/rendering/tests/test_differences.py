from questions.rendering.differences import DifferencePiece, differences


def test_words_within_a_line():
    assert differences("The lowest number first.\n", "The highest number first.\n") == [
        DifferencePiece("same", "The "), DifferencePiece("old", "lowest"), DifferencePiece("new", "highest"), DifferencePiece("same", " number first.\n"),
    ]  # fmt: skip


def test_lines_that_have_little_in_common_are_replaced():
    assert differences("alpha beta gamma", "one two three four") == [
        DifferencePiece("old", "alpha beta gamma"), DifferencePiece("new", "one two three four"),
    ]  # fmt: skip


def test_added_and_removed_lines():
    assert differences("a\nb\n", "a\nb\nc\n") == [DifferencePiece("same", "a\nb\n"), DifferencePiece("new", "c\n")]
    assert differences("", "") == []


def test_both_texts_can_be_read_from_the_pieces():
    old, new = "one\ntwo  words\n\nlast", "one\ntwo more words\n\nend\n" * 700
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == new
