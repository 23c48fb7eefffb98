"""The invented cases: what each says of an edition is what that edition concludes."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import DECISIONS, Outcome
from guidance.rulebook.words import OUTCOME_WORDS
from tests.guidance.test_editions import HARDEST, reading_grade

FOLDER = Path(__file__).parents[3] / "guidance" / "library" / "cases"
NAMES = sorted(path.name for path in FOLDER.glob("*.md"))
HEADINGS = [
    "The situation",
    "What matters",
    "The answers",
    "What follows",
    "What a good record says",
]


def read(name: str) -> tuple[dict[str, Any], str]:
    """The head and the text of a case, read without the library's own reader."""
    _, head, text = (FOLDER / name).read_text("utf-8").split("+++\n", 2)
    return tomllib.loads(head), text


def readings() -> list[Any]:
    return [
        pytest.param(reading, id=f"{name}-{reading['edition']}")
        for name in NAMES
        for reading in read(name)[0]["reading"]
    ]


def plain(text: str) -> list[str]:
    """The paragraphs, headings and list entries without their marks."""
    words = re.sub(r"\]\([^)]*\)", "", text)
    return [re.sub(r"^[#\- ]+|[\[*]", "", line) for line in words.split("\n") if line]


@pytest.mark.parametrize("reading", readings())
def test_the_answers_lead_to_what_the_case_says(reading: dict[str, Any]) -> None:
    found = conclude(catalogue.shipped()[reading["edition"]], reading["answers"])
    assert found.rule and found.path.next is None
    assert (found.outcome.value, found.rule.id) == (reading["outcome"], reading["rule"])
    assert list(found.path.asked) == list(reading["answers"])  # neither more nor fewer, in order


@pytest.mark.parametrize("name", NAMES)
def test_each_case_is_whole_and_marked_as_invented(name: str) -> None:
    head, text = read(name)
    assert head["invented"] is True
    assert text.startswith("This case is invented. Nobody in it is real.")
    assert re.findall(r"^## (.*)$", text, re.M) == HEADINGS
    assert reading_grade([head["title"], head["summary"], *plain(text)]) <= HARDEST


@pytest.mark.parametrize("name", NAMES)
def test_the_text_names_the_outcome_of_every_edition(name: str) -> None:
    head, text = read(name)
    said = re.findall(r"In the edition of (\d{4}): \*\*(.*?)\*\*", text)
    meant = [
        (reading["edition"][-4:], OUTCOME_WORDS[Outcome(reading["outcome"])].lower())
        for reading in head["reading"]
    ]
    assert said == meant
    assert {year for year, _ in meant} == {one[-4:] for one in catalogue.shipped()}


def test_twelve_cases_show_every_decision_and_every_pause() -> None:
    assert len(NAMES) == 12
    shown = {reading["outcome"] for name in NAMES for reading in read(name)[0]["reading"]}
    assert shown == {one.value for one in (*DECISIONS, Outcome.SEEK_ADVICE, Outcome.ASK_CONSENT)}
