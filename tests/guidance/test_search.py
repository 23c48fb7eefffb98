"""Searching the guidance: what is found, in which order, and what bad words end in."""

import re
from collections.abc import Callable
from html import unescape
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidance.models import Findable
from guidance.reading import findable, shelf
from guidance.rulebook import catalogue
from guidance.search import index
from guidance.search.find import PAGE, find, marked
from infoshare.people.models import User
from tests.cast import Cast
from tests.guidance.test_library import MOST_STATEMENTS
from tests.roles import as_owner

EVERYTHING = findable.entries(shelf.shipped(), catalogue.shipped())


@pytest.fixture
def priya(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.priya)


def page(client: Client, **asked: object) -> str:
    reply = client.get("/guidance/search/?" + urlencode(asked, encoding="utf-8"))
    assert reply.status_code == 200
    return reply.content.decode()


def said(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_all_of_it_is_entered() -> None:
    kinds = {one.place for one in EVERYTHING}
    assert kinds == {"library-page", "glossary", "question", "edition"}
    titles = [one.title for one in EVERYTHING]
    library = shelf.shipped()
    assert {one.title for one in library.pages} | {one.term for one in library.terms} <= set(titles)
    for edition in catalogue.shipped().values():
        for guide in (*(one.guide for one in edition.questions), *edition.steps.values()):
            assert guide.title in titles
        assert {rule.title for rule in edition.golden_rules} <= set(titles)


def test_each_entry_is_found_by_its_title_where_it_stands(priya: Client) -> None:
    pages: dict[str, str] = {}
    for one in EVERYTHING[::9]:
        words = f'"{one.title}"'
        if find(words).says_nothing:  # "What is this about?" has no word that could be looked for
            continue
        results = [result for n in (1, 2, 3) for result in find(words, n).results]
        hit = next(
            result
            for result in results
            if re.sub("</?mark>", "", result.title) == str(marked(one.title))
        )
        where, _, anchor = hit.address.partition("#")
        if where not in pages:
            pages[where] = priya.get(where).content.decode()
        assert not anchor or f'id="{anchor}"' in pages[where], hit.address


def test_a_title_counts_more_than_a_summary_and_that_more_than_the_body(db: None) -> None:
    call_command("index_guidance")
    content = index.content()
    plain = {"kind": "Page", "place": "library", "names": [], "headings": "", "edition": ""}
    for where, withdrawn in (
        ("body", False),
        ("summary", False),
        ("title", False),
        ("title", True),
    ):
        words = {"title": "Other", "summary": "Other", "body": "Other", where: "A zebra crossing"}
        anchor = f"{where}-{withdrawn}"
        Findable.objects.create(
            content=content, anchor=anchor, is_withdrawn=withdrawn, **words, **plain
        )
    anchors = [one.address.partition("#")[2] for one in find("zebras").results]
    assert anchors == ["title-False", "summary-False", "body-False", "title-True"]


def test_withdrawn_editions_come_last_and_are_marked(priya: Client) -> None:
    found = find("information")
    flags = [
        one.is_withdrawn
        for n in range(1, found.pages + 1)
        for one in find("information", n).results
    ]
    assert len(flags) == found.total > PAGE
    assert flags == sorted(flags) and flags[-1] and not flags[0]
    assert "Withdrawn" in said(page(priya, q="information", page=found.pages))


def test_found_words_are_marked_and_the_rest_is_escaped(db: None) -> None:
    assert marked("\x02<b>\x03 & 'so'") == "<mark>&lt;b&gt;</mark> &amp; &#39;so&#39;"
    results = find("refusals").results
    assert any("<mark>refus" in one.excerpt.lower() for one in results)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Type a word to search for."),
        ("   ", "Type a word to search for."),
        ("the of and", "Words like “the” and “of” stand on every page"),
        ("'", "so the search leaves them out"),
        ("& | ! <-> ( ) : * \\", "so the search leaves them out"),
        ("zyzzyva", "Nothing was found"),
        ("a\0b", "This text has a character in it that cannot be kept."),
        ("x" * 10_000, "This text has 10,000 characters. The most that can be kept is 200"),
        ("two\nlines", "line"),
        ("'; DROP TABLE guidance_findable; --", "Nothing was found"),
    ],
)
def test_bad_words_get_a_clear_answer(priya: Client, words: str, answer: str) -> None:
    assert answer in said(page(priya, q=words))


@pytest.mark.parametrize(
    "words",
    ['"consent', 'consent OR "', "consent -", "consent:*", "<consent>", "consent/refused"],
)
def test_stray_marks_do_not_stand_in_the_way(priya: Client, words: str) -> None:
    html = page(priya, q=words)
    assert re.search(r"\d+ results?\b", said(html))
    assert "<consent>" not in html


@pytest.mark.parametrize("number", ["0", "-1", "999", "99999999999", "two", "²", ""])
def test_a_page_that_is_not_there_shows_the_first(priya: Client, number: str) -> None:
    assert re.search(r"\d+ results, page 1 of", said(page(priya, q="information", page=number)))


def test_the_page_without_words_asks_for_some(priya: Client) -> None:
    assert "There is a problem" not in said(priya.get("/guidance/search/").content.decode())


def test_a_search_costs_few_statements(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    for person in (cast.priya, cast.lena):
        client = signed_in(person)
        for words in ("consent", "zyzzyva", "the", ""):
            with CaptureQueriesContext(connection) as asked:
                page(client, q=words)
            assert len(asked) <= MOST_STATEMENTS, words


def test_an_empty_or_old_table_is_put_right(db: None) -> None:
    with as_owner():
        Findable.objects.update(content="0" * 64)
    assert find("consent").total
    index.after_migrate(apps=apps, using="default")
    assert set(Findable.objects.values_list("content", flat=True)) == {index.content()}
    assert Findable.objects.count() == len(EVERYTHING)
    assert index.fill() == index.forget_others() == 0


def test_two_processes_at_once_fill_it_once(committed: str) -> None:
    Findable.objects.all().delete()
    made: list[int] = []

    def fill() -> None:
        made.append(index.fill())
        connections.close_all()

    threads = [Thread(target=fill) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(made) == [0, 0, len(EVERYTHING)]
    assert Findable.objects.count() == len(EVERYTHING)


def test_the_box_stands_on_guidance_pages_and_beside_the_question(priya: Client) -> None:
    for where in ("/guidance/", "/guidance/library/", "/guidance/england-2026/questions/duty/"):
        assert priya.get(where).content.decode().count('action="/guidance/search/"') == 1
    assert 'action="/guidance/search/"' not in priya.get("/").content.decode()
    beside = priya.get("/decisions/start/").content.decode()
    assert 'action="/guidance/search/"' in beside.partition("<aside")[2]
