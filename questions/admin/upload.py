"""Loading a document in the browser: choose it, see what would happen, confirm."""

from io import BytesIO
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from questions.loading.options import LoadOptions
from questions.loading.report import COUNTS, LoadReport
from questions.loading.run import load
from questions.models import Load, Origin, PendingUpload
from questions.readers.formats import readable_formats
from questions.readers.items import ReadError

from .library import NoAdding, admin_page, say_done
from .upload_form import LIMIT, TOO_LARGE, UploadForm

# What the other fields of the form may take.
FORM_SIZE = 64 * 1024


def run(pending: PendingUpload, *, dry_run: bool) -> LoadReport:
    chosen = dict(pending.options)
    format = chosen.pop("format") or None
    return load(
        [(pending.file, BytesIO(bytes(pending.data)))],
        options=LoadOptions(**chosen | {"tags": tuple(chosen["tags"])}),
        format=format,
        user=pending.user,
        dry_run=dry_run,
        limit=LIMIT,
    )


@admin.register(Load)
class LoadAdmin(NoAdding):
    list_display = ["at", "user", "documents"]
    list_select_related = ["user"]
    fields = ["at", "user", "documents"]
    readonly_fields = ["at", "user", "documents"]
    change_list_template = "admin/questions/question/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Load]:
        loads = super().get_queryset(request)
        if request.user.is_superuser:
            return loads
        of_teams = Origin.objects.filter(load=OuterRef("pk"), source__owner__isnull=False)
        return loads.exclude(Exists(of_teams))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        upload = self.admin_site.admin_view(self.upload_view)
        confirm = self.admin_site.admin_view(self.confirm_view)
        return [
            path("upload/", upload, name="questions_load_upload"),
            path("upload/<int:pk>/", confirm, name="questions_load_confirm"),
            *super().get_urls(),
        ]

    @admin.display(description="Documents")
    def documents(self, run: Load) -> SafeString:
        rows = ((name_of(entry), tally_line(entry)) for entry in run.tally)
        return format_html_join("", "<p>{}: {}</p>", rows)

    @csrf_exempt
    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Looks at the announced size first: the check of the form's token reads all that was
        sent."""
        require_loading(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LIMIT + FORM_SIZE:
            form = UploadForm({})
            form.errors["document"] = form.error_class([TOO_LARGE])
            return self.form_page(request, form, status=413)
        return csrf_protect(self.show_report)(request)

    def show_report(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self.form_page(request, form, status=422 if form.is_bound else 200)
        pending = form.pending(request.user)
        try:
            report = run(pending, dry_run=True)
        except ReadError as error:
            form.add_error("document" if form.cleaned_data["document"] else "text", str(error))
            return self.form_page(request, form, status=422)
        PendingUpload.forget_old()
        pending.save()
        context = {"title": "What would be loaded", "report": report, "pending": pending}
        return admin_page(self, request, "load/report", context)

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
            say_done(self, request, f"Loaded {document.source}: {tally_line(document.tally())}.")
        return HttpResponseRedirect(reverse("admin:questions_question_changelist"))

    def form_page(self, request: HttpRequest, form: UploadForm, *, status: int) -> HttpResponse:
        context = {"title": "Load a document", "form": form, "readable": readable_formats()}
        return admin_page(self, request, "load/form", context, status=status)


def require_loading(request: HttpRequest) -> None:
    if not request.user.has_perms(["questions.add_question", "questions.add_source"]):
        raise PermissionDenied


def name_of(tally: dict[str, Any]) -> str:
    return tally.get("source") or tally.get("file", "")


def tally_line(tally: dict[str, Any]) -> str:
    if tally.get("skipped"):
        return "loaded before, unchanged"
    counts = [f"{tally[name]} {name}" for name in COUNTS if tally.get(name)]
    return ", ".join(counts) or "nothing"
