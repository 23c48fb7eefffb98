"""The demo's cases as values: what was answered, by whom, when, and what should follow. Pure."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from decisions.wizard.answers import Answers
from decisions.wizard.journey import Journey
from guidance.rulebook.schema import Edition, Outcome


class State(StrEnum):
    """How far a case has come."""

    SEALED = "sealed"
    READY = "ready"  # every step is done; only sealing is left
    PARKED = "parked"  # waiting for advice, or for consent to be asked
    OPEN = "open"  # some question is not answered yet


class Looked(StrEnum):
    """What somebody did with a record."""

    VIEWED = "viewed"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class When:
    """A time of day, so many working days before the demo is loaded (1 is the latest)."""

    day: int
    at: time


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody reads a sealed record, or takes it away as a PDF."""

    by: str
    looked: Looked
    when: When


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody says something in the review of a sealed record."""

    case: str
    by: str
    result: str
    question: str
    words: str
    when: When


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where a case stood when it was parked, before it came to its end."""

    when: When
    answers: Answers


@dataclass(frozen=True, slots=True)
class Expect:
    """What the rulebook must say about a case; `rule` is "" while questions are open."""

    outcome: Outcome
    rule: str


@dataclass(frozen=True, slots=True)
class Case:
    """One written case. `when` is its sealing, or its last save when it is not sealed."""

    id: str  # the case reference; of a follow-up, with a word after it
    team: str
    by: str
    edition: Edition
    state: State
    when: When
    minutes: int  # how long the last sitting took
    answers: Answers
    expect: Expect
    earlier: Earlier | None
    readings: tuple[Reading, ...]
    after: "Case | None" = None  # the urgent case that this one follows up

    @property
    def journey(self) -> Journey:
        """Where the case stands in the end."""
        return Journey(self.edition, self.answers)
