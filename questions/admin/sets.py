"""Question sets, with their questions in order."""

from collections.abc import Iterable
from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableTabularInline
from django import forms
from django.contrib import admin
from django.db.models import Count, F, ForeignKey, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest

from accounts.models import Team
from questions.models import Question, QuestionSet, SetEntry
from questions.models.visibility import owned_by

from .forms import OwnedForm, PlacedForm, PlacedFormSet
from .library import CountedAnew, LibraryAdmin, curator, library_rows
from .widgets import MarkdownField, MarkdownInput

MORE = "Ids of questions, separated by spaces, commas or lines. They come last, in this order."


class EntryForm(PlacedForm):
    class Meta:
        model = SetEntry
        fields = ["question", "position"]


class EntryInline(SortableTabularInline):
    model = SetEntry
    form = EntryForm
    formset = PlacedFormSet
    fields = ["position", "question"]
    verbose_name = "question"
    autocomplete_fields = ["question"]
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[SetEntry]:
        return super().get_queryset(request).select_related("question")

    def formfield_for_foreignkey(
        self, field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if field.name == "question":
            kwargs["queryset"] = Question.objects.filter(library_rows(curator(request)))
        return super().formfield_for_foreignkey(field, request, **kwargs)


class SetForm(OwnedForm):
    """Questions are also added by their ids: many at once, or without JavaScript to search."""

    taken = "Another set has this id. Choose another."
    more = forms.CharField(
        label="Add questions",
        required=False,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 2}),
        help_text=MORE,
    )

    class Meta:
        model = QuestionSet
        fields = ["title", "key", "description", "position", "owner"]
        field_classes = {"description": MarkdownField}
        widgets = {"description": MarkdownInput(kind="answer", rows=4)}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        keys = dict.fromkeys(data.get("more", "").replace(",", " ").split())
        found = self.questions(keys, data.get("owner", self.instance.owner))
        missing = ", ".join(key for key in keys if key not in found)
        if missing:
            self.add_error("more", f"There is no question with the id {missing}.")
        data["more"] = [found[key] for key in keys if key in found]
        return data

    def questions(self, keys: Iterable[str], owner: Team | None) -> dict[str, Question]:
        """By key, the owner's own rather than the library's."""
        rows = Question.objects.filter(owned_by([owner.pk] if owner else []), key__in=keys)
        return {row.key: row for row in rows.order_by(F("owner").asc(nulls_first=True))}


@admin.register(QuestionSet)
class QuestionSetAdmin(SortableAdminBase, CountedAnew, LibraryAdmin):
    form = SetForm
    inlines = [EntryInline]
    list_display = ["title", "key", "position", "entry_count"]
    search_fields = ["title"]
    prepopulated_fields = {"key": ["title"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionSet]:
        return super().get_queryset(request).annotate(entry_count=Count("entries"))

    @admin.display(description="Questions", ordering="entry_count")
    def entry_count(self, question_set: QuestionSet) -> int:
        return question_set.entry_count  # type: ignore[attr-defined]

    def save_related(self, request: HttpRequest, form: ModelForm, *args: Any) -> None:
        super().save_related(request, form, *args)
        form.instance.append(form.cleaned_data["more"])
