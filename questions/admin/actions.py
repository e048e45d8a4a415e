"""What is done to many questions at once, from the list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse

from accounts.models import User
from questions.curation.bulk_edits import change_all, tag_all, untag_all
from questions.models import Question, Tag
from questions.models.visibility import Status

from .library import admin_page, curator, say_done
from .widgets import TAGS_HELP, TagsField

Questions = QuerySet[Question]
Action = Callable[[admin.ModelAdmin, HttpRequest, Questions], Any]


def report(model_admin: admin.ModelAdmin, request: HttpRequest, count: int, done: str) -> None:
    if count:
        say_done(model_admin, request, f"{count} question{pluralize(count)} {done}.")
    else:
        model_admin.message_user(request, "Nothing to change.", messages.INFO)


def log(request: HttpRequest, questions: Questions, done: str) -> None:
    text = f"{done.capitalize()} with others."
    LogEntry.objects.log_actions(curator(request).pk, questions, CHANGE, text)


def status_action(status: Status, name: str, done: str) -> Action:
    @admin.action(description=name, permissions=["change"])
    def act(model_admin: admin.ModelAdmin, request: HttpRequest, questions: Questions) -> None:
        different = questions.exclude(status=status)
        log(request, different, done)
        count = change_all(different, field="status", value=status, user=curator(request))
        report(model_admin, request, count, done)

    act.__name__ = f"make_{status}"
    return act


publish = status_action(Status.PUBLISHED, "Publish", "published")
retire = status_action(Status.RETIRED, "Retire", "retired")
back_to_draft = status_action(Status.DRAFT, "Back to draft", "made drafts again")


class ActionForm(forms.Form):
    """Asks for what an action needs, and does it."""

    def __init__(self, data: Any, questions: Questions) -> None:
        super().__init__(data)
        self.questions = questions

    def change(self, user: User) -> int:
        """Returns how many questions it changed."""
        raise NotImplementedError

    def pks(self) -> list[int]:
        return list(self.questions.values_list("pk", flat=True))


class TagThem(ActionForm):
    tags = TagsField(help_text=TAGS_HELP)

    def change(self, user: User) -> int:
        return tag_all(self.pks(), names=self.cleaned_data["tags"])


class UntagThem(ActionForm):
    tags = forms.ModelMultipleChoiceField(Tag.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, questions: Questions) -> None:
        super().__init__(data, questions)
        tags = Tag.objects.filter(tagged__content_object__in=questions.order_by())
        self.fields["tags"].queryset = tags.distinct()  # type: ignore[attr-defined]

    def change(self, user: User) -> int:
        return untag_all(self.pks(), tags=self.cleaned_data["tags"])


class SetDifficulty(ActionForm):
    difficulty = forms.TypedChoiceField(
        choices=[("", "None"), *Question.Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def change(self, user: User) -> int:
        value = self.cleaned_data["difficulty"]
        return change_all(self.questions, field="difficulty", value=value, user=user)


def question_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, form: ActionForm, title: str
) -> TemplateResponse:
    """The page between: it posts to the list again, so a selection over all pages stays one."""
    context = {
        "title": title,
        "form": form,
        "media": model_admin.media + form.media,
        "count": form.questions.count(),
        "examples": form.questions[:5],
        "action": request.POST["action"],
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox": ACTION_CHECKBOX_NAME,
        "across": request.POST.get("select_across", "0"),
    }
    status = 422 if form.is_bound else 200
    return admin_page(model_admin, request, "question/action", context, status=status)


def form_action(name: str, form_class: type[ActionForm], done: str) -> Action:
    @admin.action(description=f"{name}…", permissions=["change"])
    def act(model_admin: admin.ModelAdmin, request: HttpRequest, questions: Questions) -> Any:
        form = form_class(request.POST if "apply" in request.POST else None, questions)
        if not form.is_valid():
            return question_page(model_admin, request, form, name)
        log(request, questions, done)
        report(model_admin, request, form.change(curator(request)), done)
        return None

    act.__name__ = name.lower().replace(" ", "_")
    return act


tag = form_action("Tag", TagThem, "tagged")
untag = form_action("Untag", UntagThem, "untagged")
set_difficulty = form_action("Set difficulty", SetDifficulty, "changed")
