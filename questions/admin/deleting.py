"""Deleting questions: only those that no learner has progress on. What was studied is retired."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from questions.models import Catalogue, Progress, Question

Questions = QuerySet[Question]


def studied(pks: Any) -> Questions:
    """Those of these questions, a list or a query, that some learner has progress on."""
    known = Exists(Progress.objects.filter(question=OuterRef("pk")))
    return Question.objects.filter(known, pk__in=pks).order_by("title", "pk")


class DeletingUnstudied(admin.ModelAdmin):
    """Learners' rows are neither deleted nor shown: the pages get only the questions that hold
    deleting up."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """`objs`: a list or a queryset."""
        if isinstance(objs, QuerySet):
            held = list(studied(objs.order_by().values("pk")))
        else:
            held = list(studied([question.pk for question in objs]))
        return ([], {}, set(), held) if held else super().get_deleted_objects(objs, request)

    def delete_model(self, request: HttpRequest, obj: Question) -> None:
        self.delete_queryset(request, Question.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Questions) -> None:
        # A grade that comes meanwhile waits for these rows, and one that came before is seen.
        among = queryset.order_by().values("pk")
        rows = Question.objects.filter(pk__in=among).order_by("pk").select_for_update()
        list(rows.values_list("pk"))
        if studied(among).exists():
            raise PermissionDenied("A learner has begun one of these questions in the meantime.")
        super().delete_queryset(request, queryset)
        Catalogue.bump()
