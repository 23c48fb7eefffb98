"""What a decision record says in print, read from the bytes of its snapshot."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from decisions.documents.printable import printable

FORMAT = "infoshare-record/1"
UK = ZoneInfo("Europe/London")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Answers that a snapshot keeps by id alone.
LABELS = {"yes": "Yes", "no": "No", "not-known": "Not known", "not-sure": "Not sure"}


class UnreadableRecordError(ValueError):
    """The bytes are no sealed record that this version can print; says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the path, as it was answered."""

    number: int | None
    title: str
    answer: str
    edition_reason: str
    reason: str  # the person's own words; may be ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the document prints. All text is printable; nothing here is markup."""

    reference: str
    case_reference: str
    edition: Mapping[str, str]
    agreement: str
    asked: tuple[Asked, ...]
    outcome: Mapping[str, Any]
    decision: Mapping[str, Any]
    sharing: Mapping[str, str]
    practitioner: str
    team: str
    organisation: str
    started: str
    sealed: str
    sealed_at: datetime
    fingerprint: str  # SHA-256 of the snapshot's bytes, 64 hexadecimal digits
    replaced: bool  # some character could not be drawn


def uk_time(moment: datetime) -> str:
    """The moment in the United Kingdom, for example "4 March 2026, 15:42 GMT"."""
    there = moment.astimezone(UK)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}, {there:%H:%M %Z}"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {text!r} has no zone")
    return moment.astimezone(UTC)


def label(answer: str) -> str:
    """The words for an answer that is kept as an id; any other text as it is."""
    return LABELS.get(answer, answer)


def read(snapshot: bytes) -> Sheet:
    """The sheet of a snapshot (`infoshare-record/1`); raises `UnreadableRecordError`."""
    try:
        record = json.loads(snapshot)
        found = record["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableRecordError("These bytes are not a sealed record.") from error
    if found != FORMAT:
        raise UnreadableRecordError(f"This record has the format {found!r}; {FORMAT!r} is known.")
    try:
        contents = {name: section["content"] for name, section in record["sections"].items()}
        shown = _printable(contents)
        replaced = str(shown).count("[U+") > str(contents).count("[U+")
        return _sheet(shown, hashlib.sha256(snapshot).hexdigest(), replaced=replaced)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableRecordError(f"This record is incomplete: {error!r}") from error


def _printable(value: Any) -> Any:
    """The same value with all its text printable; names of sections and keys stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return value


def _sheet(sections: Mapping[str, Any], fingerprint: str, *, replaced: bool) -> Sheet:
    context, people = sections["context"], sections["people"]
    sealed_at = _moment(people["sealed_at"])
    return Sheet(
        reference=context["reference"],
        case_reference=context["case_reference"],
        edition=context["edition"],
        agreement=label(context["agreement"]),
        asked=tuple(_asked(sections[f"question:{gate}"]) for gate in context["path"]),
        outcome=sections["outcome"],
        decision=sections["decision"],
        sharing={**sections["sharing"], "told": label(sections["sharing"]["told"])},
        practitioner=people["practitioner"]["name"],
        team=people["team"]["name"],
        organisation=people["organisation"]["name"],
        started=uk_time(_moment(people["started_at"])),
        sealed=uk_time(sealed_at),
        sealed_at=sealed_at,
        fingerprint=fingerprint,
        replaced=replaced,
    )


def _asked(question: Mapping[str, Any]) -> Asked:
    return Asked(
        number=question["number"],
        title=question["title"],
        answer=question["answer_label"],
        edition_reason=question["edition_reason"],
        reason=question["reason"],
    )
