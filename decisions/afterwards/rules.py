"""What cannot be, when something is added to a record. Pure: the forms' and the writers' one rule.

`barred` says why a kind of event cannot be added at all, `wrong` what is wrong with one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from decisions.afterwards import kinds
from decisions.wizard.answers import SHARING
from infoshare.typed_text import is_blank

EARLIEST = date(1900, 1, 1)
MOST_RECIPIENTS = 30
WHOLE = ""
"""The key of a message that belongs to no field."""

Messages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Happened:
    """One earlier event of the record: its number, kind and details."""

    id: int
    kind: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Situation:
    """How a record stands: its decision, and everything that happened since."""

    decision: str
    rule: str
    gates: Mapping[str, str]
    decided_on: date
    today: date
    happened: tuple[Happened, ...] = ()
    is_being_decided_anew: bool = False

    @property
    def is_sharing(self) -> bool:
        """Whether the decision was to share all or part."""
        return self.decision in SHARING

    @property
    def rested_on_consent(self) -> bool:
        """Whether sharing had no other ground than consent."""
        return self.rule == "consent" or self.gates.get("lawful-basis") == "consent"

    @property
    def withdrawn_on(self) -> date | None:
        """The day on which consent was withdrawn; None while it stands, or never was given."""
        days = [one.details["on"] for one in self.happened if one.kind == kinds.WITHDRAWN]
        return date.fromisoformat(days[0]) if days else None

    @property
    def must_stop(self) -> bool:
        """Whether nothing more may be shared, because it rested on consent that is gone."""
        return self.withdrawn_on is not None and self.rested_on_consent

    @property
    def untold(self) -> dict[str, str]:
        """Who must still be told that consent was withdrawn, by a key of the event and line."""
        told = {one.details["recipient"] for one in self.happened if one.kind == kinds.TOLD}
        return {
            key: name
            for one in self.happened
            if one.kind == kinds.WITHDRAWN
            for key, name in to_tell(one).items()
            if key not in told
        }

    def has(self, *sought: str) -> bool:
        """Whether an event of one of these kinds happened."""
        return any(one.kind in sought for one in self.happened)


def to_tell(withdrawal: Happened) -> dict[str, str]:
    """The recipients named in a withdrawal of consent, by key."""
    names = lines(withdrawal.details["tell"])
    return {f"{withdrawal.id}-{number}": name for number, name in enumerate(names)}


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if not is_blank(line)]


def readable(day: date) -> str:
    """A day as people here read it, for example "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def barred(now: Situation, kind: str) -> str:
    """Why nothing of this kind can be added to the record; "" when it can."""
    if kind in (kinds.SHARED, kinds.NOT_SHARED) and not now.is_sharing:
        return (
            "The decision in this record was not to share. If you have come to decide otherwise, "
            "begin a new decision. If something went out all the same, say that it went to the "
            "wrong place."
        )
    if kind == kinds.RECEIVED and not now.has(kinds.SHARED):
        return "Nothing in this record says yet that the information was shared. Add that first."
    if kind == kinds.WITHDRAWN:
        return _withdrawal_barred(now)
    if kind == kinds.TOLD and not now.untold:
        return "Nobody named in this record still has to be told that consent was withdrawn."
    if kind == kinds.REOPENED and now.is_being_decided_anew:
        return "You have begun a new decision from this record already, and it is not sealed yet."
    stopped = (kinds.WITHDRAWN, kinds.NOT_SHARED, kinds.OBJECTION)
    if kind == kinds.ANSWERED and now.decision == "share" and not now.has(*stopped):
        return (
            "The decision in this record was to share. This letter is for when you do not share "
            "all that was asked for."
        )
    return ""


def _withdrawal_barred(now: Situation) -> str:
    if now.gates.get("consent") != "given":
        return (
            "This record does not say that consent was given, so it cannot be withdrawn. If "
            "somebody does not want the information shared, add an objection."
        )
    if now.withdrawn_on:
        return (
            f"This record says already that consent was withdrawn on {readable(now.withdrawn_on)}. "
            "If that is wrong, add a correction."
        )
    return ""


def wrong(now: Situation, kind: str, given: Mapping[str, Any]) -> Messages:
    """What must be put right in an event before it is kept: `{field: message}`."""
    if reason := barred(now, kind):
        return {WHOLE: reason}
    found: dict[str, str] = {}
    for detail in kinds.KINDS[kind].details:
        value = given[detail.name]
        if detail.ask is kinds.Ask.DATE:
            message = _wrong_date(now, kind, detail.name, value)
        elif detail.required and is_blank(value):
            message = "This cannot be left empty"
        else:
            message = _wrong_choice(now, detail, value)
        if message:
            found[detail.name] = message
    return {**found, **_wrong_together(kind, given, found)}


def _wrong_choice(now: Situation, detail: kinds.Detail, value: str) -> str:
    if detail.ask is kinds.Ask.ONE_OF_RECORD and value not in now.untold:
        return "Choose one of those who must still be told"
    if detail.options and value not in {option for option, _, _ in detail.options}:
        return "Choose one of the answers shown here"
    if detail.name == "tell" and len(lines(value)) > MOST_RECIPIENTS:
        return f"Name at most {MOST_RECIPIENTS}, one on each line"
    return ""


def _wrong_date(now: Situation, kind: str, name: str, day: date) -> str:
    if day > now.today:
        return f"That day has not come yet. Today is {readable(now.today)}"
    if day < EARLIEST:
        return "Check the year: this day is before 1900"
    decided = f"The decision was made on {readable(now.decided_on)}"
    if day < now.decided_on and name == "on" and not _may_be_before(now, kind):
        return f"{decided}. This cannot have been before that day"
    if kind == kinds.SHARED and now.must_stop and now.withdrawn_on and day > now.withdrawn_on:
        return (
            f"Consent was withdrawn on {readable(now.withdrawn_on)}, so nothing may be shared "
            "after that day on the strength of this record. Begin a new decision. If it went out "
            "all the same, say that it went to the wrong place"
        )
    if kind == kinds.TOLD and now.withdrawn_on and day < now.withdrawn_on:
        return f"Consent was withdrawn on {readable(now.withdrawn_on)}, so not before that day"
    return ""


def _may_be_before(now: Situation, kind: str) -> bool:
    """In an urgent case people act first and record after; anybody may object at any time."""
    return kind == kinds.OBJECTION or (now.rule == "urgent" and kind != kinds.WITHDRAWN)


def _wrong_together(kind: str, given: Mapping[str, Any], found: Messages) -> Messages:
    if kind != kinds.MISDIRECTED or {"on", "noticed_on"} & set(found):
        return {}
    is_early = given["noticed_on"] < given["on"]
    return {"noticed_on": "It cannot have been noticed before it went"} if is_early else {}
