"""Question sets, with their questions in order."""

from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableTabularInline
from django import forms
from django.contrib import admin
from django.db.models import Count, F, ForeignKey, QuerySet
from django.forms import BaseModelFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest

from questions.models import Catalogue, Question, QuestionSet, SetEntry
from questions.models.visibility import owned_by

from .forms import OwnedForm, PlacedForm, PlacedFormSet
from .library import LibraryAdmin, curator, library_rows
from .widgets import MarkdownField, MarkdownInput


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
    """Questions are also added by their ids: many at once, and where there is no JavaScript to search for one."""

    taken = "Another set has this id. Choose another."
    more = forms.CharField(
        label="Add questions",
        required=False,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 2}),
        help_text="Ids of questions, separated by spaces, commas or lines. They come last, in this order.",
    )

    class Meta:
        model = QuestionSet
        fields = ["title", "key", "description", "position", "owner"]
        field_classes = {"description": MarkdownField}
        widgets = {"description": MarkdownInput(kind="answer", rows=4)}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        keys = dict.fromkeys(data.get("more", "").replace(",", " ").split())
        owner = data.get("owner", self.instance.owner)
        rows = Question.objects.filter(owned_by([owner.pk] if owner else []), key__in=keys)
        found = {row.key: row for row in rows.order_by(F("owner").asc(nulls_first=True))}
        if missing := [key for key in keys if key not in found]:
            self.add_error("more", f"There is no question with the id {', '.join(missing)}.")
        data["more"] = [found[key] for key in keys if key in found]
        return data


@admin.register(QuestionSet)
class QuestionSetAdmin(SortableAdminBase, LibraryAdmin):
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

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.append(form.cleaned_data["more"])
        Catalogue.bump()

    def delete_model(self, request: HttpRequest, obj: QuestionSet) -> None:
        super().delete_model(request, obj)
        Catalogue.bump()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[QuestionSet]) -> None:
        super().delete_queryset(request, queryset)
        Catalogue.bump()
