"""Sources and the runs that loaded them."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.curation.editing import change_all
from questions.models import Catalogue, Question, Source

from .forms import OwnedForm
from .library import LibraryAdmin, NoDeleting, curator


class SourceForm(OwnedForm):
    once = "title"
    taken = "Another source has this title."

    class Meta:
        model = Source
        fields = ["title", "url", "public", "owner"]

    def clean_title(self) -> str:
        """On one line with single spaces, as a document that names the source would have it."""
        return " ".join(self.cleaned_data["title"].split())


@admin.register(Source)
class SourceAdmin(NoDeleting, LibraryAdmin):
    list_display = ["title", "public", "question_count", "missing_count"]
    list_filter = ["public"]
    search_fields = ["title"]
    ordering = ["title"]
    fields = ["title", "url", "public", "owner"]
    form = SourceForm
    actions = ["make_public", "make_private", "retire_missing"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(
            question_count=Count("origins__question", distinct=True),
            missing_count=Count("origins__question", filter=Q(origins__missing_since__isnull=False), distinct=True),
        )  # fmt: skip

    @admin.display(description="Questions", ordering="question_count")
    def question_count(self, source: Source) -> SafeString:
        return questions_link(source, source.question_count)  # type: ignore[attr-defined]

    @admin.display(description="Missing from it", ordering="missing_count")
    def missing_count(self, source: Source) -> SafeString:
        return questions_link(source, source.missing_count, "&missing=yes")  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Source, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        Catalogue.bump()

    def delete_model(self, request: HttpRequest, obj: Source) -> None:
        super().delete_model(request, obj)
        Catalogue.bump()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        super().delete_queryset(request, queryset)
        Catalogue.bump()

    @admin.action(description="Make public: visitors may read its questions", permissions=["change"])
    def make_public(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        self.set_public(request, queryset, public=True)

    @admin.action(description="Make private: for signed-in people", permissions=["change"])
    def make_private(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        self.set_public(request, queryset, public=False)

    def set_public(self, request: HttpRequest, queryset: QuerySet[Source], *, public: bool) -> None:
        count = Source.objects.filter(pk__in=[source.pk for source in queryset]).update(public=public)
        Catalogue.bump()
        self.message_user(request, f"Sources made {'public' if public else 'private'}: {count}.", messages.SUCCESS)

    @admin.action(description="Retire questions missing from it", permissions=["change"])
    def retire_missing(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Only those that no other source still has."""
        missing = Question.objects.filter(origins__source__in=list(queryset), origins__missing_since__isnull=False)
        still = Question.objects.filter(origins__missing_since=None).exclude(origins__item={})
        gone = missing.exclude(pk__in=still.values("pk")).distinct()
        count = change_all(gone, field="status", value=Question.Status.RETIRED, user=curator(request))
        self.message_user(request, f"Questions retired: {count}.", messages.SUCCESS)


def questions_link(source: Source, count: int, also: str = "") -> SafeString:
    link = f"{reverse('admin:questions_question_changelist')}?source={source.pk}{also}"
    return format_html('<a href="{}">{}</a>', link, count)
