"""How allauth behaves here: accounts are made for people, never by them."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordResetView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from infoshare.people.models import User

logger = logging.getLogger(__name__)


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter without sign-up, with our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right. Check both.",
        "too_many_login_attempts": (
            "There were too many tries with this email address. Wait 5 minutes, then try again."
        ),
        "incorrect_password": "This is not your password. Try again.",
        "enter_current_password": "This is not your current password",
        "invalid_password_reset": "This link has been used, or it is too old.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: allauth's JSON replies are a second way in that no page of ours uses."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("home")

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password. allauth looks in a table that we do not fill."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def set_password(self, user: User, password: str) -> None:
        """Set it, and let the person try it at once even if they had failed too often."""
        user.set_password(password)
        user.save(update_fields=["password"])  # the application may not write the other columns
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the letter with the link.

        The letter calls the person `person`: in Jinja2 pages `user` is always the visitor.
        """
        super().send_password_reset_mail(user, email, {**context, "person": user})

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell the person what was done. The deed is done, so a mail failure is only logged."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except (SMTPException, OSError):
            logger.exception("A notification could not be sent")


def reauthenticated(
    act: Callable[..., HttpResponse], request: HttpRequest, *args: object
) -> HttpResponse:
    """What `act` answers, once the person has given their password within the last 5 minutes.

    Who has not is asked for it first; then this request goes on by itself.
    """
    return reauthentication_required(act)(request, *args)  # type: ignore[no-any-return]


class AskForResetView(PasswordResetView):  # type: ignore[misc]
    """allauth's view, which here survives a mail server that is down."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the letter; when that fails, say so and keep the address that was typed."""
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except (SMTPException, OSError):
            logger.exception("A password letter could not be sent")
            form.add_error(
                "email",
                "The letter could not be sent just now. Try again later, or ask the person who "
                "looks after InfoShare in your organisation.",
            )
            return self.form_invalid(form)  # type: ignore[no-any-return]
