"""From `cases/*.toml` (one file a team) to cases. Strict, and without a database.

Whatever is not understood is refused, and so is a case that does not reach the outcome it
expects or is not in the state it says, so a mistake shows before anything is written.
"""

from collections.abc import Iterable
from datetime import time
from functools import cache
from pathlib import Path

from decisions.demo.cases import Case, Earlier, Expect, Looked, Reading, State, When
from decisions.demo.checking import problem
from decisions.demo.people import DemoCast, cast
from decisions.demo.reading_items import read_items
from decisions.demo.working_days import CLOSES, OPENS
from decisions.wizard.answers import (
    ABOUT,
    DECIDE,
    FIELDS,
    RIGHT_WAY,
    TOLD,
    URGENT,
    Answers,
    StepAnswers,
    details,
)
from guidance.rulebook import catalogue
from guidance.rulebook.schema import DECISIONS, Detail, Edition, Outcome, Question
from guidance.rulebook.tables import Table, read_table

FOLDER = Path(__file__).resolve().parent / "cases"
# The others must be written where their step is.
_LEFT_EMPTY = {"told_reason", "reason", "method_more", "items"}


@cache
def shipped() -> tuple[Case, ...]:
    """Every shipped case; raises `EditionError` that names the file, case and key."""
    files = sorted(FOLDER.glob("*.toml"))
    return read_cases(((file.name, file.read_bytes()) for file in files), cast())


def read_cases(files: Iterable[tuple[str, bytes]], people: DemoCast) -> tuple[Case, ...]:
    """The cases in these files; a case reference used twice is refused."""
    found: dict[str, Case] = {}
    for name, content in files:
        table = read_table(name, content)
        team = table.word("team", people.teams)
        for entry in table.tables("case"):
            for case in _cases(entry, team, people):
                if case.id in found:
                    raise entry.error("id", "is used twice")
                found[case.id] = case
        table.close()
    return tuple(found.values())


def _cases(table: Table, team: str, people: DemoCast) -> list[Case]:
    """The case, and its follow-up when it has one."""
    edition = catalogue.shipped()[table.word("edition", catalogue.shipped())]
    about = {"case_reference": table.text("id"), "agreement": _protocol(table, edition)}
    case = Case(
        id=about["case_reference"],
        team=team,
        by=table.word("by", people.practitioners(team)),
        edition=edition,
        state=State(table.word("state", list(State))),
        when=_when(table),
        minutes=table.number("minutes"),
        answers=_answers(table, edition, about),
        expect=_expect(table.table("expect")),
        earlier=_earlier(table, edition) if table.has("earlier") else None,
        readings=_readings(table, people, team),
    )
    follow_up = _follow_up(table.table("follow-up"), case) if table.has("follow-up") else None
    table.close()
    return [_in_order(table, case), *([follow_up] if follow_up else [])]


def _follow_up(table: Table, first: Case) -> Case:
    """The sealed follow-up of an urgent case; what both share is written once, in the first."""
    given = _answers(table, first.edition, first.answers[ABOUT])
    fixed = {URGENT: {"answer": "no", "reason": ""}}
    case = Case(
        id=f"{first.id} follow-up",
        team=first.team,
        by=first.by,
        edition=first.edition,
        state=State.SEALED,
        when=_when(table),
        minutes=table.number("minutes"),
        answers={ABOUT: given[ABOUT], **fixed, **given},
        expect=_expect(table.table("expect")),
        earlier=None,
        readings=(),
        after=first,
    )
    table.close()
    return _in_order(table, case)


def _in_order(table: Table, case: Case) -> Case:
    if (wrong := problem(case)) is not None:
        raise table.error("", wrong)
    return case


def _answers(table: Table, edition: Edition, about: StepAnswers) -> Answers:
    """Every step in the order in which it would have been saved."""
    steps, items = _steps(table, edition), read_items(table, edition)
    last = {DECIDE: steps.pop(DECIDE)} if DECIDE in steps else {}
    return {ABOUT: about, **_gates(table, edition), **steps, **items, **last}


