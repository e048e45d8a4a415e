"""What the admin's pages share: who may reach which rows, and how a page of our own is shown."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from accounts.models import User
from questions.models import Catalogue


class LibraryAdmin(admin.ModelAdmin):
    """Rows with an owner (a team) are administrators' alone; `owner_path` leads to the owner."""

    owner_path = "owner"
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(library_rows(curator(request), self.owner_path))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """An owner is chosen once, for answers and entries belong to it too."""
        readonly = list(super().get_readonly_fields(request, obj))
        return [*readonly, "owner"] if obj and self.owner_path == "owner" else readonly

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [(name, without_owner(options)) for name, options in fieldsets]


def without_owner(options: Mapping[str, Any]) -> dict[str, Any]:
    return {**options, "fields": [name for name in options["fields"] if name != "owner"]}


class CountedAnew(admin.ModelAdmin):
    """Cached lists and counts end with every change of a row."""

    def save_related(self, *args: Any) -> None:
        super().save_related(*args)
        Catalogue.bump()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        Catalogue.bump()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        Catalogue.bump()


class NoAdding(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class NoDeleting(admin.ModelAdmin):
    """What curators keep and administrators may delete."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)


def curator(request: HttpRequest) -> User:
    """Nobody else gets as far as a page of the admin."""
    return cast(User, request.user)


def library_rows(user: User, owner_path: str = "owner") -> Q:
    return Q() if user.is_superuser else Q(**{f"{owner_path}__isnull": True})


def say_done(model_admin: admin.ModelAdmin, request: HttpRequest, text: str) -> None:
    model_admin.message_user(request, text, messages.SUCCESS)


def admin_page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> TemplateResponse:
    """A page beside Django's own; `name` is that of its template."""
    template = f"admin/questions/{name}.html"
    common = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return TemplateResponse(request, template, common | context, status=status)
