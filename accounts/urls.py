"""Our own pages, and at allauth's own addresses those of its pages that we handle differently."""

from django.urls import path

from .views import mail, profile, signup

app_name = "accounts"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("signup/", signup.SignUp.as_view(), name="signup"),
    path("email/", mail.email, name="email"),
    path("password/reset/", mail.password_reset, name="password_reset"),
]
