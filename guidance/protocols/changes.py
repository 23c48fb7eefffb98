"""What differs between two versions of a protocol, in the words of its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from guidance.protocols.models import Protocol, ProtocolVersion
from guidance.protocols.terms import KINDS, STATUSES, TERMS
from guidance.protocols.writers import words_of

LABELS: Mapping[str, str] = {
    "title": "Title",
    "reference": "Reference",
    "kind": "Kind",
    "status": "How it stands",
    "parties": "Parties",
    "purposes": "Purposes",
    "about": "What it is about",
    "owner_id": "Who looks after it",
    "starts_on": "First day",
    "review_on": "Review it on",
    "expires_on": "Last day",
    "supersedes_id": "It takes the place of",
    "may_publish": "It may be published",
    **{one.id: one.label for one in TERMS.values()},
}
WORDS: Mapping[str, Mapping[str, str]] = {"kind": KINDS, "status": STATUSES}
NOT_SHOWN = ("owner_id", "supersedes_id", "about", "may_publish")  # the page cannot quote them


@dataclass(frozen=True, slots=True)
class Past:
    """One version in the history of a protocol, and what it changed."""

    version: ProtocolVersion
    changed: list[str]


def changes(version: ProtocolVersion, words: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each field that `version` says otherwise than these words.

    The text is that of the version; "" where it cannot be quoted.
    """
    return [
        (LABELS[name], _text(name, said))
        for name, said, other in _fields(words_of(version), words)
        if said != other
    ]


def history(protocol: Protocol) -> list[Past]:
    """Every version, the newest first, each with the labels of what it changed."""
    kept = list(protocol.versions.select_related("document", "saved_by").order_by("number"))
    found = [Past(kept[0], [])]
    for before, after in pairwise(kept):
        changed = [
            LABELS[name]
            for name, old, new in _fields(words_of(before), words_of(after))
            if old != new
        ]
        if before.document_id != after.document_id:
            changed.append("Document")
        found.append(Past(after, changed))
    return found[::-1]


def _fields(left: Mapping[str, Any], right: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """The name of each field with what both say; the terms one by one."""
    own = [(name, left[name], right[name]) for name in LABELS if name not in TERMS]
    terms = [(name, left["terms"].get(name, ""), right["terms"].get(name, "")) for name in TERMS]
    return [*own, *terms]


def _text(name: str, said: Any) -> str:
    if name in NOT_SHOWN or said is None:
        return ""
    if isinstance(said, date):
        return f"{said.day} {said:%B %Y}"
    return WORDS.get(name, {}).get(said, str(said))
