"""All addresses: those of the apps, the admin, and the health check."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from . import views

# The admin signs in through the same, rate-limited page as everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# One page changes a password, for everybody.
password_page = RedirectView.as_view(pattern_name="account_change_password")
admin.site.password_change = password_page  # type: ignore[assignment, method-assign]
admin.site.password_change_done = password_page  # type: ignore[assignment, method-assign]
admin.site.site_header = admin.site.site_title = "Prep"
admin.site.index_title = "Curate"

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("questions.urls")),
]
