"""The legal notes and the glossary: plain, and clear about what nobody has seen."""

import re
import tomllib
from pathlib import Path

from infoshare.reading import grade

LIBRARY = Path(__file__).parents[3] / "guidance" / "library"
NOTES = {path.name: path.read_text("utf-8") for path in (LIBRARY / "law").glob("*.md")}
IN_FORCE = "heck whether it is in force"
ASK = "heck with your information governance lead"


def test_each_note_says_how_sure_it_is_and_that_it_is_no_advice() -> None:
    assert len(NOTES) == 9
    for name, text in NOTES.items():
        assert "## How sure we are" in text, name
        assert text.strip().endswith("not legal advice."), name


def test_each_act_says_whether_it_was_seen_in_force() -> None:
    for name, text in NOTES.items():
        for entry in re.split(r"^##+ ", text, flags=re.M):
            if re.search(r"\*\*What (it says|they say):\*\*", entry):
                assert "**Seen in force:**" in entry or IN_FORCE in text, (name, entry)
            if "General knowledge only" in entry:
                assert ASK in entry, (name, entry)


def test_wherever_the_duty_of_2026_is_named_the_reader_is_told_to_check() -> None:
    for path in LIBRARY.glob("*/*.md"):
        text = path.read_text("utf-8")
        if re.search(r"16LA|duty of 2026|child information duty", text):
            assert IN_FORCE in text, path.name


def test_the_glossary_is_plain_and_short() -> None:
    terms = tomllib.loads((LIBRARY / "glossary" / "terms.toml").read_text("utf-8"))["term"]
    assert grade(one["meaning"] for one in terms) <= 9
    for one in terms:
        assert len(re.findall(r"[.?](?:\s|$)", one["meaning"])) <= 2, one["id"]