def _protocol(table: Table, edition: Edition) -> str:
    known = [option.id for asked in edition.context for option in asked.options]
    return table.word("protocol", known) if table.has("protocol") else ""


def _when(table: Table) -> When:
    day, text = table.number("day"), table.text("at")
    try:
        at = time.fromisoformat(text)
    except ValueError:
        raise table.error("at", f"{text!r} is not a time of day such as 10:40") from None
    if at.tzinfo is not None or not OPENS <= at <= CLOSES:
        raise table.error("at", f"{text!r} is not within working hours")
    return When(day, at)


def _gates(table: Table, edition: Edition) -> Answers:
    """The answers, each with the person's own reasons ("" where they gave none) and details."""
    answers, reasons = table.table("answers"), _optional(table, "reasons")
    details = _optional(table, "details")
    gates = {}
    for question in edition.questions:
        if answers.has(question.id):
            options = [option.id for option in question.options]
            reason = _prose(reasons, question.id) if reasons.has(question.id) else ""
            answer = answers.word(question.id, options)
            facts = _details(details, question, answer)
            gates[question.id] = {"answer": answer, "reason": reason, **facts}
    for part in (answers, reasons, details):
        part.close()
    return gates


def _details(table: Table, question: Question, answer: str) -> dict[str, str]:
    """What is said beside an answer; a detail that its answer does not show is refused."""
    given = _optional(table, question.id)
    said = _facts(given, (detail for detail in question.details if detail.is_shown(answer)))
    given.close()
    return said


def _facts(given: Table, offered: Iterable[Detail]) -> dict[str, str]:
    """The details that are written down, of those that are offered."""
    said = {}
    for detail in offered:
        if given.has(detail.id):
            choices = [choice.id for choice in detail.choices]
            said[detail.id] = (
                given.word(detail.id, choices) if choices else _prose(given, detail.id)
            )
    return said


def _optional(table: Table, name: str) -> Table:
    return table.table(name) if table.has(name) else Table(table.file, table.key, {})


def _steps(table: Table, edition: Edition) -> dict[str, StepAnswers]:
    steps: dict[str, StepAnswers] = {}
    for step, fixed in ((RIGHT_WAY, {"told": TOLD}), (DECIDE, {"decision": DECISIONS})):
        if table.has(step):
            given = table.table(step)
            own = {name: _field(given, name, fixed.get(name)) for name in FIELDS[step]}
            steps[step] = {**own, **_facts(given, details(edition, step))}
            given.close()
    return steps


def _field(table: Table, name: str, allowed: Iterable[str] | None) -> str:
    if allowed is not None:
        return table.word(name, allowed)
    if name in _LEFT_EMPTY and not table.has(name):
        return ""
    return _prose(table, name)


def _prose(table: Table, name: str) -> str:
    """Text as a person would have typed it: the file's line breaks go, its paragraphs stay."""
    paragraphs = table.text(name).strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _expect(table: Table) -> Expect:
    expect = Expect(
        outcome=Outcome(table.word("outcome", list(Outcome))),
        rule=table.text("rule") if table.has("rule") else "",
    )
    table.close()
    return expect


def _earlier(table: Table, edition: Edition) -> Earlier:
    entry = table.table("earlier")
    earlier = Earlier(_when(entry), _gates(entry, edition))
    entry.close()
    return earlier


def _readings(table: Table, people: DemoCast, team: str) -> tuple[Reading, ...]:
    entries = table.tables("reading") if table.has("reading") else []
    readings = []
    for entry in entries:
        by = entry.word("by", people.readers(team))
        looked = Looked(entry.word("looked", list(Looked)))
        readings.append(Reading(by, looked, _when(entry)))
        entry.close()
    return tuple(readings)
