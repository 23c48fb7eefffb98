"""The library's pages, as each person of the cast meets them."""

import re
from collections.abc import Callable
from urllib.parse import urldefrag

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.reading import shelf
from guidance.reading.schema import Page
from guidance.rulebook import catalogue
from infoshare.people.models import User
from tests.cast import Cast
from tests.guidance.test_pages import Reader

SignIn = Callable[[User], Client]
MOST_STATEMENTS = 6


def address(page: Page) -> str:
    return reverse("guidance:library-page", args=[page.section, page.slug])


def every_address() -> list[str]:
    library = shelf.shipped()
    sections = dict.fromkeys(page.section for page in library.pages)
    return [
        reverse("guidance:library"),
        reverse("guidance:glossary"),
        *(reverse("guidance:library-section", args=[one]) for one in sections),
        *map(address, library.pages),
    ]


@pytest.fixture
def priya(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.priya)


def read(client: Client, where: str) -> Reader:
    reply = client.get(where)
    assert reply.status_code == 200, where
    html = reply.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html), where
    return Reader(html)


@pytest.mark.usefixtures("seldom_counted")
def test_every_page_is_reached_from_the_guidance_and_no_link_is_dead(priya: Client) -> None:
    assert reverse("guidance:library") in read(priya, "/guidance/").links
    listed = read(priya, reverse("guidance:library")).links
    followed: set[str] = set()
    for where in every_address():
        page = read(priya, where)
        followed |= {urldefrag(link)[0] for link in page.links if link.startswith("/guidance/")}
        assert page.headings.count(1) == 1, where
    assert {address(page) for page in shelf.shipped().pages} <= set(listed)
    assert [link for link in followed if priya.get(link).status_code != 200] == []


def test_every_page_says_where_it_comes_from_and_that_it_is_no_advice(priya: Client) -> None:
    library = shelf.shipped()
    for page in library.pages:
        said = read(priya, address(page))
        checked = f"This page was checked on {page.checked.day} {page.checked:%B %Y}. "
        assert f"{checked}This is not legal advice." in said.text
        assert page.title in said.text and page.summary in said.text
        for source in (library.sources[name] for name in page.sources):
            assert source.title in said.text
            assert not source.address or source.address in said.links


def test_a_page_costs_few_statements(priya: Client) -> None:
    for where in every_address():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            priya.get(where)
        assert len(asked) <= MOST_STATEMENTS, where


def test_what_does_not_exist_is_not_found(priya: Client) -> None:
    for where in ("nowhere/", "protocols/nothing/", "law/../secrets/", "sources/package/"):
        assert priya.get(f"/guidance/library/{where}").status_code == 404, where


def test_pages_are_only_for_reading(priya: Client) -> None:
    for where in every_address()[:4]:
        assert priya.post(where).status_code == 405


def test_the_old_address_of_protocols_leads_on(priya: Client) -> None:
    page = shelf.shipped().page("protocols", "what-they-are")
    assert priya.get("/guidance/protocols/")["Location"] == address(page)


def test_a_case_shows_answers_and_outcome_under_each_edition(priya: Client) -> None:
    for case in shelf.shipped().section("cases"):
        said = read(priya, address(case)).text
        for reading in case.readings:
            edition = catalogue.shipped()[reading.edition]
            assert f"{edition.rule(reading.rule).title}." in said
            for gate, answer in reading.answers.items():
                assert edition.question(gate).option(answer).label in said


def test_a_question_leads_to_the_pages_that_bear_on_it(priya: Client) -> None:
    bearing = [page for page in shelf.shipped().pages if "consent" in page.about]
    assert bearing
    for edition in catalogue.shipped():
        links = read(priya, f"/guidance/{edition}/questions/consent/").links
        assert {address(page) for page in bearing} <= set(links)
    edition = catalogue.shipped()["hmg-2008"]
    template = engines["jinja2"].from_string(
        '{% from "guidance/panel.html" import panel %}{{ panel(guide, edition) }}'
    )
    guide = edition.question("consent").guide
    links = Reader(template.render({"guide": guide, "edition": edition})).links
    assert {address(page) for page in bearing} <= set(links)
