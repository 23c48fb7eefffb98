"""What is wrong with a case as a whole. Pure."""

from datetime import date, datetime, timedelta

from decisions.demo.cases import Case, Expect, State, When
from decisions.demo.working_days import moment
from decisions.wizard.answers import ABOUT, DECIDE, ITEMS, RIGHT_WAY, URGENT, Answers, text
from decisions.wizard.completeness import missing
from decisions.wizard.journey import Journey
from guidance.rulebook.schema import Outcome

_ANY_DAY = date(2026, 6, 15)  # only the order matters here


def problem(case: Case) -> str | None:
    """The first thing that is wrong with the case, as the end of a sentence; None when nothing."""
    return (
        _unexpected(case)
        or _unused(case)
        or _unsaid(case)
        or _unfit(case)
        or _out_of_order(case)
        or _earlier_not_parked(case)
        or _follows_wrongly(case)
    )


def earlier_answers(case: Case) -> Answers:
    """All that was saved when the case was parked: the path of that time, and nothing after it."""
    if case.earlier is None:
        raise ValueError(f"{case.id} was never parked")
    merged = {**case.answers, **case.earlier.answers}
    asked = Journey(case.edition, merged).conclusion.path.asked
    return {step: merged[step] for step in (ABOUT, *asked) if step in merged}


def _unexpected(case: Case) -> str | None:
    conclusion = case.journey.conclusion
    reached = Expect(conclusion.outcome, conclusion.rule.id if conclusion.rule else "")
    if reached == case.expect:
        return None
    return f"reaches {reached.outcome} by {reached.rule or 'no rule'}, not what it expects"


def _unused(case: Case) -> str | None:
    used = set(case.journey.steps)
    unused = sorted(case.answers.keys() - used - ({ITEMS} if RIGHT_WAY in used else set()))
    return f"has an answer that is not on its path: {unused[0]}" if unused else None


def _unsaid(case: Case) -> str | None:
    """Why somebody is not told is left out of the record when they are told."""
    told, why = (text(case.answers, RIGHT_WAY, field) for field in ("told", "told_reason"))
    return "says why somebody is not told who is" if why and told != "no" else None


def _unfit(case: Case) -> str | None:
    journey, outcome = case.journey, case.journey.conclusion.outcome
    if case.state in (State.SEALED, State.READY):
        for step in journey.steps:
            if lacks := missing(journey, step, case.answers.get(step, {})):
                return f"lacks {step}: {' '.join(lacks.values())}"
        return None
    fits = journey.is_parked if case.state is State.PARKED else outcome is Outcome.INCOMPLETE
    if not fits or {RIGHT_WAY, DECIDE} & case.answers.keys():
        return f"is not {case.state}"
    return None


def _out_of_order(case: Case) -> str | None:
    ended = _at(case.when)
    if case.earlier and _at(case.earlier.when) >= ended - timedelta(minutes=case.minutes):
        return "was parked after it was taken up again"
    if case.readings and case.state is not State.SEALED:
        return "is read, but not sealed"
    if any(_at(reading.when) <= ended for reading in case.readings):
        return "is read before it is sealed"
    if len({(reading.by, reading.looked) for reading in case.readings}) < len(case.readings):
        return "is read twice in the same way by the same person"
    return None


def _earlier_not_parked(case: Case) -> str | None:
    if case.earlier is None or Journey(case.edition, earlier_answers(case)).is_parked:
        return None
    return "was not parked by its earlier answers"


def _at(when: When) -> datetime:
    return moment(_ANY_DAY, when.day, when.at)


def _follows_wrongly(case: Case) -> str | None:
    if case.after is None:
        return None
    if case.after.state is not State.SEALED or case.after.expect.rule != URGENT:
        return "follows up a case that was not sealed as an urgent one"
    began = _at(case.when) - timedelta(minutes=case.minutes)
    return "was begun before its urgent case was sealed" if began <= _at(case.after.when) else None
