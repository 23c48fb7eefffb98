"""In child safeguarding it must be said whether the child and the family know."""

import pytest

from decisions.wizard.answers import RIGHT_WAY
from decisions.wizard.completeness import missing
from decisions.wizard.forms import form_for
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from tests.decisions.walk import PLAIN
from tests.decisions.walk import RIGHT_WAY as GIVEN

EDITION = catalogue.shipped()["england-2026"]


def in_setting(setting: str) -> Journey:
    gates = {gate: {"answer": answer} for gate, answer in (PLAIN | {"setting": setting}).items()}
    return Journey(EDITION, {"about": {"case_reference": "CASE-1"}, **gates})


@pytest.mark.parametrize(
    ("setting", "told", "why", "lacks"),
    [
        ("safeguarding-child", "", "", {"told"}),
        ("safeguarding-child", "no", " ", {"told_reason"}),
        ("safeguarding-child", "no", "It would put the child at risk", set()),
        ("safeguarding-child", "yes-later", "", set()),
        ("early-help", "", "", set()),
        ("early-help", "no", "", {"told_reason"}),
    ],
)
def test_not_telling_needs_a_reason(setting: str, told: str, why: str, lacks: set[str]) -> None:
    given = {**GIVEN, "told": told, "told_reason": why}
    assert set(missing(in_setting(setting), RIGHT_WAY, given)) == lacks


def test_the_page_asks_about_child_and_family() -> None:
    def label(setting: str) -> str:
        form = form_for(RIGHT_WAY)(journey=in_setting(setting), step=RIGHT_WAY)
        return str(form.fields["told"].label)

    assert label("safeguarding-child") == "Do the child and the family know?"
    assert label("safeguarding-adult") == "Does the person know?"
