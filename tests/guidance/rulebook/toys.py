"""Small invented editions: whether to lend somebody an umbrella."""

import copy
from datetime import date
from typing import Any

import tomli_w

from guidance.rulebook.loader import load_edition
from guidance.rulebook.schema import Edition

Contents = dict[str, dict[str, Any]]
TODAY = date(2026, 1, 31)


def option(name: str) -> dict[str, Any]:
    return {"id": name, "label": name.title(), "hint": "", "reason": f"You said {name}."}


def guide(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "hint": "",
        "help": ["Look out of the window."],
        "consider": ["Is it wet?"],
        "why": "Nobody likes to be wet.",
        "golden_rules": [1],
        "sources": ["weather"],
    }


def question(name: str, *options: str, **more: Any) -> dict[str, Any]:
    return {"id": name, **guide(f"{name.title()}?"), "option": [option(o) for o in options], **more}


def rule(name: str, outcome: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    words = {"title": name.title(), "text": "Because.", "next_steps": ["Go on."]}
    return {
        "id": name,
        "when": when,
        "outcome": outcome,
        **words,
        "sources": ["weather"],
        **more,
    }


def chosen(name: str, *options: str) -> dict[str, Any]:
    """The condition that the question has one of these answers."""
    if len(options) == 1:
        return {"question": name, "is": options[0]}
    return {"question": name, "one_of": list(options)}


UMBRELLA: Contents = {
    "edition.toml": {
        "id": "umbrella",
        "title": "Umbrellas",
        "status": "current",
        "notice": "",
        "legal_review": "None.",
        "jurisdiction": "Anywhere",
        "published": "January 2026",
        "checked": TODAY,
        "golden_rule": [
            {"number": 1, "title": "Stay dry", "text": "Do.", "sources": ["weather"]},
        ],
    },
    "questions.toml": {
        "question": [
            question("rain", "yes", "no", "not-sure"),
            question("spare", "yes", "no", ask_when=chosen("rain", "yes", "not-sure")),
            question(
                "friend",
                "yes",
                "no",
                ask_when={"all": [chosen("rain", "yes"), chosen("spare", "no")]},
                reason_required_for=["no"],
            ),
        ],
        "step": [
            {"id": "right-way", **guide("Hand it over")},
            {"id": "record", **guide("Write it down")},
        ],
        "context": [
            {
                "id": "agreement",
                "title": "Is there an agreement?",
                "option": [option(o) for o in ("yes", "no", "not-known")],
            }
        ],
    },
    "outcomes.toml": {
        "rule": [
            rule("dry", "do-not-share", chosen("rain", "no")),
            rule("lend", "share", chosen("spare", "yes")),
            rule("huddle", "share-in-part", chosen("friend", "yes")),
            rule("sorry", "do-not-share", chosen("friend", "no")),
            rule(
                "look-again",
                "seek-advice",
                {"all": [{"question": "spare", "answered": True}, {"not": chosen("rain", "yes")}]},
            ),
        ],
    },
    "citations.toml": {
        "citation": [
            {
                "id": "weather",
                "title": "The sky",
                "address": "",
                "published": "Daily",
                "checked": TODAY,
                "confidence": "read",
                "note": "",
            }
        ]
    },
}


def umbrella() -> Contents:
    """A fresh copy to spoil."""
    return copy.deepcopy(UMBRELLA)


def files(contents: Contents) -> dict[str, bytes]:
    """The contents as an edition's files."""
    return {name: tomli_w.dumps(content).encode() for name, content in contents.items()}


def load(contents: Contents) -> Edition:
    return load_edition(files(contents))


def brolly() -> Contents:
    """Another edition: asks first whether it is cold, calls `spare` something else, no `friend`."""
    contents = umbrella()
    contents["edition.toml"] |= {
        "id": "brolly",
        "title": "Brollies",
        "crosswalk": [
            {
                "from": "umbrella",
                "text": "The umbrella edition does not ask whether it is cold.",
                "same": ["rain"],
                "not_asked": ["friend"],
                "tried": ["cold"],
                "answer": [
                    {
                        "question": "spare",
                        "options": [name],
                        "to_question": "second",
                        "to_option": name,
                    }
                    for name in ("yes", "no")
                ],
                "lost": [
                    {
                        "question": "rain",
                        "options": ["not-sure"],
                        "why": "Here you have to look.",
                    }
                ],
            }
        ],
    }
    contents["questions.toml"]["question"] = [
        question("cold", "yes", "no"),
        question("rain", "yes", "no"),
        question("second", "yes", "no", ask_when=chosen("rain", "yes")),
    ]
    contents["outcomes.toml"]["rule"] = [
        rule("lend", "share", chosen("second", "yes")),
        rule("sorry", "do-not-share", chosen("second", "no")),
        rule("frozen", "seek-advice", {"all": [chosen("cold", "yes"), chosen("rain", "no")]}),
        rule("dry", "do-not-share", chosen("rain", "no")),
    ]
    return contents
