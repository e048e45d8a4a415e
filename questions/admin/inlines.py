"""What belongs to a question, on its page."""

from typing import Any

from adminsortable2.admin import SortableTabularInline
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.models import Answer, KeyPoint, Origin, Question
from questions.models.visibility import OF_OWNER

from .forms import AnswerForm, AnswerFormSet, KeyPointForm, OriginForm, PlacedFormSet


class AnswerInline(admin.StackedInline):
    model = Answer
    form = AnswerForm
    formset = AnswerFormSet
    extra = 0
    fields = ["accepted", "said_by", "short", "answer"]
    readonly_fields = ["said_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        """The owner's own: what a team adds to a library question is the team's."""
        answers = super().get_queryset(request).filter(OF_OWNER)
        return answers.select_related("origin__source", "author", "question")

    @admin.display(description="From")
    def said_by(self, answer: Answer) -> str:
        return str(answer.origin or answer.author or "-")


class KeyPointInline(SortableTabularInline):
    model = KeyPoint
    form = KeyPointForm
    formset = PlacedFormSet
    fields = ["position", "text"]
    extra = 0


class OriginInline(admin.TabularInline):
    model = Origin
    form = OriginForm
    extra = 0
    can_delete = False
    verbose_name_plural = "where it comes from"
    fields = ["source_link", "address", "warning_lines", "checked", "state"]
    readonly_fields = ["source_link", "address", "warning_lines", "state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Origin]:
        return super().get_queryset(request).select_related("source")

    def has_add_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False

    @admin.display(description="Source")
    def source_link(self, origin: Origin) -> SafeString:
        link = reverse("admin:questions_source_change", args=[origin.source_id])
        return format_html('<a href="{}">{}</a>', link, origin)

    @admin.display(description="Address")
    def address(self, origin: Origin) -> SafeString | str:
        url = origin.url or origin.source.url
        return format_html('<a href="{0}" rel="noopener noreferrer">{0}</a>', url) if url else "-"

    @admin.display(description="Warnings")
    def warning_lines(self, origin: Origin) -> SafeString | str:
        return shown_warnings(origin) or "None"

    @admin.display(description="State")
    def state(self, origin: Origin) -> SafeString | str:
        if origin.incoming is not None:
            return compare_link(origin, "Changed in its source: compare")
        if origin.missing_since:
            return f"Missing since {origin.missing_since:%Y-%m-%d}"
        return "As loaded"


def shown_warnings(origin: Origin) -> SafeString | str:
    """Empty where there is none."""
    if not origin.warnings:
        return ""
    return format_html('<span class="lines">{}</span>', origin.warnings)


def compare_link(origin: Origin, text: str) -> SafeString:
    link = reverse("admin:questions_origin_compare", args=[origin.pk])
    return format_html('<a href="{}">{}</a>', link, text)


INLINES: list[Any] = [AnswerInline, KeyPointInline, OriginInline]
