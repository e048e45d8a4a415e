"""The question list and the question page."""

from typing import Any

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from questions.catalogue import search
from questions.curation.editing import editing
from questions.models import Answer, Origin, Question, TaggedQuestion
from questions.readers.items import TEXT_LIMIT

from . import actions, filters
from .deleting import DeletingUnstudied
from .forms import QuestionForm
from .history import HistoryPages
from .inlines import INLINES
from .library import LibraryAdmin, NoDeleting, curator

COLUMN_LENGTH = 60


@admin.register(Question)
class QuestionAdmin(SortableAdminBase, HistoryPages, DeletingUnstudied, NoDeleting, LibraryAdmin):
    form = QuestionForm
    inlines = INLINES
    change_list_template = "admin/questions/question/list.html"
    change_form_template = "admin/questions/question/form.html"
    list_display = [
        "short_title",
        "status",
        "difficulty",
        "verified",
        "tagged_with",
        "answer_count",
        "sources",
        "updated",
    ]
    list_filter = [
        "status",
        "difficulty",
        filters.TagFilter,
        filters.SourceFilter,
        filters.AnswersFilter,
        filters.FreshnessFilter,
        filters.NeedsAttention,
        filters.SourceChanged,
        filters.MissingFromSource,
    ]
    search_fields = ["title"]
    search_help_text = "Searches titles, other wordings, bodies and accepted answers."
    ordering = ["title", "pk"]
    actions = [
        actions.publish,
        actions.retire,
        actions.back_to_draft,
        actions.tag,
        actions.untag,
        actions.set_difficulty,
    ]
    fieldsets = [
        (None, {"fields": ["title", "body", "status", "difficulty", "tags"]}),
        (
            "Around the answer",
            {
                "fields": [
                    "mistakes",
                    "follow_ups",
                    "links",
                    "wordings",
                    "applies_to",
                    "verified_on",
                ]
            },
        ),
        ("Identity", {"fields": ["key", "owner"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        tagged = TaggedQuestion.objects.select_related("tag").order_by("tag__name")
        origins = Origin.objects.select_related("source").order_by("source__title", "pk")
        parts = [Prefetch("tagged", tagged), Prefetch("origins", origins)]
        rows = super().get_queryset(request).select_related("owner").prefetch_related(*parts)
        return filters.with_answer_count(rows)

    def get_search_results(
        self,
        request: HttpRequest,
        queryset: QuerySet[Question],
        search_term: str,
    ) -> tuple[QuerySet[Question], bool]:
        return search.filtered(queryset, search_term), False  # type: ignore[arg-type]

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview)
        return [path("preview/", preview, name="questions_question_preview"), *super().get_urls()]

    @admin.display(description="Title", ordering="title")
    def short_title(self, question: Question) -> str:
        return truncatechars(question.title, 120)

    @admin.display(description="Tags")
    def tagged_with(self, question: Question) -> str:
        return ", ".join(row.tag.name for row in question.tagged.all()) or "-"

    @admin.display(description="Sources")
    def sources(self, question: Question) -> str:
        titles = (origin.source.title for origin in question.origins.all())
        short = [truncatechars(title, COLUMN_LENGTH) for title in dict.fromkeys(titles)]
        return ", ".join(short) or "-"

    @admin.display(description="Verified", ordering="verified_on")
    def verified(self, question: Question) -> str:
        return str(question.verified_on or "-")

    @admin.display(description="Updated", ordering="updated_at")
    def updated(self, question: Question) -> str:
        return f"{question.updated_at:%Y-%m-%d}"

    @admin.display(description="Answers", ordering="answer_count")
    def answer_count(self, question: Question) -> int:
        return question.answer_count  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """A question that exists is saved together with what belongs to it, below."""
        if not change:
            obj.save()

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        with editing([form.instance.pk]):
            if change and form.has_changed():
                form.instance.save()
            super().save_related(request, form, formsets, change)

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm,
        formset: BaseModelFormSet,
        change: bool,
    ) -> None:
        for each in formset.forms:
            row = each.instance
            if isinstance(row, Answer) and not row.pk:
                row.owner = form.instance.owner
                row.author = curator(request)
        formset.save()

    def preview(self, request: HttpRequest) -> HttpResponse:
        """A text as learners will see it, for the script of the page."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        return preview_page(request)


@require_POST
def preview_page(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("text", "")[:TEXT_LIMIT]
    context = {"text": text, "kind": request.POST.get("kind", "")}
    return TemplateResponse(request, "admin/questions/question/preview.html", context)
