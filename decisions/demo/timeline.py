"""The order in which the demo's cases ended and their records were read. Pure.

A record's ledger never goes back in time, so the demo is written from its oldest day on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from decisions.demo.cases import Case, Reading, Saying, When
from decisions.demo.checking import earlier_answers
from decisions.demo.working_days import moment
from decisions.wizard.answers import Answers


@dataclass(frozen=True, slots=True)
class Happening:
    """A case that came to its end, or what was done with its record: a reading, or a review."""

    at: datetime
    case: Case
    reading: Reading | None = None
    saying: Saying | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time at the desk: what was answered then, step by step, between start and end."""

    start: datetime
    end: datetime
    answers: Answers

    def saves(self) -> Iterable[tuple[datetime, str]]:
        """When each step was saved, in order, the last one shortly before the end."""
        pause = (self.end - self.start) / (len(self.answers) + 1)
        for place, step in enumerate(self.answers, start=1):
            yield self.start + place * pause, step


def happenings(cases: Iterable[Case], today: date, said: Iterable[Saying] = ()) -> list[Happening]:
    """Everything that happened before today, in order of time."""
    known = {case.id: case for case in cases}
    found = [
        Happening(at(one.when, today), known[one.case], saying=one)
        for one in said
        if one.case in known
    ]
    for case in known.values():
        found.append(Happening(at(case.when, today), case))
        found += [Happening(at(one.when, today), case, one) for one in case.readings]
    return sorted(found, key=lambda one: (one.at, one.case.id))


def sittings(case: Case, today: date) -> list[Sitting]:
    """The one or two times its practitioner worked on the case."""
    last = _sitting(case, case.when, case.answers, today)
    if case.earlier is None:
        return [last]
    return [_sitting(case, case.earlier.when, earlier_answers(case), today), last]


def at(when: When, today: date) -> datetime:
    """The moment of a written time, for a demo that is loaded today."""
    return moment(today, when.day, when.at)


def _sitting(case: Case, when: When, answers: Answers, today: date) -> Sitting:
    end = at(when, today)
    return Sitting(end - timedelta(minutes=case.minutes), end, answers)
