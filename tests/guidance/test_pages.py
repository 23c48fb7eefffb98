"""The pages of the guidance, as each person of the cast meets them."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from guidance.rulebook import catalogue
from guidance.rulebook.flow import describe
from guidance.rulebook.schema import Edition, Guide, Question
from guidance.views import guides
from infoshare.people.models import User
from tests.cast import PEOPLE, Cast

SignIn = Callable[[User], Client]
EDITIONS = ["england-2026", "hmg-2008"]
PAGES = [
    "/guidance/",
    "/guidance/england-2026/",
    "/guidance/hmg-2008/",
    "/guidance/england-2026/flow/",
    "/guidance/england-2026/questions/consent/",
    "/guidance/hmg-2008/questions/record/",
    "/guidance/compare/hmg-2008/england-2026/",
]
UNKNOWN = [
    "/guidance/hmg-2006/",
    "/guidance/hmg-2006/flow/",
    "/guidance/hmg-2006/questions/consent/",
    "/guidance/hmg-2008/questions/nothing/",
    "/guidance/hmg-2008/questions/setting/",  # asked by the other edition only
    "/guidance/hmg-2008/questions/agreement/",  # context, not a question of the seven
    "/guidance/..%2fmodels/",
    "/guidance/compare/hmg-2008/hmg-2006/",
    "/guidance/compare/hmg-2006/hmg-2008/",
]


class Reader(HTMLParser):
    """What a page says, where it leads, and its headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.headings = "", [], []
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def priya(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.priya)


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return catalogue.shipped()[request.param]


def read(client: Client, address: str) -> Reader:
    answer = client.get(address)
    assert answer.status_code == 200
    return Reader(answer.content.decode())


def question_address(edition: Edition, name: str) -> str:
    return reverse("guidance:question", args=[edition.id, name])


def assert_says(page: Reader, *texts: str) -> None:
    for text in texts:
        assert " ".join(text.split()) in page.text


def assert_cites(page: Reader, edition: Edition, sources: tuple[str, ...]) -> None:
    for citation in (edition.citations[source] for source in sources):
        day = f"{citation.checked.day} {citation.checked:%B %Y}"
        assert_says(page, citation.title, f"{citation.published}. Checked {day}.", citation.note)
        assert not citation.address or citation.address in page.links


@pytest.mark.parametrize("name", PEOPLE)
def test_every_role_can_read_every_page(name: str, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(getattr(cast, name))
    assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_who_has_not_signed_in_is_asked_to(page: str, client: Client) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize("page", UNKNOWN)
def test_what_does_not_exist_is_not_found(page: str, priya: Client) -> None:
    assert priya.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_only_for_reading(page: str, priya: Client) -> None:
    assert priya.post(page).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_headings_never_skip_a_level(page: str, priya: Client) -> None:
    headings = read(priya, page).headings
    main = headings[: headings.index(2)]
    assert main == [1]
    assert headings.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(headings))


@pytest.mark.parametrize("page", PAGES)
def test_nothing_needs_a_style_that_the_security_policy_forbids(page: str, priya: Client) -> None:
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", priya.get(page).content.decode())


def test_the_index_shows_both_editions_with_their_standing(priya: Client) -> None:
    page = read(priya, "/guidance/")
    for edition in catalogue.shipped().values():
        assert_says(page, edition.title, edition.notice, edition.published, edition.digest)
        assert f"/guidance/{edition.id}/" in page.links
        assert f"/guidance/{edition.id}/flow/" in page.links
    assert_says(page, "Current", "For live decisions", "Withdrawn", "For training, comparison")
    # Each edition, and the one that new decisions follow.
    assert page.text.count("Legal review: not yet reviewed.") == 3
    assert "Not yet adopted by your organisation." in page.text


def test_the_edition_for_new_decisions_comes_first(priya: Client) -> None:
    links = read(priya, "/guidance/").links
    assert links.index("/guidance/england-2026/") < links.index("/guidance/hmg-2008/")


def test_an_edition_leads_to_every_question_and_gives_its_golden_rules(
    edition: Edition, priya: Client
) -> None:
    page = read(priya, f"/guidance/{edition.id}/")
    assert_says(page, edition.notice, edition.digest, "Legal review: not yet reviewed")
    for name, guide in guides(edition).items():
        assert_says(page, guide.title)
        assert question_address(edition, name) in page.links
    for rule in edition.golden_rules:
        assert_says(page, rule.title, rule.text)
        assert_cites(page, edition, rule.sources)


def test_an_edition_says_that_no_answer_about_a_protocol_matters(
    edition: Edition, priya: Client
) -> None:
    page = read(priya, f"/guidance/{edition.id}/")
    assert_says(page, "No answer blocks, delays or changes an outcome.")
    for option in edition.context[0].options:
        assert_says(page, option.label, option.hint)


def test_a_question_gives_all_that_the_edition_says(edition: Edition, priya: Client) -> None:
    for name, guide in guides(edition).items():
        page = read(priya, question_address(edition, name))
        assert_says(page, guide.title, guide.hint, *guide.help, *guide.consider, guide.why)
        for rule in edition.golden_rules:
            assert (rule.text in page.text) == (rule.number in guide.golden_rules)
        assert_cites(page, edition, guide.sources)


