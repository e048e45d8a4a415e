"""The filters of the lists."""

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
# Value in the address -> its name, which rows it leaves.
Conditions = dict[str, tuple[str, Any]]
# States of an origin.
WARNED = ~Q(warnings="")
WAITING = Q(incoming__isnull=False)
MISSING = Q(missing_since__isnull=False)


def with_answer_count(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Of the question's own owner: what a team adds to a library question is the team's."""
    answers = Answer.objects.of_owner().filter(question=OuterRef("pk"))
    counts = answers.order_by().values("question").annotate(count=Count("pk")).values("count")
    return questions.annotate(answer_count=Coalesce(Subquery(counts), 0))


class ChoiceFilter(admin.SimpleListFilter):
    """One of many: a select box instead of a list of links."""

    template = "admin/choice_filter.html"

    def choices(self, changelist: Any) -> Any:
        yield {
            "hidden": self.hidden_fields(changelist),
            "name": self.parameter_name,
            "value": self.value() or "",
            "lookups": self.lookup_choices,
        }

    def hidden_fields(self, changelist: Any) -> list[tuple[str, str]]:
        """The page's other filters go along."""
        hidden = []
        for name, values in changelist.filter_params.items():
            if name != self.parameter_name:
                hidden += [(name, value) for value in values]
        if changelist.query:
            hidden.append(("q", changelist.query))
        return hidden


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
        sources = Source.objects.filter(library_rows(curator(request)))
        rows = sources.values_list("pk", "title")[:CHOICES]
        return [(str(pk), title) for pk, title in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        # Not a search for each question: SQLite would go through all of the source every time.
        return queryset.filter(pk__in=Origin.objects.filter(source=int(value)).values("question"))


class ConditionFilter(admin.SimpleListFilter):
    conditions: Conditions

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [(value, name) for value, (name, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        _, rows = self.conditions.get(self.value() or "", ("", Q()))
        return queryset.filter(rows)


class AnswersFilter(ConditionFilter):
    title = "number of answers"
    parameter_name = "answers"
    conditions = {
        "none": ("None", Q(answer_count=0)),
        "one": ("One", Q(answer_count=1)),
        "several": ("Several", Q(answer_count__gt=1)),
    }


class FreshnessFilter(admin.SimpleListFilter):
    """Of published questions; `check_stale` lists the same with the reasons."""

    title = "freshness"
    parameter_name = "freshness"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("stale", "Stale"), ("fresh", "Fresh")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        wanted = {"stale": freshness.stale, "fresh": freshness.fresh}.get(self.value() or "")
        return wanted(queryset, timezone.localdate()) if wanted else queryset


def with_origin(state: Q) -> Conditions:
    """Questions of which an origin is in this state."""
    found = Exists(Origin.objects.filter(state, question=OuterRef("pk")))
    return {"yes": ("Yes", found), "no": ("No", ~found)}


class NeedsAttention(ConditionFilter):
    title = "needs attention"
    parameter_name = "attention"
    conditions = with_origin(WARNED)


class SourceChanged(ConditionFilter):
    title = "source changed"
    parameter_name = "changed"
    conditions = with_origin(WAITING)


class MissingFromSource(ConditionFilter):
    title = "missing from its source"
    parameter_name = "missing"
    conditions = with_origin(MISSING)
