"""What can be said in a review, who says it, and what follows from it. Pure.

A record is called for review (by the organisation's rules at its seal, or by a sample), and each
thing that is said about it is one row. How the record stands is read from both, here alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """One thing that is said in a review."""

    AGREED = "agreed"
    LEARNING = "learning"
    ASKED = "asked"
    ANSWERED = "answered"  # by the practitioner, as an addition to the record
    DISAGREED = "disagreed"
    ESCALATED = "escalated"
    ADVISED = "advised"  # by the information governance lead, who reads no case
    COMMENT = "comment"


class State(StrEnum):
    """How a record stands; as in the register's `review_state`."""

    NONE = ""
    WAITING = "waiting"
    ASKED = "asked"
    AGREED = "agreed"
    LEARNING = "learning"
    DISAGREED = "disagreed"
    ESCALATED = "escalated"


ENDS = frozenset({Result.AGREED, Result.LEARNING, Result.DISAGREED})
"""What closes a review."""
SUPPORTS = frozenset({State.AGREED, State.LEARNING})
BY_REVIEWER = (
    Result.AGREED,
    Result.LEARNING,
    Result.ASKED,
    Result.DISAGREED,
    Result.ESCALATED,
    Result.COMMENT,
)
NEEDS_WORDS = frozenset(Result) - {Result.AGREED}
OPEN = frozenset({State.WAITING, State.ASKED, State.ESCALATED})


@dataclass(frozen=True, slots=True)
class Said:
    """One row of a review: what was said, from which event of the record, and for which call."""

    result: Result
    seen: int
    call: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands: its state, the number of the call that is open, and what is allowed."""

    state: State
    open_call: int | None
    is_closed: bool

    def allows(self, result: Result) -> bool:
        """Whether this can be said now."""
        if result is Result.ANSWERED:
            return self.state is State.ASKED
        if result is Result.ADVISED:
            return self.state is State.ESCALATED
        if self.is_closed:
            return False
        return not (result is Result.ESCALATED and self.state is State.ESCALATED)


def stands(calls: Sequence[int], said: Sequence[Said], newest: int) -> Standing:
    """How a record stands after its calls and all that was said, both in order.

    An end closes the call that it was given for. Without an open call anybody who may can still
    review once, and again when something was added to the record since (`newest` is the number
    of its last addition).
    """
    ends = [one for one in said if one.result in ENDS]
    answered = {one.call for one in ends}
    open_call = next((call for call in calls if call not in answered), None)
    state = _asked_state(_since_the_end(said))
    if state is State.NONE and open_call is not None:
        state = State.WAITING
    if state is State.NONE and ends:
        state = State(ends[-1].result.value)
    has_news = not ends or newest > ends[-1].seen
    return Standing(state, open_call, is_closed=state not in OPEN and not has_news)


def _since_the_end(said: Sequence[Said]) -> list[Result]:
    results = [one.result for one in said]
    last = max((place for place, one in enumerate(results) if one in ENDS), default=-1)
    return results[last + 1 :]


def _asked_state(since: Sequence[Result]) -> State:
    """What an open conversation waits for; `NONE` without one."""
    state = State.NONE
    for result in since:
        if result is Result.ASKED:
            state = State.ASKED
        elif result is Result.ESCALATED:
            state = State.ESCALATED
        elif result in (Result.ANSWERED, Result.ADVISED):
            state = State.WAITING
    return state
