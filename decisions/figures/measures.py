"""What is counted: each measure with its parts, which together are all decisions. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What the rows of a figure are."""

    TIME = "time"
    TEAM = "team"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted, and the parts it falls into: {name: label}.

    The part that matters least to a reader comes last: it is the first to be held back with others.
    """

    name: str
    title: str
    about: str
    parts: Mapping[str, str]
    remark: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Its parts' labels in order."""
        return tuple(self.parts.values())


MEASURES: Mapping[str, Measure] = {
    one.name: one
    for one in (
        Measure(
            "decisions",
            "What was decided",
            "decisions",
            {"share": "Share", "share-in-part": "Share in part", "do-not-share": "Do not share"},
        ),
        Measure(
            "outcomes",
            "What the questions suggested",
            "suggestions",
            {
                "share": "Share",
                "share-in-part": "Share in part",
                "do-not-share": "Do not share",
                "first": "Get advice or ask for consent first",
            },
        ),
        Measure(
            "departures",
            "Decisions that depart from the suggestion",
            "departures",
            {"as-suggested": "As suggested", "departs": "Departs, with a reason"},
            "A departure is a professional judgement with its reason. It is no fault.",
        ),
        Measure(
            "consent",
            "Sharing and consent",
            "consent",
            {
                "given": "Shared with consent",
                "without": "Shared without consent",
                "not-asked-about": "Shared where consent was not a question",
                "not-shared": "Not shared",
            },
            "Consent is not a question where a child is safeguarded, where the law asks for the "
            "information, in an urgent case, and where nothing was told in confidence.",
        ),
        Measure(
            "taken",
            "Time from start to decision",
            "time to decide",
            {
                "hour": "Within an hour",
                "day": "Within a day",
                "week": "Within 7 days",
                "longer": "Longer",
            },
            "From the first page of a draft to its seal, with the time that it waited.",
        ),
        Measure(
            "advice",
            "Time to advice",
            "time to advice",
            {
                "none": "No advice noted",
                "day": "Advice on the same day",
                "two-days": "Within 2 days",
                "longer": "Later",
            },
            "From the first “not sure” of a decision to the first advice noted in it.",
        ),
        Measure(
            "reviews",
            "Reviews and what they said",
            "reviews",
            {
                "none": "No review called for",
                "agreed": "Agreed",
                "learning": "Agreed with learning",
                "disagreed": "Disagreed",
                "open": "Not finished",
            },
        ),
    )
}
DOUBTS = "not-sure"
DOUBTS_TITLE = "Where people answered “not sure”"
# What a gate is about, in a word or two.
QUESTIONS: Mapping[str, str] = {
    "duty": "A legal duty",
    "detriment": "More harm than good",
    "purpose": "The purpose",
    "identifiable": "Who can be identified",
    "confidential": "Confidential or not",
    "consent": "Consent",
    "share-anyway": "Sharing anyway",
    "public-interest": "Enough reason to share",
    "lawful-basis": "The lawful basis",
}
SETTINGS: Mapping[str, str] = {
    "early-help": "Early help",
    "safeguarding-child": "Safeguarding a child",
    "safeguarding-adult": "Safeguarding an adult",
    "crime": "Crime",
    "other": "Something else",
    "": "Not asked",
}
