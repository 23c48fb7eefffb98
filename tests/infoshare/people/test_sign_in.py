"""Signing in and out, as the person sees it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from infoshare.people import writers
from infoshare.people.models import User
from tests.cast import PASSWORD, Cast

NOT_RIGHT = "The email address or the password is not right. Check both."
TOO_MANY = "There were too many tries with this email address. Wait 5 minutes, then try again."


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def who(client: Client) -> str | None:
    """The id of the person whom the next request belongs to."""
    response = client.get(reverse("account_login"))
    user = response.wsgi_request.user
    return str(user.pk) if user.is_authenticated else None


def test_it_works(cast: Cast, client: Client) -> None:
    page = client.get(reverse("account_login"))
    assert 'autocomplete="username"' in page.text
    assert 'autocomplete="current-password"' in page.text
    response = sign_in(client, cast.priya.email)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert who(client) == str(cast.priya.pk)


@pytest.mark.parametrize("email", ["PRIYA@NORTHMOOR.EXAMPLE", " Priya@Northmoor.example "])
def test_the_case_of_the_address_and_spaces_around_it_do_not_matter(
    cast: Cast, client: Client, email: str
) -> None:
    assert sign_in(client, email).status_code == 302


def test_wrong_password_and_unknown_address_get_the_same_reply(cast: Cast, client: Client) -> None:
    replies = []
    for email in (cast.priya.email, "nobody@example.org"):
        response = sign_in(client, email, "wrong")
        assert response.status_code == 200
        assert NOT_RIGHT in response.text
        assert f'value="{email}"' in response.text
        assert "wrong" not in response.text
        replies.append(without_tokens(response, email))
    assert replies[0] == replies[1]
    assert who(client) is None


def without_tokens(response: HttpResponse, email: str) -> str:
    """The page without what differs from request to request, and without the typed address."""
    text = response.text.replace(email, "").replace(str(response.wsgi_request.csp_nonce), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize(
    ("email", "password", "errors"),
    [
        ("", "", ["Enter your email address", "Enter your password"]),
        ("priya", "x", ["Enter an email address in the right form, like name@example.org"]),
        ("priya@northmoor.example", "", ["Enter your password"]),
        ("'><b>@x.org", "x", ["Enter an email address in the right form"]),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_above(
    cast: Cast, client: Client, email: str, password: str, errors: list[str]
) -> None:
    page = sign_in(client, email, password).text
    for error in errors:
        assert page.count(error) == 2
    assert "<title>Error: Sign in" in page
    assert "<b>@x.org" not in page


def test_inactive_people_cannot_sign_in(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.priya.pk).update(is_active=False)
    assert NOT_RIGHT in sign_in(client, cast.priya.email, "wrong").text
    response = sign_in(client, cast.priya.email)
    assert response["Location"] == reverse("account_inactive")
    assert "Your account is closed" in client.get(response["Location"]).text
    assert who(client) is None


def test_deactivating_ends_every_session_for_good(
    cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(cast.priya)
    assert who(client) == str(cast.priya.pk)
    writers.deactivate(user=User.objects.get(pk=cast.priya.pk))
    assert who(client) is None
    User.objects.filter(pk=cast.priya.pk).update(is_active=True)
    assert who(client) is None


def test_too_many_tries_are_stopped_over_all_clients(cast: Cast) -> None:
    first, second = Client(), Client()
    for client in (first, second, first, second, first):
        assert NOT_RIGHT in sign_in(client, cast.priya.email, "wrong").text
    response = sign_in(second, cast.priya.email.upper())
    assert TOO_MANY in response.text
    assert f'value="{cast.priya.email.upper()}"' in response.text
    assert who(second) is None
    assert sign_in(second, cast.tom.email).status_code == 302


def test_a_flood_of_invented_addresses_lifts_no_limit(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, cast.priya.email, "wrong")
    for number in range(400):
        cache.set(f"invented-{number}", [number], 300)
    assert TOO_MANY in sign_in(client, cast.priya.email).text


def test_an_unknown_address_is_stopped_after_as_many_tries(db: None, client: Client) -> None:
    replies = [sign_in(client, "nobody@example.org", "wrong").text for _ in range(6)]
    assert [TOO_MANY in reply for reply in replies] == [False] * 5 + [True]


def test_a_flood_from_one_place_gets_a_page_that_says_wait(
    db: None, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        sign_in(client, "nobody@example.org", "wrong")
    response = sign_in(client, "nobody@example.org", "wrong")
    assert response.status_code == 429
    assert "Wait a minute" in response.text


def test_behind_a_proxy_the_limit_counts_the_visitor_not_the_proxy(
    cast: Cast, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    office = Client(headers={"X-Forwarded-For": "203.0.113.5"})
    assert sign_in(office, "nobody@example.org").status_code == 200
    forged = Client(headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.5"})
    assert sign_in(forged, "nobody@example.org").status_code == 429
    elsewhere = Client(headers={"X-Forwarded-For": "203.0.113.6"})
    assert sign_in(elsewhere, cast.priya.email).status_code == 302


def test_the_session_gets_a_new_key(cast: Cast, client: Client, settings: Any) -> None:
    session = client.session
    session["planted"] = "by someone else"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, cast.priya.email)
    assert client.session.session_key != session.session_key
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert who(old) is None


def test_it_leads_to_the_page_that_was_asked_for(cast: Cast, client: Client) -> None:
    wanted = reverse("account_change_password")
    page = client.get(reverse("account_login"), {"next": wanted})
    assert f'name="next" value="{wanted}"' in page.text
    assert sign_in(client, cast.priya.email, next=wanted)["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "http://testserver@evil.example/",
    ],
)
def test_it_leads_nowhere_else(cast: Cast, client: Client, elsewhere: str) -> None:
    response = sign_in(client, cast.priya.email, next=elsewhere)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_someone_who_is_signed_in_is_sent_on(
    cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    response = signed_in(cast.priya).get(reverse("account_login"))
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_signing_out_takes_a_post(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.priya)
    page = client.get(reverse("account_logout"))
    assert "Do you want to sign out?" in page.text
    assert who(client) == str(cast.priya.pk)
    response = client.post(reverse("account_logout"))
    assert response["Location"] == reverse("account_login")
    assert who(client) is None
    assert client.get(reverse("account_logout")).status_code == 302


def test_sign_in_and_out_refuse_a_post_without_a_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, cast.priya.email).status_code == 403
    client.force_login(cast.priya)
    assert client.post(reverse("account_logout")).status_code == 403
    assert who(client) == str(cast.priya.pk)


def test_it_never_answers_in_json(cast: Cast, client: Client) -> None:
    response = client.post(
        reverse("account_login"),
        {"login": cast.priya.email, "password": "wrong"},
        headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"},
    )
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    ["/signup/", "/sign-up/", "/accounts/signup/", "/accounts/login/", "/password/set/", "/email/"],
)
def test_nothing_else_of_allauth_is_served(
    cast: Cast, signed_in: Callable[[User], Client], path: str
) -> None:
    assert signed_in(cast.priya).get(path).status_code == 404
    assert signed_in(cast.priya).post(path).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_sign_up_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