def test_a_gate_lists_the_answers_in_their_order(edition: Edition, priya: Client) -> None:
    for question in edition.questions:
        page = read(priya, question_address(edition, question.id))
        said = page.text[page.text.index("The answers you can give") :]
        places = [said.index(f"{one.label} {one.hint}") for one in question.options]
        assert places == sorted(places)


def test_additions_are_marked_and_the_seven_are_numbered(edition: Edition, priya: Client) -> None:
    for name, guide in guides(edition).items():
        page = read(priya, question_address(edition, name))
        assert (f"Key question {guide.number} of 7" in page.text) == bool(guide.number)
        assert ("Our addition" in page.text) == bool(guide.added)
        assert_says(page, guide.added)


def test_a_question_of_the_withdrawn_edition_warns(priya: Client) -> None:
    warning = "This edition is withdrawn. Do not use it for a live decision."
    for name in EDITIONS:
        page = read(priya, f"/guidance/{name}/questions/purpose/")
        assert (warning in page.text) == (name == "hmg-2008")


def test_one_can_read_from_the_first_question_to_the_last(edition: Edition, priya: Client) -> None:
    names = list(guides(edition))
    for place, name in enumerate(names):
        links = read(priya, question_address(edition, name)).links
        for other, neighbour in enumerate(names):
            assert (question_address(edition, neighbour) in links) == (abs(place - other) == 1)


def test_the_flow_is_drawn_and_told_in_words(edition: Edition, priya: Client) -> None:
    address = f"/guidance/{edition.id}/flow/"
    html = priya.get(address).content.decode()
    page = Reader(html)
    assert html.count("<svg") == html.count("</svg>") == 1
    words = page.text[page.text.index("The same in words", page.text.index("is below it")) :]
    for stop in describe(edition):
        address = question_address(edition, stop.question.id)
        assert page.links.count(address) == 2  # in the drawing and in words
        told = words[words.index(f"{stop.question.id}: asked ") :]
        for way in stop.exits:
            labels = "; ".join(f"“{option.label}”" for option in way.answers)
            start = told.index("Any answer" if way.every_answer else labels)
            where = way.target.guide.title if isinstance(way.target, Question) else "ends with"
            assert where in told[start : start + 600]
    for rule in edition.rules:
        assert f"{rule.title}. {rule.text}" in words


def panel(guide: Guide, edition: Edition) -> Reader:
    template = engines["jinja2"].from_string(
        '{% from "guidance/panel.html" import panel %}{{ panel(guide, edition) }}'
    )
    return Reader(template.render({"guide": guide, "edition": edition}))


def test_the_side_panel_says_what_to_weigh_and_why(edition: Edition) -> None:
    for name, guide in guides(edition).items():
        page = panel(guide, edition)
        assert_says(page, *guide.help, *guide.consider, guide.why, guide.added, edition.title)
        for rule in edition.golden_rules:
            assert (rule.text in page.text) == (rule.number in guide.golden_rules)
        assert_cites(page, edition, guide.sources)
        assert question_address(edition, name) in page.links


def test_a_law_not_seen_in_force_says_when_we_looked_and_what_to_check(priya: Client) -> None:
    """Wherever it is cited: question, edition, the two side by side, library, side panel."""
    edition = catalogue.shipped()["england-2026"]
    force = edition.citations["cwsa-2026-s4"].force
    assert force is not None
    said = f"Not seen in force. Last looked up on 22 November 2026. {force.found} {force.check}"
    for address in (
        reverse("guidance:edition", args=[edition.id]),
        question_address(edition, "duty"),
        "/guidance/compare/hmg-2008/england-2026/",
        "/guidance/library/law/child-information-duty/",
    ):
        assert said in read(priya, address).text, address
    beside = panel(edition.question("duty").guide, edition).text
    assert beside.index(said) < beside.index("Where this comes from")


def test_two_editions_stand_side_by_side(priya: Client) -> None:
    assert "/guidance/compare/hmg-2008/england-2026/" in read(priya, "/guidance/").links
    page = read(priya, "/guidance/compare/hmg-2008/england-2026/")
    assert_says(
        page,
        "What is this about? setting – Only in england-2026",
        "Different: title",
        "Only here:",
        "Our addition.",
        "From hmg-2008 to england-2026",
        "This duty did not exist in 2008.",
        "Nobody here has seen for themselves that they are in force as described.",
        "It cites no law by itself.",
    )
    for name in ("urgent", "setting", "public-interest"):
        assert f"#question-{name}" in page.links


def test_an_edition_beside_itself_differs_in_nothing(priya: Client) -> None:
    page = read(priya, "/guidance/compare/hmg-2008/hmg-2008/")
    assert_says(page, "Nothing differs between the two.", "The same in both")
    assert "Different:" not in page.text
    assert "Only in " not in page.text


def test_only_a_lead_is_led_to_the_impact(cast: Cast, signed_in: SignIn) -> None:
    assert "/impact/" in read(signed_in(cast.lena), "/guidance/").links
    assert "/impact/" not in read(signed_in(cast.ada), "/guidance/").links
