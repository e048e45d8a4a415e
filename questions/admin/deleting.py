"""Deleting questions: only those that no learner has progress on. What was studied is retired."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from questions.models import Catalogue, Progress, Question

Questions = QuerySet[Question]


def studied(questions: Questions | Sequence[Question]) -> Questions:
    """Those of them that some learner has progress on."""
    pks: Any = questions.order_by().values("pk") if isinstance(questions, QuerySet) else [each.pk for each in questions]
    known = Exists(Progress.objects.filter(question=OuterRef("pk")))
    return Question.objects.filter(known, pk__in=pks).order_by("title", "pk")


class DeletingUnstudied(admin.ModelAdmin):
    """Learners' rows are neither deleted nor shown: pages on deleting get only the questions that hold it up."""

    def get_deleted_objects(
        self, objs: Questions | Sequence[Question], request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        held = list(studied(objs))
        return ([], {}, set(), held) if held else super().get_deleted_objects(objs, request)

    def delete_model(self, request: HttpRequest, obj: Question) -> None:
        self.delete_queryset(request, Question.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Questions) -> None:
        # A grade that comes meanwhile waits for these rows, and one that came before is seen.
        among = queryset.order_by().values("pk")
        list(Question.objects.select_for_update().filter(pk__in=among).order_by("pk").values_list("pk"))
        if studied(queryset).exists():
            raise PermissionDenied("A learner has begun one of these questions in the meantime.")
        super().delete_queryset(request, queryset)
        Catalogue.bump()
