"""Why something needs somebody, and how that is said. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Everything that can need somebody, what is gravest for people in front."""

    URGENT = "urgent"
    OWN_URGENT = "own-urgent"
    ADVICE = "advice"
    OWN_ADVICE = "own-advice"
    WITHDRAWN = "withdrawn"
    OWN_WITHDRAWN = "own-withdrawn"
    REVIEW = "review"
    QUESTION = "question"
    ESCALATED = "escalated"
    OVERRIDDEN = "overridden"
    DEPARTURE = "departure"
    DOUBT = "doubt"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Said:
    """How one reason is said: in a row, and in the tally, of one and of several."""

    sentence: str
    one: str
    several: str
    is_due: bool  # on a day; else it waits since one


SAID: Mapping[Why, Said] = {
    Why.URGENT: Said(
        "The seven questions after an urgent decision are not answered",
        "urgent decision",
        "urgent decisions",
        True,
    ),
    Why.OWN_URGENT: Said(
        "You acted first. Answer the seven questions",
        "follow-up of yours",
        "follow-ups of yours",
        True,
    ),
    Why.ADVICE: Said(
        "A draft has waited too long for advice",
        "draft without advice",
        "drafts without advice",
        False,
    ),
    Why.OWN_ADVICE: Said(
        "Your draft has waited too long for advice",
        "draft of yours that waits",
        "drafts of yours that wait",
        False,
    ),
    Why.WITHDRAWN: Said(
        "Consent was withdrawn, and somebody who has the information is not told yet",
        "withdrawal of consent",
        "withdrawals of consent",
        False,
    ),
    Why.OWN_WITHDRAWN: Said(
        "Consent was withdrawn. Tell those who have the information",
        "withdrawal to follow up",
        "withdrawals to follow up",
        False,
    ),
    Why.REVIEW: Said("A decision waits for your review", "review", "reviews", True),
    Why.QUESTION: Said(
        "Your manager has a question about your decision",
        "question for you",
        "questions for you",
        False,
    ),
    Why.ESCALATED: Said(
        "A manager asks for your advice on a review",
        "request for advice",
        "requests for advice",
        False,
    ),
    Why.OVERRIDDEN: Said(
        "Information was shared although consent was refused, and nobody has looked at it",
        "consent overridden",
        "times consent overridden",
        False,
    ),
    Why.DEPARTURE: Said(
        "A decision departs from the suggestion, and nobody has looked at it",
        "departure",
        "departures",
        False,
    ),
    Why.DOUBT: Said(
        "A question was left unsure. Settle it", "doubt to settle", "doubts to settle", False
    ),
    Why.PROTOCOL: Said("A protocol is due for review", "protocol", "protocols", True),
}


def when(why: Why, on: date, today: date) -> str:
    """Since when it waits or was due, in words."""
    if not SAID[why].is_due:
        return "since today" if on == today else f"since {readable(on)}"
    if on < today:
        return f"overdue since {readable(on)}"
    return "due today" if on == today else f"due by {readable(on)}"


def readable(day: date) -> str:
    """A day as people here read it, for example "Tuesday 3 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
