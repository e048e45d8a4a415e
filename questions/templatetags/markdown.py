"""Markdown in templates."""

from django import template

from questions import rendering

register = template.Library()
register.filter("markdown", rendering.render)
register.filter("inline_markdown", rendering.render_inline)
register.filter("remarks", rendering.remarks)
