from questions.rendering.differences import DifferencePiece
from questions.templatetags.differences import marked


def test_what_went_and_what_came_are_told_apart_without_a_space_between():
    pieces = [
        DifferencePiece("same", "A <b>"),
        DifferencePiece("old", "red"),
        DifferencePiece("new", "blue & green"),
        DifferencePiece("same", "\n  bird"),
    ]
    assert marked(pieces) == "A &lt;b&gt;<del>red</del><ins>blue &amp; green</ins>\n  bird"
    assert marked([]) == ""
