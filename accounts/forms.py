"""What people fill in about themselves."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.manage_email import email_already_exists
from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator

from .models import User

NAME_VALIDATORS = [
    UnicodeUsernameValidator(message="Use letters, digits and . + - _ only."),
    # People sign in with their name or their address; no name may look like somebody's address.
    RegexValidator("@", message="Use letters, digits and . + - _ only.", inverse_match=True),
]


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Username or email"
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(allauth_forms.SignupForm):
    invitation = forms.CharField(required=False, widget=forms.HiddenInput)


class UniqueAddressForm(forms.ModelForm):
    """No two accounts share an address: people sign in with it."""

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        return email_already_exists(address, user=self.instance)[0] if address else ""


class ProfileForm(UniqueAddressForm):
    """Where mail is sent, the address is changed on a page of its own, and verified."""

    class Meta:
        model = User
        fields = ["first_name", "email"]
        labels = {"first_name": "Name", "email": "Email"}
        help_texts = {"first_name": "How we greet you. You still sign in with your username."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if settings.HAS_EMAIL:
            del self.fields["email"]


class UserMeta:
    model = User
    fields = "__all__"
    labels = {"is_superuser": "Administrator"}
    help_texts = {"is_superuser": "Manages people, and may do everything in the admin."}


class UserCreationForm(UniqueAddressForm):
    """Without a password: the new user sets one on a one-time link."""

    class Meta(UserMeta):
        pass

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class UserChangeForm(UniqueAddressForm, auth_forms.UserChangeForm):
    class Meta(UserMeta):
        pass
