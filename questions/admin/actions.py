"""What is done to many questions at once, from the list."""

from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse

from questions.curation.editing import change_all, tag_all, untag_all
from questions.models import Question, Tag

from .forms import SetDifficulty, TagThem, UntagThem
from .library import curator

Questions = QuerySet[Question]


class Deed(Protocol):
    def __call__(self, modeladmin: admin.ModelAdmin, request: HttpRequest, questions: Questions) -> Any: ...


def done(modeladmin: admin.ModelAdmin, request: HttpRequest, count: int, what: str) -> None:
    level = messages.SUCCESS if count else messages.INFO
    message = f"{count} question{pluralize(count)} {what}." if count else "Nothing to change."
    modeladmin.message_user(request, message, level)


def log(request: HttpRequest, questions: Questions, what: str) -> None:
    LogEntry.objects.log_actions(curator(request).pk, questions, CHANGE, what)


def status_action(status: Question.Status, name: str, what: str) -> Deed:
    @admin.action(description=name, permissions=["change"])
    def act(modeladmin: admin.ModelAdmin, request: HttpRequest, questions: Questions) -> None:
        different = questions.exclude(status=status)
        log(request, different, f"{what.capitalize()} with others.")
        count = change_all(different, field="status", value=status, user=curator(request))
        done(modeladmin, request, count, what)

    act.__name__ = f"make_{status}"
    return act


publish = status_action(Question.Status.PUBLISHED, "Publish", "published")
retire = status_action(Question.Status.RETIRED, "Retire", "retired")
back_to_draft = status_action(Question.Status.DRAFT, "Back to draft", "made drafts again")


def asking(
    modeladmin: admin.ModelAdmin, request: HttpRequest, questions: Questions, *, form: forms.Form, name: str
) -> TemplateResponse:
    """The page between: it posts to the list again, so a selection over all pages stays one."""
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": name,
        "opts": modeladmin.opts,
        "form": form,
        "media": modeladmin.media + form.media,
        "count": questions.count(),
        "examples": questions[:5],
        "action": request.POST["action"],
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox": ACTION_CHECKBOX_NAME,
        "across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(
        request, "admin/questions/question/action.html", context, status=422 if form.is_bound else 200
    )


def form_action(name: str, new_form: Callable[..., forms.Form], act: Callable[..., int], what: str) -> Deed:
    @admin.action(description=f"{name}…", permissions=["change"])
    def ask_and_act(modeladmin: admin.ModelAdmin, request: HttpRequest, questions: Questions) -> Any:
        form = new_form(request.POST if "apply" in request.POST else None, questions)
        if not form.is_valid():
            return asking(modeladmin, request, questions, form=form, name=name)
        log(request, questions, f"{what.capitalize()} with others.")
        done(modeladmin, request, act(questions, form.cleaned_data, curator(request)), what)
        return None

    ask_and_act.__name__ = name.lower().replace(" ", "_")
    return ask_and_act


def untag_form(data: Any, questions: Questions) -> UntagThem:
    form = UntagThem(data)
    form.fields["tags"].queryset = Tag.objects.filter(tagged__content_object__in=questions.order_by()).distinct()  # type: ignore[attr-defined]
    return form


tag = form_action(
    "Tag",
    lambda data, questions: TagThem(data),
    lambda questions, data, user: tag_all(list(questions.values_list("pk", flat=True)), names=data["tags"]),
    "tagged",
)
untag = form_action(
    "Untag",
    untag_form,
    lambda questions, data, user: untag_all(list(questions.values_list("pk", flat=True)), tags=data["tags"]),
    "untagged",
)
set_difficulty = form_action(
    "Set difficulty",
    lambda data, questions: SetDifficulty(data),
    lambda questions, data, user: change_all(questions, field="difficulty", value=data["difficulty"], user=user),
    "changed",
)
