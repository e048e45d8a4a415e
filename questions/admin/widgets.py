"""Inputs of the admin: Markdown beside its preview, tags with suggestions."""

import csv
import json
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.urls import reverse

from questions.models import Tag
from questions.readers.items import TEXT_LIMIT
from questions.readers.normal import one_lines

SUGGESTIONS = 1_000
TAG_LENGTH = 100
TAGS_HELP = "Separate them by commas. A tag that is new is made."
BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")


class MarkdownInput(forms.Textarea):
    """A text area; the script adds beside it what learners will see, in the place that `kind`
    names."""

    def __init__(self, *, kind: str = "answer", rows: int = 8) -> None:
        super().__init__(attrs={"class": "vLargeTextField", "rows": rows, "data-preview": kind})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        addresses = {
            "data-address": reverse("admin:questions_question_preview"),
            "data-look": static("prep/site.css"),
        }
        return super().get_context(name, value, (attrs or {}) | addresses)


class MarkdownField(forms.CharField):
    """As documents are read: LF line ends, no blank lines around; a first line stays indented."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"strip": False, "max_length": TEXT_LIMIT})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return BLANK_START.sub("", text).rstrip()


class LinesField(forms.CharField):
    """One entry a line, each once, without empty lines."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return "\n".join(dict.fromkeys(one_lines(text.splitlines())))


class TagsInput(forms.TextInput):
    """One line, tags separated by commas; the script suggests the tags there are."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "vTextField tags", "autocomplete": "off"})

    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else tags_line(value or [])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        names = json.dumps(list(Tag.objects.values_list("name", flat=True)[:SUGGESTIONS]))
        return super().get_context(name, value, (attrs or {}) | {"data-suggestions": names})


class TagsField(forms.CharField):
    """Names separated by commas, with quotes around a name that has one.

    Cleans to a list of names, each once.
    """

    widget = TagsInput

    def clean(self, value: Any) -> list[str]:
        names = tag_names(super().clean(value))
        for name in names:
            if len(name) > TAG_LENGTH:
                why = f"“{name[:40]}…” has more than {TAG_LENGTH} characters."
                raise ValidationError(f"{why} Separate tags by commas.")
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = TagsInput().format_value(initial)
        return sorted(tag_names(before)) != sorted(tag_names(data or ""))


def tags_line(tags: Iterable[Tag]) -> str:
    names = sorted(tag.name for tag in tags)
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


def tag_names(line: str) -> list[str]:
    """Of names that differ in case only the last, in the place of the first."""
    found = next(csv.reader([line.replace("\n", " ")], skipinitialspace=True), [])
    return list({name.casefold(): name for name in one_lines(found)}.values())
