"""The registry of formats: the only place that lists them."""

from itertools import chain

from .article.reader import ARTICLE
from .contract import Format
from .json_format.reader import JSON
from .markdown.reader import MARKDOWN

# The first of those that are equally sure of a document reads it.
FORMATS: dict[str, Format] = {format.name: format for format in (ARTICLE, MARKDOWN, JSON)}


def file_endings() -> list[str]:
    """The ends of the names of files that may be readable, in alphabetical order."""
    endings = chain.from_iterable(format.endings for format in FORMATS.values())
    return sorted(set(endings))


def readable_formats() -> str:
    """What can be read, as words of a sentence: "copied articles, Markdown and JSON"."""
    *others, last = (format.label for format in FORMATS.values())
    return f"{', '.join(others)} and {last}"
