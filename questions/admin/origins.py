"""What was loaded: items that wait for review, and the page on which a curator decides."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.curation.conflicts import conflicts, resolve
from questions.models import Origin

from .filters import Lookups
from .library import LibraryAdmin, curator


class Waiting(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    states = {
        "waiting": Q(incoming__isnull=False),
        "warned": ~Q(warnings=""),
        "missing": Q(missing_since__isnull=False),
    }

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Lookups:
        return [("waiting", "Waiting for review"), ("warned", "With warnings"), ("missing", "Missing from its source")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Origin]) -> QuerySet[Origin]:
        return queryset.filter(self.states.get(self.value() or "", Q()))


@admin.register(Origin)
class OriginAdmin(LibraryAdmin):
    owner_path = "question__owner"
    list_display = ["title", "source", "number", "warned", "compared"]
    list_display_links = None
    list_filter = [Waiting]
    list_select_related = ["source", "question"]
    search_fields = ["title"]
    ordering = ["source__title", "number", "pk"]
    actions = ["mark_checked", "keep_all"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<int:pk>/compare/", view, name="questions_origin_compare"), *super().get_urls()]

    @admin.display(description="Warnings")
    def warned(self, origin: Origin) -> SafeString | str:
        return format_html('<span class="lines">{}</span>', origin.warnings) if origin.warnings else "-"

    @admin.display(description="Question")
    def compared(self, origin: Origin) -> SafeString:
        if origin.incoming is not None:
            return format_html('<a href="{}">Compare</a>', reverse("admin:questions_origin_compare", args=[origin.pk]))
        link = reverse("admin:questions_question_change", args=[origin.question_id])
        return format_html('<a href="{}">{}</a>', link, origin.question)

    @admin.action(description="Mark warnings as checked", permissions=["change"])
    def mark_checked(self, request: HttpRequest, queryset: QuerySet[Origin]) -> None:
        count = queryset.order_by().exclude(warnings="").update(warnings="")
        self.message_user(request, f"The warnings of {count} item{pluralize(count)} are checked.", messages.SUCCESS)

    @admin.action(description="Keep what stands", permissions=["change"])
    def keep_all(self, request: HttpRequest, queryset: QuerySet[Origin]) -> None:
        waiting = list(queryset.filter(incoming__isnull=False))
        for origin in waiting:
            resolve(origin, take=set(), user=curator(request))
        items = f"{len(waiting)} item{pluralize(len(waiting))}"
        self.message_user(request, f"Reviewed {items}; nothing was changed.", messages.SUCCESS)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        origin = self.get_queryset(request).filter(pk=pk, incoming__isnull=False).first()
        if origin is None:
            raise Http404
        if not self.has_change_permission(request, origin):
            raise PermissionDenied
        found = conflicts(origin)
        if request.method == "POST":
            return self.resolved(request, origin, chosen(request, [conflict.name for conflict in found]))
        context = {"title": "Source changed", "subtitle": str(origin.question), "opts": self.opts, "origin": origin}
        site = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/questions/origin/compare.html", site | context | {"conflicts": found})

    def resolved(self, request: HttpRequest, origin: Origin, take: set[str]) -> HttpResponse:
        resolve(origin, take=take, user=curator(request))
        taken = ", ".join(sorted(take)) or "nothing"
        self.log_change(request, origin.question, f"Reviewed {origin}: took {taken}.")
        self.message_user(request, f"Reviewed: took {taken} from {origin}.", messages.SUCCESS)
        return HttpResponseRedirect(f"{reverse('admin:questions_origin_changelist')}?state=waiting")


def chosen(request: HttpRequest, names: list[str]) -> set[str]:
    """Which fields to take: all, none, or those whose choice says so."""
    everything = {"take": set(names), "keep": set()}
    marked = {name for name in names if request.POST.get(f"field-{name}") == "take"}
    return everything.get(request.POST.get("all", ""), marked)
