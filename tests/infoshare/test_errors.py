"""Pages for when something is in the way: they help, and give words back to their sender."""

import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from infoshare.hand_back import Sent
from tests.cast import Cast

pytestmark = pytest.mark.urls("tests.infoshare.toy_pages")
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
WORDS = {"reason": "\nmy words <b>&\r\nmore", "answer": "not-sure", "empty": ""}


def strict() -> Client:
    """A client that checks CSRF tokens and shows a visitor what a visitor sees."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def shown(response: Any) -> list[str]:
    """The texts of the page's text areas, as a browser reads them."""
    found = re.findall(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.DOTALL)
    texts = [text.replace("&#13;", "\r").replace("&#10;", "\n") for text in found]
    return [text.removeprefix("\n") for text in texts]


def resent(client: Client, response: Any, **more: Any) -> Any:
    """What comes of pressing the button of the form that sends the words again."""
    html = response.content.decode()
    form = re.search(r'<form method="post" action="([^"]*)".*?</form>', html, re.DOTALL)
    assert form, "there is no form to send again"
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[0]))
    names = re.findall(r'<textarea[^>]*name="([^"]*)"', form[0])
    return client.post(
        form[1], {**fields, **dict(zip(names, shown(response), strict=True))}, **more
    )


@pytest.mark.parametrize("headers", [{}, HERE, {"Referer": "http://testserver/toy/form/"}])
def test_a_stale_form_is_handed_back_and_can_be_sent_again(
    headers: dict[str, str], cast: Cast
) -> None:
    client = strict()
    client.force_login(cast.priya)
    response = client.post(
        "/toy/echo/", {**WORDS, "csrfmiddlewaretoken": "x" * 64}, headers=headers
    )
    assert response.status_code == 403
    assert shown(response) == [WORDS["reason"].replace("<b>&", "&lt;b&gt;&amp;")]
    assert resent(client, response, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "https://testserver"},
        {"Referer": "https://elsewhere.example/page"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {**HERE, "Sec-Fetch-Site": "cross-site"},
        {"Referer": "http://[bad"},
    ],
    ids=str,
)
@pytest.mark.parametrize("address", ["/toy/echo/", "/toy/broken/", "/toy/refused/", "/nowhere/"])
def test_another_site_gets_nothing_back(address: str, headers: dict[str, str]) -> None:
    response = strict().post(address, WORDS, headers=headers)
    html = response.content.decode()
    assert response.status_code >= 400
    assert "my words" not in html
    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


def test_a_password_is_never_handed_back() -> None:
    sent = {"login": "priya@northmoor.example", "password": "correct horse battery staple"}
    response = strict().post("/sign-in/", sent, headers=HERE)
    assert response.status_code == 403
    assert "correct horse" not in response.content.decode()
    assert "Your password is not shown" in response.content.decode()
    assert "<form" not in response.content.decode()


def test_an_empty_password_box_does_not_keep_words_back() -> None:
    response = strict().post("/toy/form/", {**WORDS, "password": ""}, headers=HERE)
    assert len(shown(response)) == 1
    assert "Send it again" in response.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/toy/refused/", 403), ("/nowhere/", 404)])
def test_words_that_have_no_place_to_go_are_shown_to_copy(address: str, status: int) -> None:
    response = Client().post(address, WORDS, headers=HERE)
    assert response.status_code == status
    assert shown(response) == [WORDS["reason"].replace("<b>&", "&lt;b&gt;&amp;")]
    assert "readonly" in response.content.decode()
    assert "<form" not in response.content.decode()


def test_a_mistake_of_ours_hands_the_words_back() -> None:
    client = Client(raise_request_exception=False)
    response = client.post("/toy/broken/?page=2", WORDS, headers=HERE)
    assert response.status_code == 500
    assert 'action="/toy/broken/?page=2"' in response.content.decode()
    assert resent(client, response).status_code == 500


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/toy/refused/", 403), ("/toy/broken/", 500)]
)
def test_error_pages_help_without_the_database(address: str, status: int) -> None:
    # No `db` fixture: pytest-django would refuse any use of the database.
    response = Client(raise_request_exception=False).get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert html.count("<h1") == 1
    assert "Go to your decisions" in html
    assert "It does not give legal advice" in html


def test_an_address_cannot_lead_the_words_elsewhere() -> None:
    response = Client().post("//elsewhere.example/toy/", WORDS, headers=HERE)
    assert 'action="//' not in response.content.decode()
    assert response.status_code == 404


def test_a_host_that_is_not_ours_gets_a_plain_refusal(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["infoshare.example"]
    response = strict().post("/toy/exempt/", WORDS, headers={**HERE, "Host": "evil.example"})
    assert response.status_code == 400
    assert "my words" not in response.content.decode()


@pytest.fixture
def no_database(django_db_blocker: Any) -> Iterator[None]:
    """A real connection to a port where nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    before = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT=str(port), USER="x", PASSWORD="x")
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)


@pytest.fixture
def client_with_session(settings: Any) -> Client:
    """A browser that still holds the cookie of a session."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    return client


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("address", ["/toy/echo/", "/toy/form/", "/"])
def test_a_database_that_is_down_hands_the_words_back(
    address: str, client_with_session: Client
) -> None:
    response = client_with_session.post(address, WORDS, headers=HERE)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert shown(response) == [WORDS["reason"].replace("<b>&", "&lt;b&gt;&amp;")]
    assert "do not wait for InfoShare" in response.content.decode()
    assert resent(client_with_session, response).status_code == 503


@pytest.mark.usefixtures("no_database")
def test_a_page_asked_for_while_the_database_is_down_says_when_to_try_again(
    client_with_session: Client,
) -> None:
    response = client_with_session.get("/?page=2")
    assert response.status_code == 503
    assert 'href="/?page=2"' in response.content.decode()


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("address", ["/sign-in/", "/password/reset/"])
def test_signing_in_while_the_database_is_down(address: str) -> None:
    client = Client(raise_request_exception=False)
    sent = {"login": "a@b.example", "email": "a@b.example", "password": "correct horse"}
    response = client.post(address, sent, headers=HERE)
    assert response.status_code == 503
    assert "correct horse" not in response.content.decode()


@pytest.mark.usefixtures("no_database")
def test_pages_that_need_no_database_still_answer(client_with_session: Client) -> None:
    assert Client().get("/help/").status_code == 200
    assert Client().get("/health/").status_code == 503


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("reason", "Reason"),
        ("draft_3f-told_reason", "Told reason"),
        ("wizard-uuid-step-reason", "Reason"),
        ("-", "Text"),
        ("x" * 100, "X" + "x" * 59),
    ],
)
def test_a_field_is_named_in_words(name: str, label: str) -> None:
    assert Sent(name, "").label == label


@pytest.mark.parametrize("value", ["", "not-sure", "3", "0b5e8f5a-6d3c-4c0e-9a51-5b1c3d9a7f10"])
def test_what_a_page_made_is_not_shown_as_words(value: str) -> None:
    assert Sent("x", value).is_token


@pytest.mark.parametrize("value", ["two words", "é", "a\nb", "x" * 65, "🙂", "O'Neill"])
def test_what_a_person_typed_is_shown(value: str) -> None:
    assert not Sent("x", value).is_token
