"""The person's own reasons that a decision rests on, short enough for its first page. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# The question of purpose, and those at which harm, consent and interests are weighed.
RESTS_ON = ("detriment", "purpose", "consent", "public-interest")
PURPOSE = "sentence"  # the detail that says the purpose in one sentence
LONGEST = 300
END = re.compile(r"\s+\S*$")


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason as the practitioner wrote it, under the question it was given at."""

    title: str
    text: str
    goes_on: bool  # the rest stands with the question


def grounds(questions: Iterable[Mapping[str, Any]]) -> tuple[Ground, ...]:
    """The reasons of these questions, in order; () where no words were written."""
    found = []
    for question in questions:
        if question["question"] in RESTS_ON and (words := _words(question)):
            text = _short(words)
            found.append(Ground(question["title"], text, goes_on=text != words))
    return tuple(found)


def _words(question: Mapping[str, Any]) -> str:
    said = {one["detail"]: one["text"] for one in question.get("details", ())}
    return str(said.get(PURPOSE) or question["reason"]).strip()


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else END.sub("", words[:LONGEST])
