"""Reading in the library: from the guidance to a page of each kind, and back to a question."""

from collections.abc import Callable

from django.urls import reverse

from guidance.reading import shelf
from guidance.reading.sections import SECTIONS
from tests.browser.axe import Inspector
from tests.browser.test_narrow import fits
from tests.browser.visitor import Visitor
from tests.cast import Cast


def one_of_each_kind() -> list[str]:
    """The address of the index, a section, the glossary, a page of each section, and searches."""
    library = shelf.shipped()
    first = [pages[0] for one in SECTIONS if (pages := library.section(one.id))]
    return [
        reverse("guidance:library"),
        reverse("guidance:library-section", args=["questions-and-answers"]),
        reverse("guidance:glossary"),
        *(reverse("guidance:library-page", args=[one.section, one.slug]) for one in first),
        *(f"/guidance/search/?q={words}" for words in ("consent", "the", "")),
    ]


def test_axe_finds_nothing_on_a_page_of_each_kind(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    me = inspector(people.priya)
    for address in one_of_each_kind():
        me.visitor.open(address)


def test_a_page_of_each_kind_fits_a_small_phone(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    me = visitor(people.priya, viewport={"width": 320, "height": 640})
    me.at_each_page = fits
    for address in one_of_each_kind():
        me.open(address)


def test_from_the_guidance_to_an_answer_and_to_the_question(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    me = visitor(people.priya)
    me.open("/guidance/")
    me.press("The library")
    me.press("Do I need a protocol before I share with somebody?")
    assert me.heading().endswith("Do I need a protocol before I share with somebody?")
    me.press("How should my organisation support me?")
    me.open("/guidance/england-2026/questions/consent/")
    me.press("What should I weigh when I decide?")
    me.press("would you share anyway")
    assert "/guidance/england-2026/questions/share-anyway/" in me.page.url


def test_a_word_is_searched_for_and_beside_a_question_in_a_tab_of_its_own(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    me = visitor(people.priya)
    me.open("/guidance/")
    me.page.get_by_role("searchbox").fill("who said no")
    me.press("Search")
    me.press("A tenant who says no")
    assert me.heading().endswith("A tenant who says no")
    me.page.get_by_role("searchbox").focus()
    me.page.keyboard.insert_text("€" * 10_000)
    me.press("Search")
    assert "shorten it by 200" in me.page.locator(".govuk-error-message").inner_text()
    me.open("/decisions/start/")
    me.page.locator("aside").get_by_role("searchbox").fill("consent")
    with me.page.expect_popup() as opened:
        me.page.locator("aside").get_by_role("button", name="Search").click()
    opened.value.locator("mark").first.wait_for()
    assert me.page.url.endswith("/decisions/start/")
