"""What the answers of another edition become in this one: data of the edition, read strictly.

Nothing is guessed. An answer that has no honest counterpart is listed under `lost`, with the
reason, and a decision that has it on its path cannot be compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guidance.rulebook.schema import Edition, EditionError
from guidance.rulebook.tables import Table, read_each

FILE = "edition.toml"
Answer = tuple[str, str]  # question and option


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer of the other edition that has no counterpart here, and why."""

    question: str
    option: str
    why: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """How the answers of one other edition are read in the edition that holds this."""

    origin: str  # the id of the other edition
    text: str  # what carries over and what does not, for people to read
    same: tuple[str, ...]  # questions whose answers keep their ids
    not_asked: tuple[str, ...]  # questions of the other edition that this one does not need
    tried: tuple[str, ...]  # questions only asked here: every answer is tried
    becomes: Mapping[Answer, Answer]
    lost: tuple[Lost, ...]

    def of(self, question: str, option: str) -> "Answer | Lost | None":
        """What the answer is here; None when this edition does not ask, or nothing is said."""
        for one in self.lost:
            if (one.question, one.option) == (question, option):
                return one
        if (question, option) in self.becomes:
            return self.becomes[question, option]
        return (question, option) if question in self.same else None

    def covers(self, question: str, option: str) -> bool:
        """Whether it says anything of this answer."""
        return question in self.not_asked or self.of(question, option) is not None


def read_crosswalks(head: Table) -> Mapping[str, Crosswalk]:
    """The edition's crosswalks by the edition they come from; editions may have none."""
    if not head.has("crosswalk"):
        return MappingProxyType({})
    found = read_each(head, "crosswalk", _crosswalk, lambda one: one.origin)
    return MappingProxyType({one.origin: one for one in found})


def unresolved(edition: Edition) -> Iterator[EditionError]:
    """An error for every name of this edition's own that a crosswalk mentions and none has."""
    options = {one.id: [option.id for option in one.options] for one in edition.questions}
    for origin, crosswalk in edition.crosswalks.items():
        if origin == edition.id:
            yield _error(origin, "from", "is this edition itself: its answers need no crosswalk")
        for question in (*crosswalk.same, *crosswalk.tried):
            if question not in options:
                yield _unknown(origin, "question here", question, options)
        for question in crosswalk.not_asked:
            if question in options:
                yield _error(origin, "not_asked", f"{question} is asked here too")
        for question, option in crosswalk.becomes.values():
            if question not in options:
                yield _unknown(origin, "question here", question, options)
            elif option not in options[question]:
                yield _unknown(origin, f"option of {question} here", option, options[question])


def faults(edition: Edition, editions: Mapping[str, Edition]) -> Iterator[EditionError]:
    """What is wrong with the edition's crosswalks beside the editions they come from.

    Names must exist there, and every answer there must be spoken of.
    """
    for origin, crosswalk in edition.crosswalks.items():
        if origin not in editions:
            yield _unknown(origin, "edition", origin, editions)
            continue
        there = editions[origin]
        options = {one.id: [option.id for option in one.options] for one in there.questions}
        yield from _unknown_there(crosswalk, options)
        yield from _unsaid(crosswalk, edition, options)
        for question in crosswalk.tried:
            if question in options:
                yield _error(origin, "tried", f"{question} is asked by {origin} too")


def _unknown_there(
    crosswalk: Crosswalk, options: Mapping[str, list[str]]
) -> Iterator[EditionError]:
    origin = crosswalk.origin
    answers = [*crosswalk.becomes, *((one.question, one.option) for one in crosswalk.lost)]
    for question in (*crosswalk.same, *crosswalk.not_asked, *(name for name, _ in answers)):
        if question not in options:
            yield _unknown(origin, f"question of {origin}", question, options)
    for question, option in answers:
        if question in options and option not in options[question]:
            yield _unknown(origin, f"option of {question} in {origin}", option, options[question])


def _unsaid(
    crosswalk: Crosswalk, edition: Edition, options: Mapping[str, list[str]]
) -> Iterator[EditionError]:
    here = {one.id: {option.id for option in one.options} for one in edition.questions}
    for question, names in options.items():
        for option in names:
            if not crosswalk.covers(question, option):
                problem = f"says nothing of {question} {option}; list it under answer or lost"
                yield _error(crosswalk.origin, "", problem)
                continue
            became = crosswalk.of(question, option)
            if isinstance(became, tuple) and became[1] not in here[became[0]]:
                problem = f"{question} has no {option} here; list it under answer or lost"
                yield _error(crosswalk.origin, "same", problem)


def _crosswalk(table: Table) -> Crosswalk:
    return Crosswalk(
        origin=table.identity("from"),
        text=table.text("text"),
        same=table.texts("same"),
        not_asked=table.texts("not_asked") if table.has("not_asked") else (),
        tried=table.texts("tried") if table.has("tried") else (),
        becomes=MappingProxyType(_becomes(table)),
        lost=_lost(table),
    )


def _becomes(table: Table) -> dict[Answer, Answer]:
    found: dict[Answer, Answer] = {}
    for entry in table.tables("answer") if table.has("answer") else ():
        to = (entry.text("to_question"), entry.text("to_option"))
        for answer in _answers(entry):
            if answer in found:
                raise entry.error("options", f"{answer[0]} {answer[1]} is given twice")
            found[answer] = to
        entry.close()
    return found


def _lost(table: Table) -> tuple[Lost, ...]:
    found: list[Lost] = []
    for entry in table.tables("lost") if table.has("lost") else ():
        why = entry.text("why")
        found += (Lost(question, option, why) for question, option in _answers(entry))
        entry.close()
    return tuple(found)


def _answers(entry: Table) -> list[Answer]:
    question = entry.text("question")
    return [(question, option) for option in entry.texts("options", least=1)]


def _error(origin: str, name: str, problem: str) -> EditionError:
    return EditionError(FILE, ".".join(filter(None, ["crosswalk", origin, name])), problem)


def _unknown(
    origin: str, kind: str, name: str, known: Mapping[str, object] | list[str]
) -> EditionError:
    return _error(origin, "", f"no {kind} is called {name}; known: {', '.join(known)}")
