"""What another edition would have made of a decision: the same, something else, or no telling.

A sealed record is only read for this. Whatever cannot be carried over honestly, or leads to a
question that nobody answered, cannot be compared; it is never counted as a difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from guidance.rulebook.crosswalk import Crosswalk, Lost
from guidance.rulebook.outcome import conclude
from guidance.rulebook.path import UnknownAnswerError
from guidance.rulebook.schema import Conclusion, Edition, EditionError


class Kind(StrEnum):
    """How the other edition's conclusion stands to the first one's; each decision has one."""

    OUTCOME = "outcome"  # another outcome
    RULE = "rule"  # the same outcome, by another rule
    PATH = "path"  # the same outcome by the same rule, but other questions are asked
    SAME = "same"
    CANNOT = "cannot-compare"


DIFFERENT = (Kind.OUTCOME, Kind.RULE, Kind.PATH)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the other edition makes of one set of answers."""

    kind: Kind
    before: Conclusion | None = None
    after: Conclusion | None = None
    why: str = ""  # why it cannot be compared, in words


class _CannotError(Exception):
    """Why answers cannot be carried over."""


def impact(before: Edition, after: Edition, answers: Mapping[str, str]) -> Finding:
    """What `after` makes of answers that were given, to gates on their path, under `before`.

    Never raises for answers that do not fit: they cannot be compared, and `why` says so.
    """
    first: Conclusion | None = None
    try:
        first = _concluded(before, answers)
        carried = carry_over(before, after, first.path.answers)
        second = _agreed([_concluded(after, one) for one in carried])
    except _CannotError as error:
        return Finding(Kind.CANNOT, first, None, str(error))
    return Finding(_kind(first, second), first, second)


def carry_over(
    before: Edition, after: Edition, answers: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """The answers as `after` reads them: several where it asks what `before` never asked."""
    if before.id == after.id:
        return [answers]
    crosswalk = after.crosswalks.get(before.id)
    if crosswalk is None:
        raise _CannotError(f"{after.id} does not say what the answers of {before.id} become")
    carried = dict(_carried(crosswalk, answers))
    options = [[one.id for one in after.question(name).options] for name in crosswalk.tried]
    return [
        dict(zip(crosswalk.tried, chosen, strict=True)) | carried for chosen in product(*options)
    ]


def _carried(crosswalk: Crosswalk, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for question, option in answers.items():
        became = crosswalk.of(question, option)
        if isinstance(became, Lost):
            raise _CannotError(f"{question} {option}: {became.why}")
        if became is not None:
            yield became
        elif question not in crosswalk.not_asked:
            raise _CannotError(f"{question} {option}: nothing is said of it")


def _concluded(edition: Edition, answers: Mapping[str, str]) -> Conclusion:
    try:
        conclusion = conclude(edition, answers)
    except (UnknownAnswerError, EditionError) as error:
        raise _CannotError(f"{edition.id}: {error}") from None
    if conclusion.path.next is not None:
        raise _CannotError(f"{edition.id} asks {conclusion.path.next}, which has no answer")
    return conclusion


def _agreed(tried: Sequence[Conclusion]) -> Conclusion:
    """The one conclusion that all answers tried lead to."""
    first = tried[0]
    for other in tried[1:]:
        if _end(other) != _end(first):
            raise _CannotError("it depends on a question that was never asked")
    return first


def _end(conclusion: Conclusion) -> tuple[str, str | None, tuple[str, ...]]:
    rule = conclusion.rule.id if conclusion.rule else None
    return conclusion.outcome, rule, conclusion.path.asked


def _kind(before: Conclusion, after: Conclusion) -> Kind:
    ends = zip(_end(before), _end(after), strict=True)
    order = (Kind.OUTCOME, Kind.RULE, Kind.PATH)
    return next(
        (kind for kind, (one, two) in zip(order, ends, strict=True) if one != two), Kind.SAME
    )
