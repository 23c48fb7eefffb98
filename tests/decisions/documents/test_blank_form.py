"""The blank form asks all that the wizard asks, on a few black and white pages."""

import io
import re
import subprocess
import sys
from hashlib import sha256

import pypdf
import pytest

from decisions.documents import fonts
from decisions.documents.blank_form import blank_form_pdf, parts
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from tests.decisions.documents.conftest import Words

PRINT = """
import os
from hashlib import sha256
os.environ["DJANGO_SETTINGS_MODULE"] = "infoshare.settings"
import django
django.setup()
from decisions.documents.blank_form import blank_form_pdf
from guidance.rulebook import catalogue
for edition in catalogue.shipped().values():
    print(edition.id, sha256(blank_form_pdf(edition)).hexdigest())
"""


@pytest.fixture(params=["england-2026", "hmg-2008"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return catalogue.shipped()[request.param]


def close(text: str) -> str:
    """The text without the breaks that narrow columns make."""
    return re.sub(r"\s", "", text)


def test_it_asks_everything_in_order(edition: Edition, words: Words) -> None:
    pages = words(blank_form_pdf(edition))
    assert 2 <= len(pages) <= 4
    said, place = close("".join(pages)), 0
    for question in edition.questions:
        place = said.index(close(question.guide.title), place)
        for text in (
            *(option.label for option in question.options),
            *(detail.label for detail in question.details),
            *(choice.label for detail in question.details for choice in detail.choices),
        ):
            assert close(text) in said[place:], text
    for step in edition.steps.values():
        for asked in (*step.words, *step.details):
            assert close(asked.label) in said, asked.label
    assert edition.items is not None
    for item in edition.items.fields.values():
        assert close(item.label) in said, item.label
    for text in (edition.digest, edition.notice, "Checked 22 November 2026", "legal advice"):
        assert close(text) in said
    urgent = close(edition.questions[0].guide.help[1])
    assert said.index(urgent) < said.index(close("Case reference"))


def test_it_says_in_plain_words_when_a_question_is_asked() -> None:
    asked = {part.letter: part.when for part in parts(catalogue.shipped()["england-2026"])}
    assert asked["A"] == ()
    assert asked["D"] == (
        "C is “Yes, a court order requires it”, “Yes, a law requires it” or "
        "“Yes, the child information duty applies”",
    )
    assert len(asked["J"]) == 5
    assert (
        "B is “Safeguarding a child” and G is “Yes, some or all of it” or “Not sure”" in asked["J"]
    )


def test_it_is_black_and_white(edition: Edition) -> None:
    for page in pypdf.PdfReader(io.BytesIO(blank_form_pdf(edition))).pages:
        drawn = page.get_contents()
        assert drawn is not None
        colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn?|SCN?)\b", drawn.get_data())
        assert colours
        assert all(len(set(colour)) == 1 for colour in colours), set(colours)


def test_another_process_makes_the_same_bytes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINT], capture_output=True, text=True, cwd=fonts.PROJECT, check=True
    )
    assert done.stdout.splitlines() == [
        f"{edition.id} {sha256(blank_form_pdf(edition)).hexdigest()}"
        for edition in catalogue.shipped().values()
    ]
