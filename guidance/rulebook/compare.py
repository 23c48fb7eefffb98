"""Two editions side by side: questions, steps, rules and golden rules, with what differs marked.

Things of the same id (golden rules: of the same number) stand beside each other, in the order of
the first edition, with what only the second has put in where it stands there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from guidance.rulebook.schema import Edition, GoldenRule, Guide, Question, Rule
from guidance.rulebook.words import OUTCOME_WORDS, condition_words

T = TypeVar("T")
Texts = Mapping[str, str]  # lines by what makes two of them the same line


class Mark(StrEnum):
    """How a line or a thing stands to its fellow in the other edition."""

    SAME = "same"
    OTHER = "other-words"
    ONLY = "only-here"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and how it stands to the other edition."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a thing, such as its hint, in both editions."""

    name: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Whether any line is other than in the other edition."""
        return any(line.mark is not Mark.SAME for line in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in both editions; its title in an edition is "" where that does not have it."""

    id: str
    left: str
    right: str
    parts: tuple[Part, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of the parts that differ; none when only one edition has the thing."""
        return tuple(part.name for part in self.parts if part.differs) if self.in_both else ()

    @property
    def in_both(self) -> bool:
        """Whether both editions have it."""
        return bool(self.left and self.right)

    @property
    def differs(self) -> bool:
        """Whether only one edition has it, or it is not the same in both."""
        return not self.in_both or bool(self.differing)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in two editions, thing by thing."""

    questions: tuple[Pair, ...]
    steps: tuple[Pair, ...]
    rules: tuple[Pair, ...]
    golden_rules: tuple[Pair, ...]

    @property
    def differs(self) -> bool:
        """Whether anything differs at all."""
        groups = (self.questions, self.steps, self.rules, self.golden_rules)
        return any(pair.differs for group in groups for pair in group)


def compare(left: Edition, right: Edition) -> Comparison:
    """The two editions side by side; an edition compared with itself differs in nothing."""
    return Comparison(
        questions=_pairs(
            {one.id: one for one in left.questions},
            {one.id: one for one in right.questions},
            lambda one: one.guide.title,
            _of_question,
        ),
        steps=_pairs(left.steps, right.steps, lambda one: one.title, _of_guide),
        rules=_pairs(_numbered(left), _numbered(right), lambda one: one[1].title, _of_rule),
        golden_rules=_pairs(
            {str(one.number): one for one in left.golden_rules},
            {str(one.number): one for one in right.golden_rules},
            lambda one: one.title,
            _of_golden_rule,
        ),
    )


def merged(left: Iterable[str], right: Iterable[str]) -> list[str]:
    """The ids of both, once each: the left order, the rest put in after what goes before them."""
    order = list(left)
    place = 0
    for name in right:
        if name not in order:
            order.insert(place, name)
        place = order.index(name) + 1
    return order


def _pairs(
    left: Mapping[str, T],
    right: Mapping[str, T],
    title: Callable[[T], str],
    texts: Callable[[T], Iterator[tuple[str, Texts]]],
) -> tuple[Pair, ...]:
    def pair(name: str) -> Pair:
        one, other = left.get(name), right.get(name)
        return Pair(
            name,
            "" if one is None else title(one),
            "" if other is None else title(other),
            _parts(
                {} if one is None else dict(texts(one)), {} if other is None else dict(texts(other))
            ),
        )

    return tuple(pair(name) for name in merged(left, right))


def _parts(left: Mapping[str, Texts], right: Mapping[str, Texts]) -> tuple[Part, ...]:
    return tuple(
        Part(
            name,
            _marked(left.get(name, {}), right.get(name, {})),
            _marked(right.get(name, {}), left.get(name, {})),
        )
        for name in merged(left, right)
        if left.get(name) or right.get(name)
    )


def _marked(here: Texts, there: Texts) -> tuple[Line, ...]:
    return tuple(
        Line(
            text,
            Mark.ONLY if key not in there else Mark.SAME if there[key] == text else Mark.OTHER,
        )
        for key, text in here.items()
    )


def _of_question(question: Question) -> Iterator[tuple[str, Texts]]:
    yield "Title", _single(question.guide.title)
    yield "When it is asked", _single(_sentence(condition_words(question.ask_when)))
    yield "Answers", {one.id: _both(one.label, one.hint) for one in question.options}
    yield from _rest_of_guide(question.guide)


def _of_guide(guide: Guide) -> Iterator[tuple[str, Texts]]:
    yield "Title", _single(guide.title)
    yield from _rest_of_guide(guide)


def _rest_of_guide(guide: Guide) -> Iterator[tuple[str, Texts]]:
    origin = f"Key question {guide.number} of 7." if guide.number else "Our addition."
    yield "Where it comes from", _single(" ".join(filter(None, [origin, guide.added])))
    yield "Hint", _single(guide.hint)
    yield "Help", _each(guide.help)
    yield "What to consider", _each(guide.consider)
    yield "Why it is asked", _single(guide.why)


def _of_rule(numbered: tuple[int, Rule]) -> Iterator[tuple[str, Texts]]:
    place, rule = numbered
    yield "Place", _single(f"{place}")
    yield "Outcome", _single(OUTCOME_WORDS[rule.outcome])
    yield "When it applies", _single(_sentence(condition_words(rule.when)))
    yield "What the person reads", _single(f"{rule.title}. {rule.text}")
    yield "Next steps", _each(rule.next_steps)


def _of_golden_rule(rule: GoldenRule) -> Iterator[tuple[str, Texts]]:
    yield "Rule", _single(rule.title)
    yield "Text", _single(rule.text)


def _numbered(edition: Edition) -> dict[str, tuple[int, Rule]]:
    return {rule.id: (place, rule) for place, rule in enumerate(edition.rules, start=1)}


def _single(text: str) -> Texts:
    return {"": text} if text else {}


def _each(texts: Sequence[str]) -> Texts:
    return {text: text for text in texts}


def _both(label: str, hint: str) -> str:
    return f"{label} – {hint}" if hint else label


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
