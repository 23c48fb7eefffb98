"""When things happened, and whether the record was made afterwards. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from decisions.wizard.dates import read_date

# Details of a decision that are dates, in the order of time.
LEARNED, DECIDED, SHARED = "learned", "decided", "shared-on"
DATES = (LEARNED, DECIDED, SHARED)
NOT_SAID = "Not written down"


@dataclass(frozen=True, slots=True)
class When:
    """Each moment in words; `afterwards` says by how much the record came later, or ""."""

    learned: str
    decided: str
    shared: str  # "" when nothing is shared
    afterwards: str


def when(given: Mapping[str, str], *, shares: bool, sealed_on: date) -> When:
    """The moments of a decision from its dated details, by their ids."""
    return When(
        learned=given.get(LEARNED, NOT_SAID),
        decided=given.get(DECIDED, "On the day it was sealed"),
        shared=_shared(given.get(SHARED, ""), sealed_on) if shares else "",
        afterwards=_afterwards(given, sealed_on),
    )


def _shared(said: str, sealed_on: date) -> str:
    day = read_date(said)
    planned = day is not None and day > sealed_on
    return f"Planned for {said}" if planned else said or NOT_SAID


def _afterwards(given: Mapping[str, str], sealed_on: date) -> str:
    for name, happened in ((DECIDED, "decided"), (SHARED, "shared")):
        day = read_date(given.get(name, ""))
        if day is not None and day < sealed_on:
            days = (sealed_on - day).days
            return f"It was {happened} {days} {'day' if days == 1 else 'days'} before it was sealed"
    return ""
