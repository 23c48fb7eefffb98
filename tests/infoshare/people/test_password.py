"""Changing a password, and setting a new one by the link in a letter."""

import re
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import tokens
from django.contrib.auth.hashers import identify_hasher
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from infoshare import settings as project
from infoshare.people import writers
from infoshare.people.models import User
from tests.cast import PASSWORD, Cast
from tests.roles import as_owner

NEW = "purple kettle garden 7"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> HttpResponse:
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(reverse("account_change_password"), typed)


def ask(client: Client, email: str) -> HttpResponse:
    return client.post(reverse("account_reset_password"), {"email": email})


def link_in(letter: EmailMessage) -> str:
    """The path of the one link in the letter."""
    links = re.findall(r"^http://testserver(/\S+)$", letter.body, re.M)
    assert len(links) == 1
    return str(links[0])


def open_link(client: Client, link: str) -> tuple[HttpResponse, str]:
    """The page behind the link, and the address at which its form is."""
    response = client.get(link, follow=True)
    return response, response.request["PATH_INFO"]


def is_signed_in(client: Client) -> bool:
    return bool(client.get(reverse("account_login")).wsgi_request.user.is_authenticated)


def test_outside_the_tests_django_says_what_a_hash_costs() -> None:
    assert project.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


# --- Change ---------------------------------------------------------------------------


