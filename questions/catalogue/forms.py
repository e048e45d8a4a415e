"""Forms on the page of a question."""

from django import forms

from questions.models import Flag, Progress


class NoteForm(forms.ModelForm):
    class Meta:
        model = Progress
        fields = ("note",)
        widgets = {"note": forms.Textarea({"rows": 4, "id": "note-text"})}
        labels = {"note": "Private note"}


class FlagForm(forms.ModelForm):
    kind = forms.ChoiceField(
        choices=Flag.Kind,
        widget=forms.RadioSelect,
        label="What is the problem?",
    )

    class Meta:
        model = Flag
        fields = ("kind", "text")
        widgets = {"text": forms.Textarea({"rows": 5})}
        labels = {"text": "In your words"}
        help_texts = {"text": "Say what should be there instead, and how you know."}
