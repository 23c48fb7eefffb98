"""Which lawful bases are offered: by sector, and consent only where it was given."""

import pytest

from decisions.wizard.forms import GateForm
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from tests.decisions.walk import PLAIN

EVERY = {
    *("legal-obligation", "vital-interests", "public-task", "recognised-legitimate-interest"),
    *("legitimate-interests", "law-enforcement", "consent", "not-sure"),
}


def form(sector: str, sent: dict[str, str] | None = None, **gates: str) -> GateForm:
    edition = catalogue.shipped()["england-2026"]
    answers = {gate: {"answer": answer} for gate, answer in {**PLAIN, **gates}.items()}
    answers["about"] = {"case_reference": "CASE-1"}
    del answers["lawful-basis"]
    journey = Journey(edition, answers)
    return GateForm(sent, journey=journey, step="lawful-basis", sector=sector)


def offered(made: GateForm) -> set[str]:
    return {value for value, _, _ in made.fields["answer"].options}


def folded(made: GateForm) -> set[str]:
    return {value for value, _, _ in made.fields["answer"].more}


@pytest.mark.parametrize(
    ("sector", "seldom"),
    [
        ("health", {"recognised-legitimate-interest", "legitimate-interests", "law-enforcement"}),
        ("charity", {"public-task", "law-enforcement"}),
        ("police", {"recognised-legitimate-interest", "legitimate-interests"}),
        ("housing", {"law-enforcement"}),
    ],
)
def test_a_sector_sees_first_what_fits_it(sector: str, seldom: set[str]) -> None:
    made = form(sector)
    assert folded(made) == seldom
    assert offered(made) == EVERY - seldom - {"consent"}


def test_consent_is_offered_only_where_it_was_given() -> None:
    asked = {"confidential": "yes", "public-interest": "sufficient"}
    assert "consent" in offered(form("health", confidential="yes", consent="given"))
    assert "consent" not in offered(form("health", **asked, consent="refused"))


def test_what_was_chosen_is_never_taken_away() -> None:
    """A folded answer is valid; one not offered, but sent all the same, is kept and shown."""
    assert form("health", {"answer": "legitimate-interests"}).is_valid()
    sent = form("health", {"answer": "consent"})
    assert "consent" in offered(sent)
    assert sent.is_valid()
