"""The categories that stand in parentheses behind the titles of an article."""

import re
from typing import NamedTuple

CATEGORY = re.compile(r"[ ]*\((?P<name>[^\W\d_][^()]{1,60})\)[ ]*\Z")
CATEGORY_WIDTH = 70
ENDS_SENTENCE = (".", "?", "!", ":")


class Categorized(NamedTuple):
    """A title, and the categories that stood in parentheses behind it."""

    title: str
    names: tuple[str, ...]


def split_category(title: str, *, usual: bool) -> Categorized:
    """Takes `(Name)` off the end of a title.

    Where it is not `usual` to have one, only after the end of a sentence.
    """
    match = CATEGORY.search(title, max(0, len(title) - CATEGORY_WIDTH))
    if not match:
        return Categorized(title, ())
    question = title[: match.start()]
    if not usual and not question.endswith(ENDS_SENTENCE):
        return Categorized(title, ())
    return Categorized(question, _category_names(match["name"]))


def _category_names(text: str) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in text.lower().split(","))
    return tuple(filter(None, names))