def test_changing_it_ends_the_other_sessions(
    cast: Cast, signed_in: Callable[[User], Client], mailoutbox: list[EmailMessage]
) -> None:
    here, elsewhere = signed_in(cast.priya), signed_in(cast.priya)
    response = change(here)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    changed = User.objects.get(pk=cast.priya.pk)
    assert changed.check_password(NEW)
    assert identify_hasher(changed.password).algorithm == "argon2"
    assert [letter.to for letter in mailoutbox] == [[cast.priya.email]]
    assert "was changed a moment ago" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("old", "new", "again", "error"),
    [
        ("wrong", NEW, NEW, "This is not your current password"),
        ("", NEW, NEW, "Enter your current password"),
        (PASSWORD, NEW, "another", "You must type the same password each time."),
        (PASSWORD, "short", "short", "It must contain at least 12 characters."),
        (PASSWORD, "1q2w3e4r5t6y", "1q2w3e4r5t6y", "This password is too common."),
        (PASSWORD, "priya@northmoor.example", "priya@northmoor.example", "too similar to the"),
        (PASSWORD, "Priya Shah!!", "Priya Shah!!", "too similar to the name"),
        (PASSWORD, "", "", "Enter a new password"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    cast: Cast,
    signed_in: Callable[[User], Client],
    old: str,
    new: str,
    again: str,
    error: str,
) -> None:
    client = signed_in(cast.priya)
    page = change(client, old, new, again)
    assert page.status_code == 200
    assert page.text.count(error) == 2
    for typed in {old, new, again} - {""}:
        assert f'value="{typed}"' not in page.text.replace(
            f'name="username" value="{cast.priya.email}"', ""
        )
    assert User.objects.get(pk=cast.priya.pk).check_password(PASSWORD)


def test_only_someone_signed_in_can_change_it(cast: Cast, client: Client) -> None:
    assert change(client).status_code in (302, 401)
    assert User.objects.get(pk=cast.priya.pk).check_password(PASSWORD)


# --- Reset ----------------------------------------------------------------------------


def test_the_whole_way_by_letter(
    cast: Cast, signed_in: Callable[[User], Client], mailoutbox: list[EmailMessage]
) -> None:
    with as_owner():
        User.objects.filter(pk=cast.priya.pk).update(name="Priya O'Shah & Co <b>")
    elsewhere, client = signed_in(cast.priya), Client()
    response = ask(client, cast.priya.email.upper())
    assert response["Location"] == reverse("account_reset_password_done")
    assert "Look in your email" in client.get(response["Location"]).text
    letter = mailoutbox[0]
    assert letter.subject == "InfoShare: set a new password"
    assert letter.to == [cast.priya.email]
    assert "Hello Priya O'Shah & Co <b>," in letter.body
    assert not letter.alternatives
    page, where = open_link(client, link_in(letter))
    assert page.text.count('autocomplete="new-password"') == 2
    assert client.post(where, {"password1": NEW, "password2": "x"}).status_code == 200
    response = client.post(where, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is set" in response.text
    assert User.objects.get(pk=cast.priya.pk).check_password(NEW)
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(client)
    assert mailoutbox[-1].subject == "InfoShare: your password was changed"
    assert "does not work" in open_link(Client(), link_in(letter))[0].text


def test_known_unknown_and_closed_accounts_get_the_same_reply(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    writers.deactivate(user=cast.tom)
    replies = []
    for email in (cast.priya.email, "nobody@example.org", cast.tom.email):
        response = ask(client, email)
        replies.append((response.status_code, response["Location"], response.content))
    assert len(set(replies)) == 1
    assert [letter.to for letter in mailoutbox] == [
        [cast.priya.email],
        ["nobody@example.org"],
        [cast.tom.email],
    ]
    for letter in mailoutbox[1:]:
        assert letter.subject == "InfoShare: no account for this address"
        assert "No account that is open uses this address" in letter.body
        assert "://" not in letter.body


def test_a_letter_that_cannot_be_sent_is_said_and_the_address_kept(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise SMTPException("no")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    for email in (cast.priya.email, "nobody@example.org"):
        page = ask(client, email)
        assert page.status_code == 200
        assert "The letter could not be sent just now." in page.text
        assert f'value="{email}"' in page.text


def test_a_mail_server_that_is_down_undoes_no_change(
    cast: Cast, signed_in: Callable[[User], Client], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = signed_in(cast.priya)
    assert change(client).status_code == 302
    assert User.objects.get(pk=cast.priya.pk).check_password(NEW)


def test_someone_who_failed_too_often_can_sign_in_after_a_reset(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sign_in = {"login": cast.priya.email, "password": "wrong"}
    for _ in range(6):
        page = client.post(reverse("account_login"), sign_in)
    assert "too many tries" in page.text
    ask(client, cast.priya.email)
    _, where = open_link(client, link_in(mailoutbox[0]))
    client.post(where, {"password1": NEW, "password2": NEW})
    sign_in["password"] = NEW
    assert client.post(reverse("account_login"), sign_in).status_code == 302


def test_the_link_ends_after_a_day(
    cast: Cast,
    client: Client,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(client, cast.priya.email)
    now = tokens.PasswordResetTokenGenerator._now
    for hours, works in ((23, True), (25, False)):
        monkeypatch.setattr(
            tokens.PasswordResetTokenGenerator,
            "_now",
            lambda self, hours=hours: now(self) + timedelta(hours=hours),
        )
        page, _ = open_link(Client(), link_in(mailoutbox[0]))
        assert ("does not work" not in page.text) == works


def test_a_new_email_address_or_sign_in_makes_the_link_useless(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, cast.priya.email)
    with as_owner():
        User.objects.filter(pk=cast.priya.pk).update(email="moved@northmoor.example")
    assert "does not work" in open_link(client, link_in(mailoutbox[0]))[0].text


def test_an_address_that_was_replaced_opens_nothing(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    old = cast.priya.email
    ask(client, old)
    client.post(reverse("account_login"), {"login": old, "password": PASSWORD})
    client.post(reverse("account_logout"))
    with as_owner():
        User.objects.filter(pk=cast.priya.pk).update(email="moved@northmoor.example")
    client.post(reverse("account_login"), {"login": old, "password": PASSWORD})
    assert not is_signed_in(client)
    ask(client, old)
    assert mailoutbox[-1].subject == "InfoShare: no account for this address"
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    "forged", ["x-set-password", "x-y", "0" * 32 + "-cabcde-" + "0" * 32, "zz-set-password"]
)
def test_a_link_that_was_made_up_is_answered_clearly(
    cast: Cast, client: Client, forged: str
) -> None:
    page = client.get(f"/password/reset/{forged}/")
    assert page.status_code == 200
    assert "This link does not work" in page.text


def test_nobody_else_is_signed_in_by_a_link(
    cast: Cast, signed_in: Callable[[User], Client], mailoutbox: list[EmailMessage]
) -> None:
    ask(Client(), cast.priya.email)
    client = signed_in(cast.tom)
    open_link(client, link_in(mailoutbox[0]))
    assert not is_signed_in(client)


def test_letters_to_one_address_are_limited(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(6):
        response = ask(client, cast.priya.email)
    assert response.status_code == 429
    assert len(mailoutbox) == 5


@pytest.mark.parametrize("email", ["", "priya"])
def test_an_address_that_is_none_is_said(cast: Cast, client: Client, email: str) -> None:
    page = ask(client, email)
    assert page.text.count("Enter ") >= 2
    assert f'value="{email}"' in page.text or not email
