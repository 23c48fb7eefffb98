"""Which adoption holds on a day, which two cannot stand together, and how it is said: pure."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from guidance.adoption.terms import clash, in_force, until
from guidance.adoption.words import Adopted, as_sealed, review, sealed_review, sentence

NEW_YEAR = date(2027, 1, 1)


@dataclass(frozen=True)
class Days:
    begins_on: date
    last_day: date | None = None


def days(first: int, last: int | None = None) -> Days:
    """An adoption from this day of the year to that one."""
    return Days(on(first), None if last is None else on(last))


def on(number: int) -> date:
    return NEW_YEAR + timedelta(days=number)


def test_an_adoption_runs_until_the_next_begins_or_its_own_last_day() -> None:
    first, second, third = held = [days(0), days(10, 20), days(30)]
    expected = {-1: None, 0: first, 9: first, 10: second, 20: second, 21: None, 29: None, 99: third}
    assert {number: in_force(held, on(number)) for number in expected} == expected
    assert [until(one, held) for one in held] == [on(9), on(20), None]
    assert until(days(10, 40), held) == on(29)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (0, None, 0),  # the same first day
        (5, None, None),  # cuts an open one off
        (15, None, 10),
        (20, None, 10),
        (21, None, None),
        (5, 9, None),
        (5, 10, 10),  # reaches another one's first day
        (25, 99, 30),
    ],
)
def test_what_overlaps(first: int, last: int | None, meets: int | None) -> None:
    met = clash([days(0), days(10, 20), days(30)], on(first), None if last is None else on(last))
    assert (met and met.begins_on) == (None if meets is None else on(meets))


def test_the_words_about_a_legal_review() -> None:
    def said(adopted: Adopted | None, who: str = "your organisation", status: str = "current"):
        return sentence(review("not yet reviewed", status, who, adopted))

    own = "Legal review: not yet reviewed."
    assert said(None, who="") == own
    assert said(None) == f"{own} Not yet adopted by your organisation."
    assert said(None, status="withdrawn") == own
    bare = Adopted(date(2027, 3, 3))
    assert said(bare) == (
        f"{own} Adopted by your organisation from 3 March 2027, "
        "without a note of a legal review of its own."
    )
    whole = Adopted(bare.begins_on, "solicitor", date(2027, 3, 1), "Fit for use.\n" + "x" * 300)
    assert said(whole).startswith(
        "Adopted by your organisation from 3 March 2027. Its legal review, by solicitor on "
        "1 March 2027: Fit for use. xxx"
    )
    assert said(whole).endswith("x… The edition’s own legal review: not yet reviewed.")
    edition = {"legal_review": "not yet reviewed", "status": "current"}
    sealed = sentence(sealed_review({**edition, "adopted": as_sealed(whole)}, "Northmoor"))
    assert "Adopted by Northmoor" in sealed and "x" * 300 in sealed
    assert sentence(sealed_review({**edition, "adopted": None}, "Northmoor")) == (
        f"{own} Not yet adopted by Northmoor."
    )
    assert sentence(sealed_review(edition, "Northmoor")) == own  # sealed before adoptions
