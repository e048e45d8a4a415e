"""People, in the hands of administrators only."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers

from . import invitations
from .forms import UserChangeForm, UserCreationForm
from .links import one_time_link
from .models import Invitation, Membership, Team, User

# A role is a checkbox on the user, an address a field of the user.
# Sessions are the user's own affair.
for model in (Group, EmailAddress, UserSession, Authenticator):
    admin.site.unregister(model)


def link_page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    context: dict[str, Any],
) -> HttpResponse:
    """Shows a link that cannot be looked up again, or a button to make one."""
    site = model_admin.admin_site.each_context(request)
    context = context | site | {"opts": model_admin.opts}
    response = TemplateResponse(request, "admin/accounts/link.html", context)
    add_never_cache_headers(response)
    return response


class AdministratorsOnly:
    """Whatever permissions somebody was given: people are managed by administrators."""

    def allowed(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_view_permission = has_add_permission = allowed
    has_change_permission = has_delete_permission = allowed


class MembershipInline(AdministratorsOnly, admin.TabularInline):
    model = Membership
    autocomplete_fields = ["user", "team"]
    extra = 0


class SecondFactorInline(AdministratorsOnly, admin.TabularInline):
    """To be removed for somebody who lost the device; the secrets are nobody's to see."""

    model = Authenticator
    verbose_name = "second factor"
    fields = ["type", "created_at", "last_used_at"]
    readonly_fields = ["type", "created_at", "last_used_at"]
    max_num = 0


@admin.register(User)
class UserAdmin(AdministratorsOnly, auth_admin.UserAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    list_display = [
        "username",
        "first_name",
        "email",
        "is_curator",
        "administrator",
        "is_active",
        "last_login",
    ]
    list_filter = ["is_curator", "is_superuser", "is_active", "teams", "date_joined"]
    search_fields = ["username", "first_name", "last_name", "email"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    inlines = [MembershipInline, SecondFactorInline]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Roles", {"fields": ["is_curator", "is_superuser", "is_active"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "email", "is_curator", "is_superuser"]}),
    ]

    @admin.display(boolean=True, ordering="is_superuser")
    def administrator(self, user: User) -> bool:
        return user.is_superuser

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        return self.inlines if obj else []

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.link_view)
        return [path("<int:pk>/link/", view, name="accounts_user_link"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            obj.forget_other_addresses()

    def response_add(
        self,
        request: HttpRequest,
        obj: User,
        post_url_continue: str | None = None,
    ) -> HttpResponse:
        """A new user has no password yet: next, the link to set one."""
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, f"{obj.username} was added, and has no password yet.")
        return redirect("admin:accounts_user_link", obj.pk)

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.allowed(request):
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk, is_active=True)
        context = {"title": f"One-time link for {user.username}", "original": user}
        if request.method == "POST":
            self.log_change(request, user, "Issued a one-time link.")
            context["link"] = one_time_link(user)
        return link_page(self, request, context)


@admin.register(Team)
class TeamAdmin(AdministratorsOnly, admin.ModelAdmin):
    list_display = ["name", "slug", "people"]
    search_fields = ["name", "slug", "members__username", "members__email"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).annotate(people=Count("memberships"))

    @admin.display(description="Members", ordering="people")
    def people(self, team: Any) -> int:
        return team.people


@admin.register(Membership)
class MembershipAdmin(AdministratorsOnly, admin.ModelAdmin):
    list_display = ["user", "team", "role"]
    list_filter = ["role", "team"]
    list_select_related = ["user", "team"]
    search_fields = ["user__username", "user__email", "team__name"]
    autocomplete_fields = ["user", "team"]


@admin.register(Invitation)
class InvitationAdmin(AdministratorsOnly, admin.ModelAdmin):
    list_display = ["__str__", "uses_left", "expires_at", "is_open", "created_by", "created_at"]
    list_filter = ["expires_at"]
    list_select_related = ["created_by"]
    search_fields = ["note", "created_by__username"]
    readonly_fields = ["created_by", "created_at"]

    @admin.display(boolean=True, description="Open")
    def is_open(self, invitation: Invitation) -> bool:
        return invitation.is_open

    def save_model(
        self,
        request: HttpRequest,
        obj: Invitation,
        form: ModelForm,
        change: bool,
    ) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def response_add(
        self,
        request: HttpRequest,
        obj: Invitation,
        post_url_continue: str | None = None,
    ) -> HttpResponse:
        link = invitations.issue(obj)
        context = {"title": "Invitation", "original": obj, "link": link}
        return link_page(self, request, context)
