"""The closed vocabulary in which an edition says when: no code in data.

A condition sees only the answers on the path. A question that is not on the path has no
answer, so every plain statement about it is false (and `not` of that is true).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guidance.rulebook.tables import Table


@dataclass(frozen=True, slots=True)
class OneOf:
    """The question was answered with one of these options (`is` has just one)."""

    question: str
    options: tuple[str, ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it is so for these answers on the path."""
        return answers.get(self.question) in self.options

    def mentions(self) -> Iterator["OneOf | Answered"]:
        """Every plain statement in the condition."""
        yield self


@dataclass(frozen=True, slots=True)
class Answered:
    """The question was asked and answered, whatever the answer."""

    question: str

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it is so for these answers on the path."""
        return self.question in answers

    def mentions(self) -> Iterator["OneOf | Answered"]:
        """Every plain statement in the condition."""
        yield self


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: "tuple[Condition, ...]"

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it is so for these answers on the path."""
        return all(part.holds(answers) for part in self.parts)

    def mentions(self) -> Iterator[OneOf | Answered]:
        """Every plain statement in the condition."""
        for part in self.parts:
            yield from part.mentions()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: "tuple[Condition, ...]"

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it is so for these answers on the path."""
        return any(part.holds(answers) for part in self.parts)

    def mentions(self) -> Iterator[OneOf | Answered]:
        """Every plain statement in the condition."""
        for part in self.parts:
            yield from part.mentions()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it is so for these answers on the path."""
        return not self.part.holds(answers)

    def mentions(self) -> Iterator[OneOf | Answered]:
        """Every plain statement in the condition."""
        yield from self.part.mentions()


Condition = OneOf | Answered | AllOf | AnyOf | Not

FORMS = (
    "write {question, is}, {question, one_of}, {question, answered = true}, "
    "{all}, {any} or {not}, and nothing else in the same braces"
)
MOST_NESTED = 10  # deeper than any person can read


def read_condition(table: Table, depth: int = 0) -> Condition:
    """The condition in a TOML table; raises `EditionError` that names the file and key."""
    if depth > MOST_NESTED:
        raise table.error("", f"is nested deeper than {MOST_NESTED} levels")
    match sorted(table.names):
        case ["is", "question"]:
            condition: Condition = OneOf(table.text("question"), (table.text("is"),))
        case ["one_of", "question"]:
            condition = OneOf(table.text("question"), table.texts("one_of", least=1))
        case ["answered", "question"]:
            condition = Answered(table.text("question"))
            if not table.flag("answered"):
                raise table.error("answered", "can only be true; use {not = ...} for the opposite")
        case ["all"]:
            condition = AllOf(_parts(table, "all", depth))
        case ["any"]:
            condition = AnyOf(_parts(table, "any", depth))
        case ["not"]:
            condition = Not(read_condition(table.table("not"), depth + 1))
        case _:
            raise table.error("", FORMS)
    return condition


def _parts(table: Table, name: str, depth: int) -> tuple[Condition, ...]:
    parts = tuple(read_condition(part, depth + 1) for part in table.tables(name))
    if not parts:
        raise table.error(name, "is empty: it needs at least one condition")
    return parts
