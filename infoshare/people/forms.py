"""allauth's forms in our words: labels, hints, autocomplete, and errors beside the field.

allauth has no types: hence the `type: ignore` on its base classes.
"""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

NEW_PASSWORD_HINT = "At least 12 characters. Three or more random words work well."  # noqa: S105


def put_email(field: forms.Field, autocomplete: str) -> None:
    """Give an email field its words and its widget."""
    field.label = "Email address"
    field.widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    field.error_messages["required"] = "Enter your email address"
    field.error_messages["invalid"] = (
        "Enter an email address in the right form, like name@example.org"
    )


def put_password(field: forms.Field, label: str, autocomplete: str, missing: str) -> None:
    """Give a password field its words and its widget, which never sends back what was typed."""
    field.label = label
    field.help_text = ""
    field.widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    field.error_messages["required"] = missing


def put_new_password(form: forms.Form) -> None:
    """Words and widgets of the two fields in which a new password is typed."""
    new, again = form.fields["password1"], form.fields["password2"]
    put_password(new, "New password", "new-password", "Enter a new password")
    new.help_text = NEW_PASSWORD_HINT
    put_password(again, "New password again", "new-password", "Enter the new password again")


class SignIn(allauth_forms.LoginForm):  # type: ignore[misc]
    """Sign in with an email address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_email(self.fields["login"], "username")
        put_password(self.fields["password"], "Password", "current-password", "Enter your password")

    def clean(self) -> dict[str, Any] | None:
        """Check the sign-in; what is wrong is said beside the email address."""
        try:
            return super().clean()  # type: ignore[no-any-return]
        except ValidationError as error:
            self.add_error("login", error)
            return self.cleaned_data  # type: ignore[no-any-return]


class SayItIsYou(allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password again, by someone who is signed in and is about to do something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_password(self.fields["password"], "Password", "current-password", "Enter your password")


class ChangePassword(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by someone who is signed in and types the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_password(
            self.fields["oldpassword"],
            "Current password",
            "current-password",
            "Enter your current password",
        )
        put_new_password(self)


class AskForReset(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a letter with a link to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_email(self.fields["email"], "username")

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send a letter either way, so that neither reply nor time tells who has an account.

        allauth's own letter to an unknown address links to a sign-up page, which we do not have.
        """
        if self.users:
            return super().save(request, **kwargs)  # type: ignore[no-any-return]
        email: str = self.cleaned_data["email"]
        get_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class SetPassword(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by someone who holds the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_new_password(self)
