"""The forms of the question page, with messages that say how to mend."""

import re
from typing import Any

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from questions.curation.editing import accept, free_key
from questions.models import Answer, KeyPoint, Origin, Question

from .widgets import TAGS_HELP, LinesField, MarkdownField, MarkdownInput, TagsField

LINK = re.compile(r"\[[^\[\]]+\]\(https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*\)$")


class OwnedForm(forms.ModelForm):
    """Checks what one owner may have only once also where the form leaves the owner out."""

    once = "key"
    taken = "This is used already. Choose another."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        owner = data.get("owner", self.instance.owner)
        value = data.get(self.once)
        rows = type(self.instance)._default_manager.filter(owner=owner, **{self.once: value})
        if value and rows.exclude(pk=self.instance.pk).exists():
            self.add_error(self.once, self.taken)
        return data


class QuestionForm(OwnedForm):
    taken = "Another question has this id. Change it, or empty the field to get a free one."
    tags = TagsField(required=False, help_text=TAGS_HELP)

    class Meta:
        model = Question
        fields = [
            "title",
            "body",
            "status",
            "difficulty",
            "mistakes",
            "follow_ups",
            "links",
            "wordings",
            "applies_to",
            "verified_on",
            "key",
            "owner",
        ]
        field_classes = {
            **dict.fromkeys(("body", "mistakes", "follow_ups"), MarkdownField),
            **dict.fromkeys(("wordings", "links"), LinesField),
        }
        widgets = {
            "body": MarkdownInput(kind="body", rows=5),
            "mistakes": MarkdownInput(kind="remarks", rows=5),
            "follow_ups": MarkdownInput(kind="remarks", rows=5),
            "wordings": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3}),
            "links": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3}),
            "title": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text += " Left empty, it is made of the title."

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_links(self) -> str:
        wrong = []
        for number, line in enumerate(self.cleaned_data["links"].splitlines(), start=1):
            if not LINK.match(line):
                why = f"Line {number} is no link. Write it as [Title](https://address)"
                wrong.append(f"{why}: {line[:80]}")
        if wrong:
            raise ValidationError(wrong)
        return self.cleaned_data["links"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("key") == "" and "title" in data:
            data["key"] = free_key(data["title"], owner=data.get("owner", self.instance.owner))
        return super().clean()


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Answer
        fields = ["short", "answer", "accepted"]
        field_classes = {"short": MarkdownField, "answer": MarkdownField}
        widgets = {
            "short": MarkdownInput(kind="short", rows=4),
            "answer": MarkdownInput(kind="answer", rows=12),
        }


class AnswerFormSet(BaseInlineFormSet):
    """Choosing an answer takes the choice from the one that had it."""

    def clean(self) -> None:
        super().clean()
        if len(self.chosen()) > 1:
            raise ValidationError("Accept one answer only: learners see it first.")

    def chosen(self) -> list[forms.ModelForm]:
        """The forms whose answer was accepted just now."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form for form in kept if is_accepted_now(form)]

    def save(self, commit: bool = True) -> list[Answer]:
        chosen = self.chosen()
        for form in chosen:
            form.instance.accepted = False
        saved = super().save(commit)
        for form in chosen:
            accept(form.instance)
        return saved


def is_accepted_now(form: forms.ModelForm) -> bool:
    data = getattr(form, "cleaned_data", {})
    return bool(data.get("accepted")) and "accepted" in form.changed_data


class PlacedForm(forms.ModelForm):
    """A row with a place in an order. A new row without one comes last."""

    position = forms.IntegerField(min_value=0, max_value=32_767, required=False, label="Place")

    def clean_position(self) -> int:
        place = self.cleaned_data["position"]
        return self.instance.position if place is None else place


class PlacedFormSet(CustomInlineFormSet):
    """Rows that are dragged, or put in order by their numbers where there is no JavaScript."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        attrs = {"class": "_reorder_ place", "min": 0, "aria-label": "Place"}
        form.fields["position"].widget = forms.NumberInput(attrs=attrs)
        form.fields["position"].label = "Place"
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"
        if not form.instance.pk:
            form.initial.pop("position", None)


class KeyPointForm(PlacedForm):
    class Meta:
        model = KeyPoint
        fields = ["text", "position"]
        attrs = {"class": "vTextField", "aria-label": "Key point"}
        widgets = {"text": forms.TextInput(attrs=attrs)}


class OriginForm(forms.ModelForm):
    checked = forms.BooleanField(
        required=False,
        label="Mark as checked",
        widget=forms.CheckboxInput(attrs={"aria-label": "Mark warnings as checked"}),
    )

    class Meta:
        model = Origin
        fields: list[str] = []

    def save(self, commit: bool = True) -> Origin:
        if self.cleaned_data.get("checked"):
            self.instance.warnings = ""
        return super().save(commit)
