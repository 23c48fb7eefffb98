"""Health, help, privacy, accessibility: open to all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

PUBLIC = ["/help/", "/privacy/", "/accessibility/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_they_answer_without_sign_in(address: str) -> None:
    response = Client().get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert "Sign out" not in html


@pytest.mark.parametrize("address", [*PUBLIC, "/health/"])
def test_they_take_no_posts(address: str) -> None:
    assert Client().post(address).status_code == 405


def test_health_is_one_word(db: None) -> None:
    response = Client().get("/health/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"
    assert not response.cookies


def test_health_answers_without_tls(settings: Any, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/").status_code == 200
    assert Client().get("/help/").status_code == 301


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_says_on_every_page_that_it_is_one(demo: bool) -> None:
    from django.template import engines

    from infoshare.jinja import environment  # noqa: F401

    jinja = engines.all()[0].env
    before = jinja.globals["demo"]
    jinja.globals["demo"] = demo
    try:
        for address in [*PUBLIC, "/nowhere/", "/sign-in/"]:
            html = Client().get(address).content.decode()
            assert ("Do not enter real information" in html) is demo, address
    finally:
        jinja.globals["demo"] = before


def test_who_to_ask_comes_from_the_settings(settings: Any) -> None:
    settings.CONTACT = "Jo at extension 1234 <b>"
    assert "Jo at extension 1234 &lt;b&gt;" in Client().get("/privacy/").content.decode()


EVERYBODY = ["Protocols", "Guidance", "Messages", "Help"]


@pytest.mark.parametrize(
    ("person", "links"),
    [
        ("priya", ["Needs you", "My decisions", *EVERYBODY]),
        ("maya", ["Needs you", "Team decisions", "Reviews", "Figures", "Findings", *EVERYBODY]),
        ("ada", ["All decisions", "Figures", "Auditor’s desk", "Findings", *EVERYBODY]),
        ("sam", EVERYBODY),
    ],
)
def test_the_navigation_leads_where_the_person_may_go(
    person: str, links: list[str], cast: Cast, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(getattr(cast, person))
    html = client.get("/help/").content.decode()
    (bar,) = re.findall(r'<nav class="way".*?</nav>', html, re.DOTALL)
    found = re.findall(r'<a href="([^"]*)"([^>]*)>([^<]*)</a>', bar)
    assert [text for _, _, text in found] == links
    assert [text for _, more, text in found if "aria-current" in more] == ["Help"]
    for address, _, _ in found:
        assert client.get(address).status_code == 200
    assert "Sign out" in html


def test_pages_are_compressed_and_named_in_the_policy() -> None:
    response = Client().get("/help/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])
    assert nonce
    html = Client().get("/help/")
    found = re.search(r'nonce="([^"]+)"', html.content.decode())
    assert found
    assert f"'nonce-{found[1]}'" in html["Content-Security-Policy"]
