"""Who may reach what: curators the library's rows, administrators the teams' rows too."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from accounts.models import User


class LibraryAdmin(admin.ModelAdmin):
    """Rows with an owner (a team) are administrators' alone; `owner_path` is where the owner is found."""

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
        return [
            (name, options | {"fields": [field for field in options["fields"] if field != "owner"]})
            for name, options in fieldsets
        ]


def curator(request: HttpRequest) -> User:
    """Nobody else gets as far as a page of the admin."""
    return cast(User, request.user)


def library_rows(user: User, owner_path: str = "owner") -> Q:
    return Q() if user.is_superuser else Q(**{f"{owner_path}__isnull": True})


class NoDeleting(admin.ModelAdmin):
    """What curators keep and administrators may delete."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)
