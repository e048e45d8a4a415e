"""Forms on the pages of learners."""

from django import forms

from .models import Progress


class NoteForm(forms.ModelForm):
    class Meta:
        model = Progress
        fields = ("note",)
        widgets = {"note": forms.Textarea({"rows": 4, "id": "note-text"})}
        labels = {"note": "Private note"}
