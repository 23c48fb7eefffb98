"""The legal notes and the glossary: careful, plain, and clear about what was not seen."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.guidance.library.test_cases import plain
from tests.guidance.test_editions import HARDEST, reading_grade

LIBRARY = Path(__file__).parents[3] / "guidance" / "library"
NOTES = sorted(path.name for path in (LIBRARY / "law").glob("*.md"))
HARDEST_NOTE = 11.0
IN_FORCE = "heck whether it is in force"
ASK = "heck with your information governance lead"


def text_of(name: str) -> str:
    return (LIBRARY / "law" / name).read_text("utf-8").split("+++\n", 2)[2]


@pytest.mark.parametrize("name", NOTES)
def test_each_note_is_plain_and_says_that_it_is_no_advice(name: str) -> None:
    text = text_of(name)
    assert reading_grade(plain(text)) <= HARDEST_NOTE
    assert text.strip().endswith("not legal advice.")
    assert "## How sure we are" in text


@pytest.mark.parametrize("name", NOTES)
def test_each_act_says_whether_it_was_seen_in_force(name: str) -> None:
    for entry in re.split(r"^##+ ", text_of(name), flags=re.M):
        if "- **What it says:**" in entry or "- **What they say:**" in entry:
            seen = "- **Seen in force:**" in entry or IN_FORCE in text_of(name)
            assert seen, entry
        if "General knowledge only" in entry:
            assert ASK in entry, entry


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*/*.md")), ids=lambda path: path.name)
def test_the_duty_of_2026_is_never_stated_as_in_force(path: Path) -> None:
    text = path.read_text("utf-8")
    if re.search(r"16LA|duty of 2026|child information duty", text):
        assert IN_FORCE in text


def test_the_glossary_is_plain_and_short() -> None:
    terms = tomllib.loads((LIBRARY / "glossary" / "terms.toml").read_text("utf-8"))["term"]
    assert reading_grade([one["meaning"] for one in terms]) <= HARDEST
    for one in terms:
        assert len(re.findall(r"[.?](?:\s|$)", one["meaning"])) <= 2, one["id"]
