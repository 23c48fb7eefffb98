"""The brief for an adviser: the question in doubt, the answers so far, the person's own words.

Pure. The question and the answers are the edition's words and name nobody; only the own words
can, so only they can be edited, and are searched for identifiers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.wizard.answers import DECIDE, details, is_shown, text
from decisions.wizard.identifiers import Found, find
from decisions.wizard.journey import Journey
from decisions.wizard.presentation import readable, step_title

SAFEGUARDING = ("safeguarding-child", "safeguarding-adult")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; `kind` is "" or what it looks like."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to look at: what it looks like, its text, and how often it stands there."""

    kind: str
    text: str
    times: int


def answers_so_far(journey: Journey) -> list[tuple[str, str]]:
    """Question and answer in words for every answered gate on the path, in order."""
    return [
        (step_title(journey, gate), readable(journey, gate, "answer", answer))
        for gate, answer in journey.conclusion.path.answers.items()
    ]


def own_words(journey: Journey) -> str:
    """What the person wrote at the gates on the path: details by their label, and reasons."""
    steps = (*journey.conclusion.path.asked, DECIDE)
    written = (one for step in steps for one in _written(journey, step))
    return "\n\n".join(written)


def _written(journey: Journey, step: str) -> Iterator[str]:
    given = journey.answers.get(step, {})
    for detail in details(journey.edition, step):
        words = given.get(detail.id, "")
        if detail.kind in ("line", "text") and is_shown(detail, given) and words.strip():
            yield f"{detail.label} {words}"
    if text(journey.answers, step, "reason").strip():
        yield text(journey.answers, step, "reason")


def is_safeguarding(journey: Journey) -> bool:
    """Whether the case was said to be about safeguarding, so that advice is needed today."""
    return journey.conclusion.path.answers.get("setting") in SAFEGUARDING


def parts(words: str) -> list[Part]:
    """The whole text in stretches, each marked or plain."""
    return list(_parts(words, find(words)))


def marks(words: str) -> list[Mark]:
    """What to look at in a text, each different thing once, in the order of the text."""
    counts: dict[tuple[str, str], int] = {}
    for found in find(words):
        key = (found.kind.value, " ".join(found.text.split()))
        counts[key] = counts.get(key, 0) + 1
    return [Mark(kind, what, times) for (kind, what), times in counts.items()]


def _parts(words: str, found: list[Found]) -> Iterator[Part]:
    here = 0
    for each in found:
        if here < each.start:
            yield Part(words[here : each.start], "")
        yield Part(each.text, each.kind.value)
        here = each.end
    if here < len(words):
        yield Part(words[here:], "")
