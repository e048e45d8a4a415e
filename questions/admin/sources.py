"""Sources and the runs that loaded them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.curation.bulk_edits import change_all
from questions.models import Catalogue, Question, Source

from .forms import OwnedForm
from .library import CountedAnew, LibraryAdmin, NoDeleting, curator, say_done


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
class SourceAdmin(CountedAnew, NoDeleting, LibraryAdmin):
    list_display = ["title", "public", "question_count", "missing_count"]
    list_filter = ["public"]
    search_fields = ["title"]
    ordering = ["title"]
    fields = ["title", "url", "public", "owner"]
    form = SourceForm
    actions = ["make_public", "make_private", "retire_missing"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        question = "origins__question"
        missing = Q(origins__missing_since__isnull=False)
        return (
            super()
            .get_queryset(request)
            .annotate(
                question_count=Count(question, distinct=True),
                missing_count=Count(question, filter=missing, distinct=True),
            )
        )

    @admin.display(description="Questions", ordering="question_count")
    def question_count(self, source: Any) -> SafeString:
        return questions_link(source, source.question_count)

    @admin.display(description="Missing from it", ordering="missing_count")
    def missing_count(self, source: Any) -> SafeString:
        return questions_link(source, source.missing_count, "&missing=yes")

    @admin.action(
        description="Make public: visitors may read its questions",
        permissions=["change"],
    )
    def make_public(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        self.set_public(request, queryset, public=True)

    @admin.action(description="Make private: for signed-in people", permissions=["change"])
    def make_private(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        self.set_public(request, queryset, public=False)

    def set_public(self, request: HttpRequest, queryset: QuerySet[Source], *, public: bool) -> None:
        pks = list(queryset.values_list("pk", flat=True))
        count = Source.objects.filter(pk__in=pks).update(public=public)
        Catalogue.bump()
        say_done(self, request, f"Sources made {'public' if public else 'private'}: {count}.")

    @admin.action(description="Retire questions missing from it", permissions=["change"])
    def retire_missing(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Only those that no other source still has."""
        sources = list(queryset)
        missing = Question.objects.filter(
            origins__source__in=sources,
            origins__missing_since__isnull=False,
        )
        still = Question.objects.filter(origins__missing_since=None).exclude(origins__item={})
        gone = missing.exclude(pk__in=still.values("pk")).distinct()
        retired = Question.Status.RETIRED
        count = change_all(gone, field="status", value=retired, user=curator(request))
        say_done(self, request, f"Questions retired: {count}.")


def questions_link(source: Source, count: int, also: str = "") -> SafeString:
    link = f"{reverse('admin:questions_question_changelist')}?source={source.pk}{also}"
    return format_html('<a href="{}">{}</a>', link, count)
