r"""Values that stand on one line of a question file, each with its way back.

Tags, links and sources. A backslash escapes only what would be misread, so a written value reads
back as it was: `\,` in a tag, `\[` in a title, `\>` in an address.
"""

import re

from ..items import Link, SourceRef
from ..normal import one_line

_IN_TAG, _IN_TITLE, _IN_URL, _IN_FILE = "\\,", "\\[]", "\\<>", '\\"'
_TAG = re.compile(r"(?:\\[\\,]|[^,])+")
# The last `](` is the right one: an address and a file name are written with a backslash in it.
_REFERENCE = re.compile(
    r"""
    \[ (?> (?P<title>.*) \]\( )
    (?: <(?P<angled>(?:\\.|[^\\<>])*)> | (?P<bare>[^\s<>]*) )
    (?: [ \t]+ "(?P<file>(?:\\.|[^\\"])*)" )?
    \)
    (?: ,[ \t]*(?P<number>[0-9]{1,9}) )?
    """,
    re.VERBOSE,
)
_PLAIN_URL = re.compile(r'[^\s<>()\[\]\\"]+')
_NUMBERED_SOURCE = re.compile(r"(?P<title>.*\S)\s*,\s*(?P<number>[0-9]{1,9})\s*")


def read_tags(value: str) -> list[str]:
    return [one_line(_unescaped(tag, _IN_TAG)) for tag in _TAG.findall(value)]


def write_tags(tags: tuple[str, ...]) -> str:
    return ", ".join(_escaped(tag, _IN_TAG) for tag in tags)


def read_link(value: str) -> Link | None:
    """The link of `[Title](address)`, or of an address alone; None where it is neither."""
    reference = _read_reference(value)
    if reference:
        return Link(title=reference.title, url=reference.url)
    if value.startswith(("https://", "http://")):
        return Link(title=value, url=value)
    return None


def write_link(link: Link) -> str:
    return f"[{_escaped(link.title, _IN_TITLE)}]({_target(link.url)})"


def read_source(value: str) -> SourceRef:
    """The source of `[Title](address "file"), 12` or of `Title, 12`.

    All but the title may be missing; in the first form it may be empty.
    """
    return _read_reference(value) or _read_plain_source(value)


def write_source(source: SourceRef) -> str:
    number = _number_suffix(source)
    plain = source.title + number
    # A title may look like the other form, or like one with a number.
    if read_source(plain) == source:
        return plain
    title = _escaped(source.title, _IN_TITLE)
    return f"[{title}]({_source_target(source)}){number}"


def _number_suffix(source: SourceRef) -> str:
    return "" if source.number is None else f", {source.number}"


def _source_target(source: SourceRef) -> str:
    if source.file:
        return f'{_target(source.url)} "{_target_text(source.file, _IN_FILE)}"'
    return _target(source.url) if source.url else ""


def _read_reference(value: str) -> SourceRef | None:
    reference = _REFERENCE.fullmatch(value)
    if not reference:
        return None
    parts = reference.groupdict("")
    # An address stands in one of these.
    url = parts["bare"] + _unescaped(parts["angled"], _IN_URL + "(")
    return SourceRef(
        title=one_line(_unescaped(parts["title"], _IN_TITLE)),
        file=one_line(_unescaped(parts["file"], _IN_FILE + "(")),
        number=_number(parts["number"]),
        url=one_line(url),
    )


def _read_plain_source(value: str) -> SourceRef:
    numbered = _NUMBERED_SOURCE.fullmatch(value)
    if not numbered:
        return SourceRef(title=value)
    return SourceRef(title=numbered["title"], number=int(numbered["number"]))


def _number(digits: str) -> int | None:
    return int(digits) if digits else None


def _target(url: str) -> str:
    return url if _PLAIN_URL.fullmatch(url) else f"<{_target_text(url, _IN_URL)}>"


def _target_text(text: str, marks: str) -> str:
    return _escaped(text, marks).replace("](", r"]\(")


def _escaped(text: str, marks: str) -> str:
    return re.sub(rf"([{re.escape(marks)}])", r"\\\1", text)


def _unescaped(text: str, marks: str) -> str:
    return re.sub(rf"\\([{re.escape(marks)}])", r"\1", text)
