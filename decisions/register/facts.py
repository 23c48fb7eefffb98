"""What the register says of a record, read from its sealed sections. Pure.

Each fact is a column to filter by. Of the text only words to search for are kept: references,
reasons, and whom it was shared with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from decisions.register.searchable import apart

YES = "yes"
NOT_SURE = "not-sure"
SHARED = ("share", "share-in-part")
NO_CONSENT = ("refused", "withdrawn")
NEEDS_NO_CONSENT = "safeguarding-child"
REQUESTER = "organisation"  # the detail that names who asks for it, or would get it

Sections = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns of an entry that come from the answers and the sharing."""

    is_urgent: bool
    setting: str
    consent: str
    lawful_basis: str
    duty: str
    detriment: str
    not_sure: list[str]  # the gates answered so, in the order asked
    consent_overridden: bool
    method: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a search looks through, already cut into words."""

    references: str
    recipient: str
    reasons: str


def facts(gates: Mapping[str, str], decision: str, sections: Sections) -> Facts:
    """The facts of a record; without sections, because its text was disposed of, those of its row.

    Consent counts as overridden when information was shared although consent was refused or
    withdrawn; never where a child is safeguarded, for that needs no consent.
    """
    sharing = sections.get("sharing", {})
    setting, consent = gates.get("setting", ""), gates.get("consent", "")
    return Facts(
        is_urgent=gates.get("urgent") == YES,
        setting=setting,
        consent=consent,
        lawful_basis=gates.get("lawful-basis", ""),
        duty=gates.get("duty", ""),
        detriment=gates.get("detriment", ""),
        not_sure=[gate for gate, answer in gates.items() if answer == NOT_SURE],
        consent_overridden=(
            decision in SHARED and consent in NO_CONSENT and setting != NEEDS_NO_CONSENT
        ),
        method=sharing.get("method_id", ""),
        recipient=sharing.get("recipient", ""),
    )


def words(reference: str, sections: Sections) -> Words:
    """What can be searched for in a record."""
    context = sections.get("context", {})
    asks = [one["text"] for one in context.get("details", ()) if one["detail"] == REQUESTER]
    recipient = sections.get("sharing", {}).get("recipient", "")
    return Words(
        references=apart(f"{reference} {context.get('case_reference', '')}"),
        recipient=apart(" ".join([recipient, *asks])),
        reasons=apart("\n".join(_reasons(sections))),
    )


def _reasons(sections: Sections) -> Iterator[str]:
    for name, section in sections.items():
        if name == "decision" or name.startswith("question:"):
            yield section.get("reason", "")
    yield sections.get("sharing", {}).get("told_reason", "")
