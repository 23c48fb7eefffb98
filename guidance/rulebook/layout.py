"""Where everything of the drawing stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guidance.rulebook.flow import Exit, Stop, is_taken
from guidance.rulebook.schema import Conclusion, Option, Question
from guidance.rulebook.svg import wrapped
from guidance.rulebook.words import OUTCOME_WORDS

WIDTH, CARD_WIDTH, PADDING = 900, 800, 16
CARD_LEFT, CARD_RIGHT = WIDTH - CARD_WIDTH - 4, WIDTH - 4
TARGET_LEFT = CARD_LEFT + 470  # where the lines of a card say what follows
GAP, LANE = 28, 18
HEADING, TEXT, SMALL = 19, 16, 14
LEADING, HEADING_LEADING = 22, 26


@dataclass(slots=True)
class Row:
    """One line of a card: answers, and where they lead."""

    exit: Exit
    answers: list[str]
    target: list[str]
    top: float
    taken: bool  # the answers given lead over this row

    @property
    def height(self) -> float:
        left = len(self.answers) + (1 if self.exit.depends else 0)
        return max(left, len(self.target)) * LEADING + 16

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(slots=True)
class Card:
    """One question."""

    question: Question
    title: list[str]
    mark: list[str]  # what the answers given say here; [] off their path
    top: float
    rows: list[Row] = field(default_factory=list)

    @property
    def rows_top(self) -> float:
        head = len(self.title) * HEADING_LEADING + len(self.mark) * LEADING
        return self.top + PADDING + head + 6

    @property
    def bottom(self) -> float:
        last = self.rows[-1]
        return last.top + last.height + PADDING / 2

    @property
    def entry(self) -> float:
        """Where the way from earlier questions comes in."""
        return self.top + PADDING + 12


def lay_out(
    stops: tuple[Stop, ...], conclusion: Conclusion | None, marks: Mapping[str, str] | None = None
) -> list[Card]:
    """A card for each question from top to bottom, the path of the conclusion marked.

    `marks` says what stands on the path's cards, by question, where our own words do not fit.
    """
    cards: list[Card] = []
    top = 4.0
    for stop in stops:
        inside = CARD_WIDTH - 2 * PADDING
        card = Card(
            stop.question,
            wrapped(title(stop.question), inside, HEADING),
            wrapped(_mark(stop.question, conclusion, marks or {}), inside, TEXT),
            top,
        )
        y = card.rows_top
        for one in stop.exits:
            card.rows.append(_row(one, y, taken=is_taken(stop.question, one, conclusion)))
            y += card.rows[-1].height
        top = card.bottom + GAP
        cards.append(card)
    return cards


def title(question: Question) -> str:
    """The question with its number among the seven, if it has one."""
    number = question.guide.number
    return f"{number}. {question.guide.title}" if number else question.guide.title


def _row(one: Exit, top: float, *, taken: bool) -> Row:
    labels = "Any answer" if one.every_answer else " / ".join(o.label for o in one.answers)
    target = title(one.target) if isinstance(one.target, Question) else OUTCOME_WORDS[one.target]
    return Row(
        one,
        wrapped(labels, TARGET_LEFT - CARD_LEFT - 2 * PADDING, TEXT),
        wrapped(target, CARD_RIGHT - TARGET_LEFT - 24 - PADDING, TEXT),
        top,
        taken,
    )


def _mark(question: Question, conclusion: Conclusion | None, marks: Mapping[str, str]) -> str:
    if conclusion is None or question.id not in conclusion.path.asked:
        return ""
    if question.id in marks:
        return marks[question.id]
    if question.id == conclusion.path.next:
        return "You are here"
    return f"Your answer: {_given(question, conclusion.path.answers).label}"


def _given(question: Question, answers: Mapping[str, str]) -> Option:
    return question.option(answers[question.id])
