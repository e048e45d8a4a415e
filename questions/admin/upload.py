"""Loading a document in the browser: choose it, see what would happen, confirm."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from questions.loading.options import Options
from questions.loading.report import LoadReport
from questions.loading.run import load
from questions.models import Load, Origin, PendingUpload
from questions.readers.formats import FORMATS, file_endings, readable_formats
from questions.readers.items import ReadError

from .widgets import TagsField

LIMIT = 10 * 1024 * 1024
TOO_LARGE = "The document is larger than 10 MiB. Split it, or have it loaded with the command load_questions."
# What the other fields of the form may take.
FORM_SIZE = 64 * 1024
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
    public = forms.BooleanField(required=False, help_text="Visitors without an account may read a source that is new.")

    def clean_document(self) -> UploadedFile | None:
        document = self.cleaned_data["document"]
        if document and document.size > LIMIT:
            raise forms.ValidationError(TOO_LARGE)
        return document

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        pasted = data.get("text", "").strip()
        if pasted and data.get("document"):
            raise forms.ValidationError("Choose a file or paste text, not both.")
        if not pasted and not data.get("document") and not self.errors:
            self.add_error("document", "Choose a file or paste text.")
        if pasted and len(pasted.encode(errors="replace")) > LIMIT:
            self.add_error("text", TOO_LARGE)
        return data

    def pending(self, user: Any) -> PendingUpload:
        """What was chosen, not stored yet."""
        data = self.cleaned_data
        document = data["document"]
        content = document.read() if document else data["text"].encode(errors="replace")
        options = {name: data[name] for name in ("source", "format", "tags", "publish", "public")}
        return PendingUpload(user=user, file=document.name[:300] if document else PASTED, data=content, options=options)


def run(pending: PendingUpload, *, dry_run: bool) -> LoadReport:
    chosen = dict(pending.options)
    name = chosen.pop("format") or None
    options = Options(**chosen | {"tags": tuple(chosen["tags"])})
    streams = [(pending.file, BytesIO(bytes(pending.data)))]
    return load(streams, options=options, format=name, user=pending.user, dry_run=dry_run, limit=LIMIT)


@admin.register(Load)
class LoadAdmin(admin.ModelAdmin):
    list_display = ["at", "user", "documents"]
    list_select_related = ["user"]
    fields = ["at", "user", "documents"]
    readonly_fields = ["at", "user", "documents"]
    change_list_template = "admin/questions/question/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Load]:
        loads = super().get_queryset(request)
        if request.user.is_superuser:
            return loads
        return loads.exclude(Exists(Origin.objects.filter(load=OuterRef("pk"), source__owner__isnull=False)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        upload, confirm = self.admin_site.admin_view(self.upload_view), self.admin_site.admin_view(self.confirm_view)
        return [
            path("upload/", upload, name="questions_load_upload"),
            path("upload/<int:pk>/", confirm, name="questions_load_confirm"),
            *super().get_urls(),
        ]

    @admin.display(description="Documents")
    def documents(self, run: Load) -> SafeString:
        rows = ((entry.get("source") or entry.get("file", ""), tally_line(entry)) for entry in run.tally)
        return format_html_join("", "<p>{}: {}</p>", rows)

    @csrf_exempt
    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Looks at the announced size first: the check of the form's token reads everything that was sent."""
        require_loading(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LIMIT + FORM_SIZE:
            form = UploadForm({})
            form.errors["document"] = form.error_class([TOO_LARGE])
            return self.page(request, "form", {"form": form}, status=413)
        return csrf_protect(self.chosen)(request)

    def chosen(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self.page(request, "form", {"form": form}, status=422 if form.is_bound else 200)
        pending = form.pending(request.user)
        try:
            report = run(pending, dry_run=True)
        except ReadError as error:
            form.add_error("document" if form.cleaned_data["document"] else "text", str(error))
            return self.page(request, "form", {"form": form}, status=422)
        PendingUpload.forget_old()
        pending.save()
        return self.page(request, "report", {"report": report, "pending": pending})

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        require_loading(request)
        upload = reverse("admin:questions_load_upload")
        if request.method != "POST":
            return HttpResponseRedirect(upload)
        pending = get_object_or_404(PendingUpload, pk=pk, user=request.user)
        try:
            report = run(pending, dry_run=False)
        except ReadError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(upload)
        pending.delete()
        for document in report.documents:
            self.message_user(request, f"Loaded {document.source}: {tally_line(document.tally())}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:questions_question_changelist"))

    def page(self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        site = self.admin_site.each_context(request)
        titles = {"form": "Load a document", "report": "What would be loaded"}
        readable = readable_formats()
        context = site | {"title": titles[name], "opts": self.opts, "readable": readable} | context
        return TemplateResponse(request, f"admin/questions/load/{name}.html", context, status=status)


def require_loading(request: HttpRequest) -> None:
    if not request.user.has_perms(["questions.add_question", "questions.add_source"]):
        raise PermissionDenied


def tally_line(tally: dict[str, Any]) -> str:
    if tally.get("skipped"):
        return "loaded before, unchanged"
    names = ("new", "changed", "unchanged", "kept", "missing")
    return ", ".join(f"{tally[name]} {name}" for name in names if tally.get(name)) or "nothing"
