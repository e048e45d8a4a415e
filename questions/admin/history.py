"""The versions of a question and of its answers: what changed, and the way back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from questions.curation.editing import restore
from questions.models import Answer, Question
from questions.rendering.differences import Piece, differences

PAGE = 50
KINDS: dict[str, Any] = {"question": Question, "answer": Answer}
SHOWN = {
    "question": ("title", "body", "mistakes", "follow_ups", "links", "wordings", "status", "difficulty", "applies_to",
                 "verified_on", "key"),
    "answer": ("short", "answer", "accepted"),
}  # fmt: skip
# What restoring leaves alone (questions.editing.restore).
STAYING = {"status", "key", "accepted"}
WORDS = {"+": "First version", "~": "Changed", "-": "Deleted"}


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Version:
    """One row as it was at some time, and what set it apart from the version before."""

    kind: str
    row: Any
    changes: list[Change]
    current: bool

    @property
    def what(self) -> str:
        return f"{self.kind.capitalize()} {self.row.id}" if self.kind == "answer" else "Question"

    @property
    def can_restore(self) -> bool:
        return not self.current and self.row.history_type != "-"

    @property
    def happened(self) -> str:
        return WORDS[self.row.history_type]


def versions_of(question: Question) -> list[Version]:
    """Newest first, the question's and its answers' together."""
    own = versions("question", Question.history.filter(id=question.pk))
    answers = versions("answer", Answer.history.filter(question=question.pk))
    return sorted([*own, *answers], key=lambda version: (version.row.history_date, version.row.pk), reverse=True)


def versions(kind: str, rows: Any) -> Iterator[Version]:
    before: dict[int, Any] = {}
    ordered = list(rows.select_related("history_user").order_by("history_date", "history_id"))
    last = {row.id: row for row in ordered}
    for row in ordered:
        yield Version(kind, row, changes(kind, before.get(row.id), row), last[row.id] is row)
        before[row.id] = row


def changes(kind: str, before: Any, row: Any) -> list[Change]:
    if before is None or row.history_type == "-":
        return []
    return compared(kind, before, row)


def compared(kind: str, before: Any, after: Any, *, leaving: Collection[str] = ()) -> list[Change]:
    """The fields in which two rows of a kind differ; None stands for a row that is not there."""
    found = []
    for name in [name for name in SHOWN[kind] if name not in leaving]:
        old, new = shown(before, name), shown(after, name)
        if old != new:
            label = str(KINDS[kind]._meta.get_field(name).verbose_name).capitalize()
            found.append(Change(label, differences(old, new)))
    return found


def shown(row: Any, name: str) -> str:
    if row is None:
        return ""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return {True: "yes", False: "no", None: ""}[value] if value in (True, False, None) else str(value)


class HistoryPages(admin.ModelAdmin):
    object_history_template = "admin/questions/question/history.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        place = "<path:object_id>/history/<str:kind>/<int:version>/"
        return [path(place, view, name="questions_question_restore"), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        question = self.found(request, object_id)
        page = Paginator(versions_of(question), PAGE).get_page(request.GET.get("p"))
        context = self.page_context(request, question, "History") | {"page": page, "log": log_of(question)}
        return TemplateResponse(request, self.object_history_template, context | (extra_context or {}))

    def restore_view(self, request: HttpRequest, object_id: str, kind: str, version: int) -> HttpResponse:
        """Asks, then brings one version back."""
        question = self.found(request, object_id)
        if not self.has_change_permission(request, question):
            raise PermissionDenied
        row = old_version(question, kind, version)
        if request.method == "POST":
            restore(row, question=question)
            self.log_change(request, question, f"Restored the {kind} of {row.history_date:%Y-%m-%d %H:%M}.")
            message = f"The {kind} is as it was on {row.history_date:%Y-%m-%d %H:%M}."
            self.message_user(request, message, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:questions_question_history", args=[question.pk]))
        now = KINDS[kind].objects.filter(pk=row.id).first()
        context = {"version": row, "changes": compared(kind, now, row, leaving=STAYING), "kind": kind}
        context |= self.page_context(request, question, "Restore a version")
        return TemplateResponse(request, "admin/questions/question/restore.html", context)

    def found(self, request: HttpRequest, object_id: str) -> Question:
        question = self.get_object(request, unquote(object_id))
        if question is None:
            raise Http404
        if not self.has_view_or_change_permission(request, question):
            raise PermissionDenied
        return question

    def page_context(self, request: HttpRequest, question: Question, title: str) -> dict[str, Any]:
        site = self.admin_site.each_context(request)
        return site | {"title": title, "subtitle": str(question), "opts": self.opts, "original": question}


def old_version(question: Question, kind: str, version: int) -> Any:
    if kind not in KINDS:
        raise Http404
    own = {"id": question.pk} if kind == "question" else {"question": question.pk}
    return get_object_or_404(KINDS[kind].history.exclude(history_type="-"), pk=version, **own)


def log_of(question: Question) -> Any:
    """What curators did in the admin, tags and key points included, which versions do not hold."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Question), object_id=str(question.pk)
    )
    return entries.select_related("user").order_by("-action_time")[:PAGE]
