"""What a curator chooses to load a document in the browser."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from questions.models import PendingUpload
from questions.readers.formats import FORMATS, file_endings

from .widgets import TagsField

LIMIT = 10 * 1024 * 1024
ADVICE = "Split it, or have it loaded with the command load_questions."
TOO_LARGE = f"The document is larger than 10 MiB. {ADVICE}"
PASTED = "Pasted text"


def format_choices() -> list[tuple[str, str]]:
    return [("", "Recognize it"), *((name, format.label) for name, format in FORMATS.items())]


class UploadForm(forms.Form):
    document = forms.FileField(
        required=False,
        help_text="At most 10 MiB.",
        widget=forms.FileInput(attrs={"accept": ",".join(file_endings())}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste text",
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"}),
    )
    source = forms.CharField(
        required=False,
        max_length=300,
        label="Title of the source",
        help_text="Empty: what the document says of itself, else the name of the file.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    format = forms.ChoiceField(required=False, choices=format_choices)
    tags = TagsField(required=False, help_text="For all its questions. Separate them by commas.")
    publish = forms.BooleanField(required=False, help_text="Otherwise new questions are drafts.")
    public = forms.BooleanField(
        required=False,
        help_text="Visitors without an account may read a source that is new.",
    )

    def clean_document(self) -> UploadedFile | None:
        document = self.cleaned_data["document"]
        if document and document.size > LIMIT:
            raise forms.ValidationError(TOO_LARGE)
        return document

    def clean_text(self) -> str:
        """Empty where there are only blanks."""
        text = self.cleaned_data["text"]
        if len(text.strip().encode(errors="replace")) > LIMIT:
            raise forms.ValidationError(TOO_LARGE)
        return text if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = [name for name in ("document", "text") if data.get(name)]
        if len(chosen) > 1:
            raise forms.ValidationError("Choose a file or paste text, not both.")
        if not chosen and not self.errors:
            self.add_error("document", "Choose a file or paste text.")
        return data

    def pending(self, user: Any) -> PendingUpload:
        """What was chosen, not stored yet."""
        data = self.cleaned_data
        names = ("source", "format", "tags", "publish", "public")
        pending = PendingUpload(user=user, options={name: data[name] for name in names})
        if data["document"]:
            pending.file = data["document"].name[:300]
            pending.data = data["document"].read()
        else:
            pending.file = PASTED
            pending.data = data["text"].encode(errors="replace")
        return pending
