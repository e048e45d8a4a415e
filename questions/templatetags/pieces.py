"""Many small pieces of a page at once."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.safestring import SafeString

from questions.rendering.markdown import repeat_pattern

register = template.Library()


@register.filter
def each(rows: Iterable[Sequence[object]], pattern: str) -> SafeString:
    """The pattern, which is the template's own, for each row."""
    return repeat_pattern(pattern, rows)


@register.filter
def cells(rows: Sequence[Sequence[object]]) -> SafeString:
    """The rows of a table; the first cell of each heads it."""
    width = len(rows[0]) if rows else 0
    return repeat_pattern('<tr><th scope="row">{}</th>' + "<td>{}</td>" * (width - 1) + "</tr>\n", rows)
