"""What a wizard's page sends beside the answers: what it was made from, where it leads. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Sent:
    """One send of a page. What is missing or was tampered with counts as nothing known."""

    based_on: int  # the revision that the page's own step was last known at
    seen: int  # the revision whose answers the page shows; an autosave does not move it on
    page: uuid.UUID | None  # this opening of the page
    turn: int  # which of the page's sends this is
    unused: frozenset[str] | None  # steps that held words and were not asked; None: not said
    go: str


def read_sent(posted: Mapping[str, str], newest: int) -> Sent:
    """What was sent, with numbers no higher than `newest`, the draft's latest revision."""
    based_on = min(_number(posted.get("based_on", "")), newest)
    unused = posted.get("unused")
    return Sent(
        based_on=based_on,
        seen=min(_number(posted["seen"]), newest) if "seen" in posted else based_on,
        page=read_uuid(posted.get("page", "")),
        turn=_number(posted.get("turn", "")),
        unused=None if unused is None else frozenset(unused.split()),
        go=posted.get("go", "continue"),
    )


def _number(typed: str) -> int:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if is_number else 0


def read_uuid(typed: str) -> uuid.UUID | None:
    """The number of a page or person as a form sent it; None when it is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
