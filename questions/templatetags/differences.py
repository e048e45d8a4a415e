"""What changed in a text, for the eye."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questions.rendering.differences import DifferencePiece

register = template.Library()
ELEMENTS = {"old": "del", "new": "ins"}


@register.filter
def marked(pieces: Iterable[DifferencePiece]) -> SafeString:
    """The text in one piece: what went is struck out, what came is underlined."""
    return format_html_join("", "{}", ((mark(piece),) for piece in pieces))


def mark(piece: DifferencePiece) -> SafeString | str:
    element = ELEMENTS.get(piece.kind)
    if element is None:
        return piece.text
    return format_html("<{0}>{1}</{0}>", element, piece.text)
