"""What an element of a page says about itself."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context: Mapping[str, Any], *names: str) -> SafeString:
    """Marks a link on the pages that it stands for: those whose route's name begins with one of these."""
    match = getattr(context.get("request"), "resolver_match", None)
    is_here = match is not None and match.view_name.startswith(names)
    return flatatt({"aria-current": "page" if is_here else None})


@register.simple_tag
def attributes(known: Mapping[str, Any] | None = None, **more: Any) -> SafeString:
    """The attributes that have a value; one that is true has none to write."""
    values = {**(known or {}), **more}
    return flatatt({name: value for name, value in values.items() if value not in ("", None)})
