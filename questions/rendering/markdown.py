"""Markdown to sanitized HTML. The only place that marks text as safe."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .allowed_html import sanitize
from .renderer import markdown_parser

MEMO_LIMIT = 20_000
ITEM = re.compile(r"^[-*+] +", re.M)
LEAD = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<rest>.*)\Z", re.S)
MARKDOWN = markdown_parser()


@dataclass(frozen=True, slots=True)
class Remark:
    """A list item with a lead in bold: a follow-up question or a common mistake, and its answer."""

    lead: SafeString
    text: SafeString


def render(text: str) -> SafeString:
    """Markdown as learners see it. Short texts are remembered, long ones rendered each time."""
    if len(text) > MEMO_LIMIT:
        return _safe_html(MARKDOWN.render(text))
    return _render_short(text)


@lru_cache(maxsize=1000)
def _render_short(text: str) -> SafeString:
    return _safe_html(MARKDOWN.render(text))


@lru_cache(maxsize=2000)
def render_inline(text: str) -> SafeString:
    """One line, without a paragraph around it: a title, a key point."""
    return _safe_html(MARKDOWN.renderInline(text))


def _safe_html(html: str) -> SafeString:
    return mark_safe(sanitize(html))  # noqa: S308


def remarks(text: str) -> list[Remark]:
    """The items of a list whose items begin with a bold lead; an item without one is all lead."""
    text = text.strip()
    items = ITEM.split(text)[1:] if ITEM.match(text) else [text]
    return [_remark(item.strip()) for item in items if item.strip()]


def _remark(item: str) -> Remark:
    found = LEAD.match(item)
    if not found:
        return Remark(render_inline(item), SafeString(""))
    return Remark(render_inline(found["lead"]), render(found["rest"].strip()))


def repeat_pattern(pattern: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """HTML of ours for each row, with the row's values, escaped, in its places {0}, {1} and so on.

    A loop of the template's own takes ten times as long for each.
    """
    filled = [pattern.format(*map(_escape, row)) for row in rows]
    return mark_safe("".join(filled))  # noqa: S308


def _escape(value: object) -> object:
    """Numbers stay numbers, so that a pattern may format them."""
    return value if isinstance(value, int | float) else escape(str(value))
