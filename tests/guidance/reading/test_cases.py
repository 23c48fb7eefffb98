"""Cases: what they say of an edition is what the edition says."""

import pytest

from guidance.reading.schema import Case
from tests.guidance.reading.shelves import READING, case, faults, read, shelf


def test_a_case_gives_what_each_edition_makes_of_it() -> None:
    [found] = read(shelf("It rains.\n", cases__01_flood=case())).section("cases")
    assert isinstance(found, Case)
    [reading] = found.readings
    assert (reading.edition, dict(reading.answers)) == ("england-2026", {"urgent": "yes"})
    assert (reading.outcome, reading.rule) == ("share", "urgent")


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("invented = true", "invented = false", "6: invented: must be true"),
        ("england-2026", "england-1066", "8: no edition is called 'england-1066'"),
        ('"yes"', '"maybe"', "9: urgent: 'maybe' is not one of yes, no"),
        ('"yes"', '"no"', "9: lead in england-2026 to incomplete by nothing yet: setting has no "),
        ('urgent = "yes"', 'urgent = "yes", hat = "no"', "9: england-2026 never asks hat after"),
        ('rule = "urgent"', 'rule = "consent"', "9: lead in england-2026 to share by urgent, not "),
        ('"share"', '"shout"', "10: reading[1].outcome: 'shout' is not one of share, "),
        ('rule = "urgent"', 'rule = "urgent"\nmood = "wet"', "12: reading[1].mood: is not a known"),
    ],
)
def test_a_case_that_says_what_no_edition_says(was: str, now: str, fault: str) -> None:
    broken = READING.replace(was, now, 1)
    assert broken != READING
    [found] = faults(shelf("It rains.\n", cases__01_flood=case(broken)))
    assert found.startswith(f"library/cases/01-flood.md:{fault}")


def test_only_cases_have_readings() -> None:
    [found] = faults(shelf("", case()))
    assert found.startswith("library/law/01-rain.md:6: invented: is not a known key")
