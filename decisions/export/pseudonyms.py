"""Names of staff, recipients and cases replaced, each by the same everywhere in one export. Pure.

Nobody can tell from a pseudonym whom it stands for without the key, and each export has its own,
so that two of them cannot be laid side by side. What people wrote in their own words stays as it
is, but for the fields that ask for a name or a way to reach somebody.
"""

import hmac
import uuid
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from decisions.copies import LEFT_OUT

LEFT_OUT_HERE = "Left out of this export: it may name somebody."
REQUESTERS = frozenset({"organisation", "role"})  # details of the case: who asks, or would get it
NAMING = frozenset({"verified", "dissent"})  # details that ask how they were known, who disagreed
ALWAYS = frozenset({"context", "people", "sharing"})
DIGITS = 10

Section = Mapping[str, Any]


class Pseudonyms:
    """What stands for whom in one export, by its key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def person(self, person: uuid.UUID | str) -> str:
        """For a member of staff, by the id of the account."""
        return self._for("Person", str(person))

    def recipient(self, text: str) -> str:
        """For a recipient as it was written, whatever its case and spaces; "" for none."""
        return self._for("Recipient", " ".join(text.casefold().split())) if text.strip() else ""

    def case(self, reference: str) -> str:
        """For a case reference; "" for none."""
        return self._for("Case", reference) if reference else ""

    def _for(self, what: str, whom: str) -> str:
        digest = hmac.new(self._key, f"{what}\0{whom}".encode(), sha256).hexdigest()
        return f"{what} {digest[:DIGITS]}"


def withheld(contents: Mapping[str, Section]) -> frozenset[str]:
    """The sections of a record that hold such names, and those that every copy leaves out."""
    named = {name for name, section in contents.items() if _naming(section)}
    return ALWAYS | named | LEFT_OUT


def replaced(contents: Mapping[str, Section], stand_in: Pseudonyms) -> dict[str, dict[str, Any]]:
    """What stands in the place of the withheld sections, but for those every copy leaves out."""
    written = {"context": _context, "people": _people, "sharing": _sharing}
    return {
        name: written.get(name, _with_details)(contents[name], stand_in)
        for name in sorted(withheld(contents) - LEFT_OUT)
        if name in contents
    }


def _naming(section: Section) -> bool:
    return any(one.get("detail") in NAMING for one in section.get("details", ()))


def _context(section: Section, stand_in: Pseudonyms) -> dict[str, Any]:
    case = stand_in.case(section.get("case_reference", ""))
    return {**_with_details(section, stand_in), "case_reference": case}


def _people(section: Section, stand_in: Pseudonyms) -> dict[str, Any]:
    return {**section, "practitioner": {"name": stand_in.person(section["practitioner"]["id"])}}


def _sharing(section: Section, stand_in: Pseudonyms) -> dict[str, Any]:
    # How it was sent, in the practitioner's own words, may say where to.
    own = ["method_more", *(["method"] if section.get("method_id", "other") == "other" else [])]
    return {
        **_with_details(section, stand_in),
        **{name: LEFT_OUT_HERE for name in own if section.get(name)},
        "recipient": stand_in.recipient(section.get("recipient", "")),
    }


def _with_details(section: Section, stand_in: Pseudonyms) -> dict[str, Any]:
    if "details" not in section:
        return dict(section)
    return {**section, "details": [_detail(one, stand_in) for one in section["details"]]}


def _detail(one: Section, stand_in: Pseudonyms) -> dict[str, Any]:
    if one["detail"] in REQUESTERS:
        return {**one, "text": stand_in.recipient(one["text"])}
    return {**one, "text": LEFT_OUT_HERE} if one["detail"] in NAMING else dict(one)
