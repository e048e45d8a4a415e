"""The versions of a question and of its answers, and the way back."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from questions.curation.editing import restore
from questions.models import Question

from .library import admin_page, say_done
from .versions import KINDS, STAYING, differing_fields, versions_of

PAGE = 50


class HistoryPages(admin.ModelAdmin):
    object_history_template = "admin/questions/question/history.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        place = "<path:object_id>/history/<str:kind>/<int:version>/"
        return [path(place, view, name="questions_question_restore"), *super().get_urls()]

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        question = self.question(request, object_id)
        context = {
            "title": "History",
            "subtitle": str(question),
            "original": question,
            "page": Paginator(versions_of(question), PAGE).get_page(request.GET.get("p")),
            "log": log_of(question),
        }
        return admin_page(self, request, "question/history", context | (extra_context or {}))

    def restore_view(
        self,
        request: HttpRequest,
        object_id: str,
        kind: str,
        version: int,
    ) -> HttpResponse:
        """Asks, then brings one version back."""
        question = self.question(request, object_id)
        if not self.has_change_permission(request, question):
            raise PermissionDenied
        row = old_version(question, kind, version)
        if request.method == "POST":
            restore(row, question=question)
            date = f"{row.history_date:%Y-%m-%d %H:%M}"
            self.log_change(request, question, f"Restored the {kind} of {date}.")
            say_done(self, request, f"The {kind} is as it was on {date}.")
            history = reverse("admin:questions_question_history", args=[question.pk])
            return HttpResponseRedirect(history)
        now = KINDS[kind].objects.filter(pk=row.id).first()
        context = {
            "title": "Restore a version",
            "subtitle": str(question),
            "original": question,
            "version": row,
            "changes": differing_fields(kind, now, row, leaving=STAYING),
            "kind": kind,
        }
        return admin_page(self, request, "question/restore", context)

    def question(self, request: HttpRequest, object_id: str) -> Question:
        question = self.get_object(request, unquote(object_id))
        if question is None:
            raise Http404
        if not self.has_view_or_change_permission(request, question):
            raise PermissionDenied
        return question


def old_version(question: Question, kind: str, version: int) -> Any:
    if kind not in KINDS:
        raise Http404
    place = {"id": question.pk} if kind == "question" else {"question": question.pk}
    versions = KINDS[kind].history.exclude(history_type="-")
    return get_object_or_404(versions, pk=version, **place)


def log_of(question: Question) -> Any:
    """What curators did in the admin: tags and key points included, which versions do not hold."""
    of_questions = ContentType.objects.get_for_model(Question)
    entries = LogEntry.objects.filter(content_type=of_questions, object_id=str(question.pk))
    return entries.select_related("user").order_by("-action_time")[:PAGE]
