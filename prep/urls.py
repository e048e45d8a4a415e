"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from questions.catalogue.views import sets
from questions.interview.views import plan, sheet
from questions.learner.views import my_data, settings
from questions.progress import views as progress
from questions.study.views import acts, reminders, reset, session, start

from . import views

# The admin signs in through the same, rate-limited page as everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# One page changes a password, for everybody.
password_page = RedirectView.as_view(pattern_name="account_change_password")
admin.site.password_change = password_page  # type: ignore[assignment, method-assign]
admin.site.password_change_done = password_page  # type: ignore[assignment, method-assign]
admin.site.site_header = admin.site.site_title = "Prep"
admin.site.index_title = "Curate"

set_pages = [
    path("", sets.index, name="list"),
    re_path(r"^(?P<name>[^/\0]+)/$", sets.detail, name="detail"),
]
study_pages = [
    path("", start.start, name="start"),
    path("settings/", settings.page, name="settings"),
    path("<int:pk>/", session.page, name="session"),
    path("<int:pk>/answer/<int:question>/", session.reveal, name="reveal"),
    path("<int:pk>/grade/", acts.grade, name="grade"),
    path("<int:pk>/skip/", acts.skip, name="skip"),
    path("<int:pk>/bury/", acts.bury, name="bury"),
    path("<int:pk>/mastered/", acts.mastered, name="mastered"),
    path("<int:pk>/starred/", acts.starred, name="starred"),
    path("<int:pk>/undo/", acts.undo, name="undo"),
    path("<int:pk>/end/", acts.end, name="end"),
    path("<int:pk>/on/", acts.go_on, name="go_on"),
    path("interview/", plan.plan, name="interview"),
    path("interview/remove/", plan.remove, name="remove_plan"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("reset/", reset.reset, name="reset"),
    path("reset/undo/<int:pk>/", reset.undo, name="undo_reset"),
]
progress_pages = [
    path("", progress.index, name="index"),
    path("data/", my_data.page, name="data"),
    re_path(r"^data/prep\.(?P<format>json|csv)$", my_data.export, name="export"),
    path("data/delete/", my_data.delete, name="delete"),
]
reminder_pages = [
    path("", reminders.page, name="page"),
    path("stop/<str:token>/", reminders.stop, name="stop"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("questions/", include("questions.urls")),
    path("progress/", include((progress_pages, "progress"))),
    path("sets/", include((set_pages, "sets"))),
    path("study/reminders/", include((reminder_pages, "reminders"))),
    path("study/", include((study_pages, "study"))),
    path("admin/", admin.site.urls),
]
