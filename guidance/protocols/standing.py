"""How a protocol stands on a day, from what its newest version says. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guidance.protocols.terms import AGREEING, ENDED


class Standing(StrEnum):
    """What a protocol is worth today."""

    AGREEING = "Being agreed"
    TO_COME = "Not yet in force"
    IN_FORCE = "In force"
    EXPIRED = "Past its last day"
    SUPERSEDED = "Superseded"
    ENDED = "Ended"


@dataclass(frozen=True, slots=True)
class Dates:
    """What its standing depends on, besides the day."""

    status: str
    starts_on: date | None
    review_on: date
    expires_on: date | None
    is_superseded: bool


def stands(said: Dates, today: date) -> Standing:
    """How it stands on this day."""
    if said.status == ENDED:
        return Standing.ENDED
    if said.status == AGREEING:
        return Standing.AGREEING
    if said.is_superseded:
        return Standing.SUPERSEDED
    if said.expires_on and said.expires_on < today:
        return Standing.EXPIRED
    if said.starts_on and said.starts_on > today:
        return Standing.TO_COME
    return Standing.IN_FORCE


def is_due(said: Dates, today: date) -> bool:
    """Whether somebody should look at it: its review has come, or its last day has gone."""
    standing = stands(said, today)
    if standing in (Standing.ENDED, Standing.SUPERSEDED):
        return False
    return said.review_on <= today or standing is Standing.EXPIRED
