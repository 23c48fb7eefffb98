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


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_lead_to_what_the_case_says(name: str) -> None:
    readings = read(name)[0]["reading"]
    assert {reading["edition"] for reading in readings} == set(catalogue.shipped())
    for reading in readings:
        found = conclude(catalogue.shipped()[reading["edition"]], reading["answers"])
        assert found.rule is not None
        assert (found.outcome.value, found.rule.id) == (reading["outcome"], reading["rule"])
        assert list(found.path.asked) == list(reading["answers"])  # no more, no fewer, in order


def test_the_text_of_each_case_names_the_outcome_of_every_edition() -> None:
    for name in NAMES:
        head, text = read(name)
        said = re.findall(r"In the edition of (\d{4}): \*\*(.*?)\*\*", text)
        assert said == [
            (reading["edition"][-4:], OUTCOME_WORDS[Outcome(reading["outcome"])].lower())
            for reading in head["reading"]
        ], name


def test_each_case_is_whole_and_marked_as_invented() -> None:
    for name in NAMES:
        head, text = read(name)
        assert head["invented"] is True, name
        assert text.startswith("This case is invented. Nobody in it is real."), name
        assert re.findall(r"^## (.*)$", text, re.M) == HEADINGS, name


def test_twelve_cases_show_every_decision_and_every_pause() -> None:
    assert len(NAMES) == 12
    shown = {reading["outcome"] for name in NAMES for reading in read(name)[0]["reading"]}
    assert shown == {one.value for one in (*DECISIONS, Outcome.SEEK_ADVICE, Outcome.ASK_CONSENT)}
