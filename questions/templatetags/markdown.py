"""Markdown in templates."""

from django import template

from questions.rendering import markdown

register = template.Library()
register.filter("markdown", markdown.render)
register.filter("inline_markdown", markdown.render_inline)
register.filter("remarks", markdown.remarks)
