"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

from questions.views import interview, reset, sets, sheet

from . import views

# The admin signs in through the same, rate-limited page as everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Prep"
admin.site.index_title = "Curate"

set_pages = [
    path("", sets.index, name="list"),
    re_path(r"^(?P<name>[^/\0]+)/$", sets.detail, name="detail"),
]
study_pages = [
    path("interview/", interview.plan, name="interview"),
    path("interview/remove/", interview.remove, name="remove_plan"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("reset/", reset.reset, name="reset"),
    path("reset/undo/<int:pk>/", reset.undo, name="undo_reset"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("questions/", include("questions.urls")),
    path("sets/", include((set_pages, "sets"))),
    path("study/", include((study_pages, "study"))),
    path("admin/", admin.site.urls),
]
