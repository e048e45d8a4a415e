r"""Values that stand on one line of a question file, each with its way back: tags, links, sources, list entries.

A backslash escapes only what would be misread, so a written value reads back as it was: `\,` in a tag, `\[` in a
title, `\>` in an address.
"""

import re

from ..blocks import FENCE_TEXT
from ..items import Link, SourceRef
from ..normal import one_line

_IN_TAG, _IN_TITLE, _IN_URL, _IN_FILE = "\\,", "\\[]", "\\<>", '\\"'
_TAG = re.compile(r"(?:\\[\\,]|[^,])+")
_TARGET = re.compile(
    r'(?:<((?:\\.|[^\\<>])*)>|([^\s<>]*))(?:[ \t]+"((?:\\.|[^\\"])*)")?\)(?:,[ \t]*([0-9]{1,9}))?',
)
_PLAIN_URL = re.compile(r'[^\s<>()\[\]\\"]+')
_ESCAPED_FENCE = re.compile(r"\\+" + FENCE_TEXT.pattern)
_FENCE = re.compile(r"\\*" + FENCE_TEXT.pattern)


def read_tags(value: str) -> list[str]:
    return [one_line(_unescaped(tag, _IN_TAG)) for tag in _TAG.findall(value)]


def write_tags(tags: tuple[str, ...]) -> str:
    return ", ".join(_escaped(tag, _IN_TAG) for tag in tags)


def read_link(value: str) -> Link | None:
    """The link of `[Title](address)`, or of an address alone; None where it is neither."""
    found = _read_reference(value)
    if found:
        return Link(title=found.title, url=found.url)
    return Link(title=value, url=value) if value.startswith(("https://", "http://")) else None


def write_link(link: Link) -> str:
    return f"[{_escaped(link.title, _IN_TITLE)}]({_target(link.url)})"


def read_source(value: str) -> SourceRef:
    """The source of `[Title](address "file"), 12`, where all but the title may be missing, or of `Title, 12`."""
    found = _read_reference(value)
    if found:
        return found
    title, number = _numbered(value)
    return SourceRef(title=title, number=number)


def write_source(source: SourceRef) -> str:
    number = "" if source.number is None else f", {source.number}"
    plain = source.title + number
    if not (source.url or source.file) and read_source(plain) == source:
        return plain
    file = f' "{_target_text(source.file, _IN_FILE)}"' if source.file else ""
    target = _target(source.url) if source.url or file else ""
    return f"[{_escaped(source.title, _IN_TITLE)}]({target}{file}){number}"


def read_entry(value: str) -> str:
    return value[1:] if _ESCAPED_FENCE.match(value) else value


def write_entry(value: str) -> str:
    """A list entry that opens no code fence."""
    return f"\\{value}" if _FENCE.match(value) else value


def _read_reference(value: str) -> SourceRef | None:
    # The last `](` is the right one: an address and a file name are written with a backslash in it.
    at = value.rfind("](")
    found = _TARGET.fullmatch(value, at + 2) if value.startswith("[") and at > 0 else None
    if not found:
        return None
    angled, bare, file, number = found.groups()
    return SourceRef(
        title=one_line(_unescaped(value[1:at], _IN_TITLE)),
        file=one_line(_unescaped(file or "", _IN_FILE + "(")),
        number=int(number) if number else None,
        url=one_line(bare if angled is None else _unescaped(angled, _IN_URL + "(")),
    )


def _target(url: str) -> str:
    return url if _PLAIN_URL.fullmatch(url) else f"<{_target_text(url, _IN_URL)}>"


def _target_text(text: str, marks: str) -> str:
    return _escaped(text, marks).replace("](", r"]\(")


def _numbered(value: str) -> tuple[str, int | None]:
    title, _, number = value.rpartition(",")
    number = number.strip()
    if title.strip() and number.isascii() and number.isdigit() and len(number) < 10:
        return title.rstrip(), int(number)
    return value, None


def _escaped(text: str, marks: str) -> str:
    return "".join(f"\\{mark}" if mark in marks else mark for mark in text)


def _unescaped(text: str, marks: str) -> str:
    return re.sub(rf"\\([{re.escape(marks)}])", r"\1", text)
