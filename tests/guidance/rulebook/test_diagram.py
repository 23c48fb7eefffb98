import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.diagram import ACCENT, GREY, INK, LINE, PAPER, PILLS, TINT, draw
from guidance.rulebook.schema import Edition, Outcome
from guidance.rulebook.svg import lanes, text_width, wrapped
from tests.guidance.rulebook import toys

SVG = "{http://www.w3.org/2000/svg}"
ANSWERS = {"rain": "not-sure", "spare": "no"}


@pytest.fixture(scope="module")
def umbrella() -> Edition:
    return toys.load(toys.UMBRELLA)


def read(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_it_says_what_it_is_to_those_who_cannot_see_it(umbrella: Edition) -> None:
    root = read(draw(umbrella))
    name, description = root[0], root[1]
    assert (name.tag, name.text) == (f"{SVG}title", "Flow of the questions: Umbrellas")
    assert description.tag == f"{SVG}desc"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{name.get('id')} {description.get('id')}"


@pytest.mark.parametrize("edition_id", ["england-2026", "hmg-2008"])
def test_every_question_answer_and_outcome_can_be_read(edition_id: str) -> None:
    edition = catalogue.shipped()[edition_id]
    words = " ".join(texts(read(draw(edition)))).replace("/ ", "")
    for question in edition.questions:
        assert question.guide.title in words
        missing = [option.label for option in question.options if option.label not in words]
        assert not missing or "Any answer" in words
    for outcome in {rule.outcome for rule in edition.rules}:
        assert outcome.value.replace("-", " ").split()[0] in words.lower()


def test_each_question_is_a_link_when_addresses_are_given(umbrella: Edition) -> None:
    root = read(draw(umbrella, link=lambda question: f"/q/{question}?a=1&b=2"))
    links = [element.get("href") for element in root.iter(f"{SVG}a")]
    assert links == ["/q/rain?a=1&b=2", "/q/spare?a=1&b=2", "/q/friend?a=1&b=2"]
    assert all(len(element) > 0 for element in root.iter(f"{SVG}a"))
    assert root.get("role") == "group", "an image would hide its links"


def test_it_has_no_links_without_addresses(umbrella: Edition) -> None:
    assert "<a " not in draw(umbrella)


def test_the_path_of_the_answers_is_marked_in_words(umbrella: Edition) -> None:
    marked = texts(read(draw(umbrella, ANSWERS)))
    assert [text for text in marked if text.startswith("Your answer")] == [
        "Your answer: Not-Sure",
        "Your answer: No",
    ]
    assert "You are here" not in marked
    assert "You are here" in texts(read(draw(umbrella, {"rain": "yes"})))


def test_only_the_lines_taken_are_bold(umbrella: Edition) -> None:
    pills = {"Share", "Share in part", "Do not share", "Seek advice", "Ask for consent"}
    root = read(draw(umbrella, ANSWERS))
    bold = [e.text or "" for e in root.iter(f"{SVG}text") if e.get("font-weight") == "bold"]
    lines = [
        text for text in bold if text not in pills and not text.endswith("?") and ":" not in text
    ]
    assert lines == ["Yes / Not-Sure", "No"]
    thick = [
        e for e in root.iter(f"{SVG}rect") if e.get("rx") == "15" and e.get("stroke-width") == "3"
    ]
    assert len(thick) == 1


def test_answers_off_the_path_and_agreement_do_not_show(umbrella: Edition) -> None:
    assert draw(umbrella, {**ANSWERS, "friend": "yes", "agreement": "no"}) == draw(
        umbrella, ANSWERS
    )


def test_no_style_that_the_security_policy_forbids(umbrella: Edition) -> None:
    drawing = draw(umbrella, ANSWERS, link=lambda question: f"#{question}")
    root = read(drawing)
    assert not [element for element in root.iter() if "style" in element.attrib]
    assert not [element for element in root.iter() if element.tag.endswith(("style", "script"))]
    assert not re.search(r"\son\w+=", drawing)


def test_words_of_an_edition_cannot_break_out() -> None:
    contents = toys.umbrella()
    contents["questions.toml"]["question"][0]["title"] = '</text><script>alert("x")</script> & so?'
    contents["edition.toml"]["title"] = "A < B & C"
    root = read(draw(toys.load(contents), link=lambda question: '"><script>'))
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert root[0].text == "Flow of the questions: A < B & C"


def test_the_same_edition_gives_the_same_drawing(umbrella: Edition) -> None:
    again = toys.load(toys.umbrella())
    assert draw(again, ANSWERS) == draw(umbrella, ANSWERS)


@pytest.mark.parametrize("edition_id", ["england-2026", "hmg-2008"])
def test_nothing_stands_outside_the_drawing(edition_id: str) -> None:
    root = read(draw(catalogue.shipped()[edition_id]))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for element in root.iter(f"{SVG}text"):
        x, size = float(element.get("x", 0)), float(element.get("font-size", 0))
        if element.get("text-anchor") is None:
            assert x + text_width(element.text or "", size) < width
        assert 0 < float(element.get("y", 0)) < height


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_pairs() -> Iterator[tuple[str, str]]:
    yield from PILLS.values()
    for paper in (PAPER, TINT):
        yield from ((paper, ink) for ink in (INK, GREY, ACCENT))


@pytest.mark.parametrize(("paper", "ink"), list(text_pairs()))
def test_text_can_be_read_against_what_is_behind_it(paper: str, ink: str) -> None:
    assert contrast(paper, ink) >= 4.5


def test_lines_can_be_seen_and_every_outcome_has_a_pill() -> None:
    assert contrast(LINE, PAPER) >= 3
    assert set(PILLS) == set(Outcome) - {Outcome.INCOMPLETE}


def test_lanes_never_overlap_and_short_ways_stay_close() -> None:
    found = lanes({"long": (0, 100), "short": (10, 20), "later": (30, 60), "touching": (60, 70)})
    assert found == {"short": 0, "touching": 0, "later": 1, "long": 2}


def test_long_words_and_empty_text_are_wrapped_without_loss() -> None:
    text = "a wheelbarrow " + "w" * 60 + " and so on"
    assert " ".join(wrapped(text, 120, 16)) == text
    assert wrapped("", 120, 16) == []
