"""What learners flagged, and the answers they get."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr, truncatechars
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.models import Flag

from .filters import ConditionFilter
from .library import LibraryAdmin, NoAdding, NoDeleting, curator, say_done

DONE = "Thank you. It is mended."


class AnsweredFilter(ConditionFilter):
    title = "state"
    parameter_name = "answered"
    conditions = {
        "no": ("Open", Q(answered_at=None)),
        "yes": ("Answered", Q(answered_at__isnull=False)),
    }


class FlagAnswerForm(forms.ModelForm):
    class Meta:
        model = Flag
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}
        help_texts = {"answer": "The learner is told that it is there. Saving it closes the flag."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "answer" in self.fields:
            self.fields["answer"].required = True


@admin.register(Flag)
class FlagAdmin(NoAdding, NoDeleting, LibraryAdmin):
    owner_path = "question__owner"
    form = FlagAnswerForm
    list_display = ["problem", "question_link", "learner", "sent_on", "state"]
    list_filter = [AnsweredFilter, "kind"]
    list_select_related = ["question", "user"]
    search_fields = ["text", "question__title"]
    ordering = [F("answered_at").desc(nulls_first=True), "at", "pk"]
    actions = ["mended"]
    readonly_fields = [
        "question_link",
        "answer_link",
        "kind",
        "message",
        "learner",
        "sent_on",
        "state",
    ]
    fields = [*readonly_fields, "answer"]

    def save_model(self, request: HttpRequest, obj: Flag, form: ModelForm, change: bool) -> None:
        # The same words saved again are no news.
        if form.changed_data:
            obj.close(form.cleaned_data["answer"], by=curator(request))

    @admin.display(description="Problem", ordering="kind")
    def problem(self, flag: Flag) -> str:
        return f"{flag.get_kind_display()}: {truncatechars(flag.text, 100)}"

    @admin.display(description="Question", ordering="question__title")
    def question_link(self, flag: Flag) -> SafeString:
        link = reverse("admin:questions_question_change", args=[flag.question_id])
        return format_html('<a href="{}">{}</a>', link, truncatechars(flag.question.title, 120))

    @admin.display(description="With its answer")
    def answer_link(self, flag: Flag) -> SafeString:
        link = reverse("questions:answer", args=[flag.question_id])
        return format_html('<a href="{}">As learners see it</a>', link)

    @admin.display(description="In their words")
    def message(self, flag: Flag) -> SafeString:
        return linebreaksbr(flag.text)

    @admin.display(description="Learner", ordering="user__username")
    def learner(self, flag: Flag) -> str:
        return flag.user.username

    @admin.display(description="Sent", ordering="at")
    def sent_on(self, flag: Flag) -> str:
        return f"{flag.at:%Y-%m-%d}"

    @admin.display(description="State", ordering="answered_at")
    def state(self, flag: Flag) -> str:
        return f"Answered on {flag.answered_at:%Y-%m-%d}" if flag.answered_at else "Open"

    @admin.action(description=f"Answer “{DONE}”", permissions=["change"])
    def mended(self, request: HttpRequest, queryset: QuerySet[Flag]) -> None:
        waiting = list(queryset.filter(answered_at=None))
        for flag in waiting:
            flag.close(DONE, by=curator(request))
            self.log_change(request, flag, f"Answered: {DONE}")
        say_done(self, request, f"Answered: {len(waiting)}.")
