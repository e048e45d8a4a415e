"""The filters of the question list."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from questions.catalogue import freshness
from questions.models import Answer, Origin, Question, Source, Tag, TaggedQuestion

from .library import curator, library_rows

CHOICES = 1_000
Lookups = list[tuple[str, str]]


def with_answer_count(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Of the question's own owner: what a team adds to a library question is the team's."""
    answers = Answer.objects.of_owner().filter(question=OuterRef("pk")).order_by().values("question")
    return questions.annotate(answer_count=Coalesce(Subquery(answers.annotate(count=Count("pk")).values("count")), 0))


class ChoiceFilter(admin.SimpleListFilter):
    """One of many: a select box instead of a list of links."""

    template = "admin/choice_filter.html"

    def choices(self, changelist: Any) -> Any:
        """The page's other filters go along as hidden fields."""
        hidden = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name != self.parameter_name
            for value in values
        ]
        if changelist.query:
            hidden.append(("q", changelist.query))
        value = self.value() or ""
        yield {"hidden": hidden, "name": self.parameter_name, "value": value, "lookups": self.lookup_choices}


class TagFilter(ChoiceFilter):
    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return list(Tag.objects.values_list("slug", "name")[:CHOICES])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if not self.value():
            return queryset
        tagged = TaggedQuestion.objects.filter(tag__slug=self.value())
        return queryset.filter(pk__in=tagged.values("content_object"))


class SourceFilter(ChoiceFilter):
    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        sources = Source.objects.filter(library_rows(curator(request))).values_list("pk", "title")[:CHOICES]
        return [(str(pk), title) for pk, title in sources]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        # Not a search for each question: SQLite would go through all of the source every time.
        return queryset.filter(pk__in=Origin.objects.filter(source=int(value)).values("question"))


class AnswersFilter(admin.SimpleListFilter):
    title = "number of answers"
    parameter_name = "answers"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("none", "None"), ("one", "One"), ("several", "Several")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        wanted = {"none": Q(answer_count=0), "one": Q(answer_count=1), "several": Q(answer_count__gt=1)}
        return queryset.filter(wanted.get(self.value() or "", Q()))


class Freshness(admin.SimpleListFilter):
    """Of published questions; `check_stale` lists the same with the reasons."""

    title = "freshness"
    parameter_name = "freshness"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("stale", "Stale"), ("fresh", "Fresh")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        wanted = {"stale": freshness.stale, "fresh": freshness.fresh}.get(self.value() or "")
        return wanted(queryset, timezone.localdate()) if wanted else queryset


class OriginFilter(admin.SimpleListFilter):
    """Questions of which an origin is in some state."""

    state: Q

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if self.value() not in {"yes", "no"}:
            return queryset
        found = Exists(Origin.objects.filter(self.state, question=OuterRef("pk")))
        return queryset.filter(found if self.value() == "yes" else ~found)


class NeedsAttention(OriginFilter):
    title = "needs attention"
    parameter_name = "attention"
    state = ~Q(warnings="")


class SourceChanged(OriginFilter):
    title = "source changed"
    parameter_name = "changed"
    state = Q(incoming__isnull=False)


class MissingFromSource(OriginFilter):
    title = "missing from its source"
    parameter_name = "missing"
    state = Q(missing_since__isnull=False)
