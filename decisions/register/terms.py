"""What a list of decisions can be narrowed by, ordered by and shown with: one table each. Pure."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from decisions.wizard.labels import DECISION_LABELS, OUTCOME_LABELS
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition, Outcome

A_PAGE = 25
COUNTED = 1_000
"""Up to here decisions are counted; beyond it the page says "more than"."""

NO_REVIEW = "none"
REVIEW_STATES: Mapping[str, str] = {
    NO_REVIEW: "Needs no review",
    "waiting": "Waits for review",
    "asked": "The reviewer asked a question",
    "agreed": "Reviewed: agreed",
    "learning": "Reviewed: agreed, with learning",
    "disagreed": "Reviewed: disagreed",
    "escalated": "With the information governance lead",
}
URGENT, OVERRIDDEN, UNTOLD = "urgent", "consent-overridden", "withdrawal-open"
MARKS: Mapping[str, str] = {
    URGENT: "Acted on first, as urgent",
    OVERRIDDEN: "Shared although consent was refused or withdrawn",
    UNTOLD: "Consent withdrawn, and somebody must still be told",
}
YES_NO: Mapping[str, str] = {"yes": "Yes", "no": "No"}
OVERDUE: Mapping[str, str] = {"yes": "Only what is overdue"}
NOT_ASKED = "not-asked-here"
NOTHING: dict[str, str] = {NOT_ASKED: "Not asked in this decision"}


class Sort(StrEnum):
    """The orders of a list. Each ends in the record, so that none leaves two at one place."""

    NEWEST = "newest"
    OLDEST = "oldest"
    REVIEW_DUE = "review-due"
    REFERENCE = "reference"


SORTS: Mapping[str, str] = {
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
    Sort.REVIEW_DUE: "Review due first",
    Sort.REFERENCE: "By reference",
}
CASE = "case"
COLUMNS: Mapping[str, str] = {
    CASE: "Case",
    "decision": "Decision",
    "outcome": "Suggested",
    "rule": "Rule",
    "departure": "Departs from the suggestion",
    "practitioner": "By",
    "team": "Team",
    "setting": "About",
    "basis": "Lawful basis",
    "recipient": "Shared with",
    "state": "Review",
    "review_due": "Review due",
    "edition": "Edition",
    "started": "Started",
    "sealed": "Sealed",
}
USUAL = (CASE, "decision", "practitioner", "team", "sealed")


@cache
def decisions() -> dict[str, str]:
    """Every decision there can be, by its id."""
    return {one.value: label for one, label in DECISION_LABELS.items()}


@cache
def outcomes() -> dict[str, str]:
    """Every outcome that a record can have had."""
    return {
        one.value: label for one, label in OUTCOME_LABELS.items() if one is not Outcome.INCOMPLETE
    }


@cache
def answers_to(gate: str) -> dict[str, str]:
    """What could be answered at a gate in any edition that ships, by the answer's id."""
    found: dict[str, str] = {}
    for edition in _newest_first():
        for question in edition.questions:
            if question.id == gate:
                found |= {one.id: one.label for one in question.options if one.id not in found}
    return found


@cache
def rules() -> dict[str, str]:
    """The rules of every edition that ships, in the words that people read first.

    Several rules say the same ("You can share"), so their names stand beside the words.
    """
    found: dict[str, str] = {}
    for edition in _newest_first():
        found |= {one.id: f"{one.title} ({one.id})" for one in edition.rules if one.id not in found}
    return found


@cache
def editions() -> dict[str, str]:
    """The editions that ship, by id."""
    return {one.id: one.title for one in _newest_first()}


def _newest_first() -> Iterator[Edition]:
    shipped = catalogue.shipped()
    yield shipped[catalogue.DEFAULT]
    yield from (one for name, one in shipped.items() if name != catalogue.DEFAULT)
