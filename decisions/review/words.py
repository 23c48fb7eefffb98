"""How reviews are spoken of, on pages and in the PDF of what happened afterwards. Pure."""

from collections.abc import Mapping

from decisions.review.needs import Before, Why
from decisions.review.results import Result, State

Option = tuple[str, str, str]
SUPPORTED = "Your organisation supports this decision."

SENTENCES: Mapping[Result, str] = {
    Result.AGREED: f"Reviewed: agreed. {SUPPORTED}",
    Result.LEARNING: f"Reviewed: agreed, with something to learn from. {SUPPORTED}",
    Result.ASKED: "The reviewer asked a question.",
    Result.ANSWERED: "The practitioner answered the reviewer’s question.",
    Result.DISAGREED: "Reviewed: the reviewer sees it differently. The decision stays as it is.",
    Result.ESCALATED: "The reviewer asked the information governance lead for advice.",
    Result.ADVISED: "The information governance lead gave advice on the review.",
    Result.COMMENT: "The reviewer left a comment.",
}
FACTS: Mapping[Result, str] = {
    Result.AGREED: "What they said",
    Result.LEARNING: "What can be learnt",
    Result.ASKED: "The question",
    Result.ANSWERED: "The answer",
    Result.DISAGREED: "Why they see it differently",
    Result.ESCALATED: "What they asked",
    Result.ADVISED: "The advice",
    Result.COMMENT: "The comment",
}
ABOUT = "About"
CHOICES: tuple[Option, ...] = (
    (Result.AGREED, "I agree", "The practitioner reads that your organisation supports them."),
    (
        Result.LEARNING,
        "I agree, and there is something to learn",
        "It is supported just the same. Say what can help next time.",
    ),
    (
        Result.ASKED,
        "I have a question",
        "It goes to the practitioner. They answer by an addition: the record stays as it is.",
    ),
    (Result.COMMENT, "I only wish to comment", "The review stays open."),
    (
        Result.DISAGREED,
        "I see it differently",
        "Say why. The decision stays the practitioner’s. Talk about it with them, too.",
    ),
    (
        Result.ESCALATED,
        "I want advice from the information governance lead",
        "The lead reads your words, and not the case. Leave out names.",
    ),
)
MISSING: Mapping[Result, str] = {
    Result.LEARNING: "Say what there is to learn",
    Result.ASKED: "Write your question",
    Result.ANSWERED: "Write your answer",
    Result.DISAGREED: "Say why you see it differently",
    Result.ESCALATED: "Say what you want advice on",
    Result.ADVISED: "Write your advice",
    Result.COMMENT: "Write your comment",
}
DONE: Mapping[Result, str] = {
    Result.AGREED: "The review is kept. The practitioner sees that you agree.",
    Result.LEARNING: "The review is kept. The practitioner sees that you agree and what you wrote.",
    Result.ASKED: "Your question is with the practitioner.",
    Result.DISAGREED: "The review is kept. The practitioner sees it. Talk about it with them, too.",
    Result.ESCALATED: "The information governance lead sees your question.",
    Result.COMMENT: "Your comment is kept. The review stays open.",
}
STATES: Mapping[State, str] = {
    State.WAITING: "waits for a review",
    State.ASKED: "a question is with the practitioner",
    State.ESCALATED: "the information governance lead is asked",
    State.AGREED: "agreed",
    State.LEARNING: "agreed, with something to learn",
    State.DISAGREED: "seen differently",
}
REASONS: Mapping[Why, str] = {
    Why.WITHOUT_CONSENT: "shared without consent",
    Why.DEPARTURE: "decided otherwise than suggested",
    Why.NOT_SHARED_SAFEGUARDING: "not shared, in safeguarding",
    Why.DETRIMENT: "sharing may harm the person more than not sharing",
    Why.ADVICE: "decided after advice was sought",
    Why.ENDED_OTHERWISE: "the seven questions ended otherwise than what was done first",
    Why.ALL: "your organisation reviews every decision",
    Why.BEFORE_SHARING: "it is not to be shared before a manager agrees",
    Why.TOLD: "shared without waiting, so that you are told instead",
    Why.SAMPLE: "drawn by chance for a second look",
}
RULES: Mapping[Why, tuple[str, str]] = {
    Why.WITHOUT_CONSENT: (
        "Shared without consent",
        "Where consent was asked about and not given. Not in child safeguarding, which does not "
        "rest on it.",
    ),
    Why.DEPARTURE: ("Decided otherwise than suggested", ""),
    Why.NOT_SHARED_SAFEGUARDING: ("Not shared, in safeguarding", "Of a child or an adult."),
    Why.DETRIMENT: ("Sharing may harm the person more than not sharing", ""),
    Why.ADVICE: ("Decided after advice was sought", "The draft waited for advice first."),
    Why.ENDED_OTHERWISE: (
        "The seven questions ended otherwise than what was done first",
        "After somebody acted at once.",
    ),
    Why.ALL: ("Every decision", ""),
}
BEFORE: tuple[Option, ...] = (
    (Before.NONE, "No", "Practitioners share when they have decided to."),
    (Before.REVIEWED, "Yes, for the decisions ticked above", ""),
    (Before.EVERY, "Yes, for every decision to share", ""),
)


def reasons(why: list[str]) -> list[str]:
    """Why a record is reviewed, in words."""
    return [REASONS[Why(one)] for one in why]


def sentence(result: Result, kind: str) -> str:
    """What happened, in a sentence; `kind` is that of the call, "" for none."""
    said = SENTENCES[result]
    return said.replace("Reviewed:", "Looked at again:") if kind == "sample" else said


def facts(result: Result, title: str, words: str) -> list[tuple[str, str]]:
    """What it is about and what was written, each with its name, as the timeline tells them."""
    about = [(ABOUT, title)] if title else []
    return [*about, (FACTS[result], words)] if words else about
