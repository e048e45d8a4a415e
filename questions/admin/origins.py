"""What was loaded: items that wait for review, and the page on which a curator decides."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.curation.conflicts import conflicts, resolve
from questions.models import Origin

from .filters import MISSING, WAITING, WARNED, ConditionFilter
from .inlines import compare_link, shown_warnings
from .library import LibraryAdmin, NoAdding, admin_page, curator, say_done


class OriginStateFilter(ConditionFilter):
    title = "state"
    parameter_name = "state"
    conditions = {
        "waiting": ("Waiting for review", WAITING),
        "warned": ("With warnings", WARNED),
        "missing": ("Missing from its source", MISSING),
    }


@admin.register(Origin)
class OriginAdmin(NoAdding, LibraryAdmin):
    owner_path = "question__owner"
    list_display = ["title", "source", "number", "warning_lines", "question_link"]
    list_display_links = None
    list_filter = [OriginStateFilter]
    list_select_related = ["source", "question"]
    search_fields = ["title"]
    ordering = ["source__title", "number", "pk"]
    actions = ["mark_checked", "keep_all"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.compare_view)
        compare = path("<int:pk>/compare/", view, name="questions_origin_compare")
        return [compare, *super().get_urls()]

    @admin.display(description="Warnings")
    def warning_lines(self, origin: Origin) -> SafeString | str:
        return shown_warnings(origin) or "-"

    @admin.display(description="Question")
    def question_link(self, origin: Origin) -> SafeString:
        if origin.incoming is not None:
            return compare_link(origin, "Compare")
        link = reverse("admin:questions_question_change", args=[origin.question_id])
        return format_html('<a href="{}">{}</a>', link, origin.question)

    @admin.action(description="Mark warnings as checked", permissions=["change"])
    def mark_checked(self, request: HttpRequest, queryset: QuerySet[Origin]) -> None:
        count = queryset.order_by().exclude(warnings="").update(warnings="")
        say_done(self, request, f"The warnings of {count} item{pluralize(count)} are checked.")

    @admin.action(description="Keep what stands", permissions=["change"])
    def keep_all(self, request: HttpRequest, queryset: QuerySet[Origin]) -> None:
        waiting = list(queryset.filter(WAITING))
        for origin in waiting:
            resolve(origin, take=set(), user=curator(request))
        items = f"{len(waiting)} item{pluralize(len(waiting))}"
        say_done(self, request, f"Reviewed {items}; nothing was changed.")

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        origin = get_object_or_404(self.get_queryset(request), WAITING, pk=pk)
        if not self.has_change_permission(request, origin):
            raise PermissionDenied
        found = conflicts(origin)
        if request.method == "POST":
            names = [conflict.name for conflict in found]
            return self.resolved(request, origin, fields_to_take(request, names))
        context = {
            "title": "Source changed",
            "subtitle": str(origin.question),
            "origin": origin,
            "conflicts": found,
        }
        return admin_page(self, request, "origin/compare", context)

    def resolved(self, request: HttpRequest, origin: Origin, take: set[str]) -> HttpResponse:
        resolve(origin, take=take, user=curator(request))
        taken = ", ".join(sorted(take)) or "nothing"
        self.log_change(request, origin.question, f"Reviewed {origin}: took {taken}.")
        say_done(self, request, f"Reviewed: took {taken} from {origin}.")
        return HttpResponseRedirect(f"{reverse('admin:questions_origin_changelist')}?state=waiting")


def fields_to_take(request: HttpRequest, names: list[str]) -> set[str]:
    """All, none, or those whose choice says so."""
    everything = {"take": set(names), "keep": set()}
    marked = {name for name in names if request.POST.get(f"field-{name}") == "take"}
    return everything.get(request.POST.get("all", ""), marked)
