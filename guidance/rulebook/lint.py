"""What is wrong with an edition that can be read: rules that mislead, paths that end nowhere."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from guidance.rulebook import citations
from guidance.rulebook.conditions import Condition
from guidance.rulebook.outcome import first_rule, no_outcome
from guidance.rulebook.paths import every_path
from guidance.rulebook.schema import Edition, EditionError, Path
from guidance.rulebook.speaking import OTHER_METHOD, speakable

# Whether a protocol exists must never decide anything, whatever an edition's files declare.
NEVER_DECIDES = "agreement"
MOST_PATHS = 10_000  # more than anybody could review


def lint(edition: Edition) -> list[EditionError]:
    """Every fault found, each naming its file and key; empty when the edition may be used."""
    faults = [
        *_context_decides(edition),
        *_looks_forward(edition),
        *_uncited(edition),
        *citations.faults(edition),
        *_speaks_of_nothing(edition),
        *_no_other_method(edition),
    ]
    return faults or list(_along_the_paths(edition))


def _conditions(edition: Edition) -> Iterator[tuple[str, str, Condition]]:
    for question in edition.questions:
        if question.ask_when is not None:
            yield "questions.toml", f"question.{question.id}.ask_when", question.ask_when
        for option in question.options:
            if option.offered_when is not None:
                key = f"question.{question.id}.option.{option.id}.offered_when"
                yield "questions.toml", key, option.offered_when
    for name, step in edition.steps.items():
        for words in step.words:
            if words.instead is not None:
                key = f"step.{name}.field.{words.id}.instead.when"
                yield "questions.toml", key, words.instead.when
    for rule in edition.rules:
        yield "outcomes.toml", f"rule.{rule.id}.when", rule.when


def _context_decides(edition: Edition) -> Iterator[EditionError]:
    context = {NEVER_DECIDES, *(one.id for one in edition.context)}
    for file, key, condition in _conditions(edition):
        for name in sorted({mention.question for mention in condition.mentions()} & context):
            problem = f"mentions {name}, a context answer: it must never change what is asked"
            yield EditionError(file, key, f"{problem} or what follows")
    for question in edition.questions:
        if question.id in context:
            problem = "is the id of a context answer: no question may have it"
            yield EditionError("questions.toml", f"question.{question.id}", problem)


def _looks_forward(edition: Edition) -> Iterator[EditionError]:
    earlier: set[str] = set()
    for question in edition.questions:
        condition = question.ask_when
        mentioned = {mention.question for mention in condition.mentions()} if condition else set()
        for name in sorted(mentioned - earlier):
            key = f"question.{question.id}.ask_when"
            problem = f"looks at {name}, which is not asked before {question.id}"
            yield EditionError("questions.toml", key, problem)
        earlier.add(question.id)


def _uncited(edition: Edition) -> Iterator[EditionError]:
    for rule in edition.rules:
        if not rule.sources:
            problem = "is empty: a rule needs a citation with its date"
            yield EditionError("outcomes.toml", f"rule.{rule.id}.sources", problem)


def _speaks_of_nothing(edition: Edition) -> Iterator[EditionError]:
    known = speakable(edition)
    for rule in edition.golden_rules:
        for name in rule.speaks:
            if name not in known:
                problem = f"no answer is called {name}; known: {', '.join(sorted(known))}"
                yield EditionError("edition.toml", f"golden_rule.{rule.number}.speaks", problem)


def _no_other_method(edition: Edition) -> Iterator[EditionError]:
    if edition.methods and OTHER_METHOD not in {method.id for method in edition.methods}:
        problem = f"has no {OTHER_METHOD!r}: not every way can be foreseen"
        yield EditionError("questions.toml", "method", problem)


def _along_the_paths(edition: Edition) -> Iterator[EditionError]:
    paths = list(islice(every_path(edition), MOST_PATHS + 1))
    if len(paths) > MOST_PATHS:
        problem = f"lead through more than {MOST_PATHS:,} paths: nobody could review them"
        yield EditionError("questions.toml", "question", problem)
        return
    fired = Counter[str | None]()
    lost: list[Path] = []
    for path in paths:
        rule = first_rule(edition, path.answers)
        fired[rule.id if rule else None] += 1
        if rule is None:
            lost.append(path)
    yield from _never_asked(edition, {question for path in paths for question in path.asked})
    yield from (_lost(lost) if lost else ())
    for unused in edition.rules:
        if unused.id not in fired:
            problem = "can never fire: no path fits it, or an earlier rule takes every one"
            yield EditionError("outcomes.toml", f"rule.{unused.id}.when", problem)


def _never_asked(edition: Edition, asked: set[str]) -> Iterator[EditionError]:
    for question in edition.questions:
        if question.id not in asked:
            options = ", ".join(option.id for option in question.options)
            problem = f"is never true: nobody can reach the options {options}"
            yield EditionError("questions.toml", f"question.{question.id}.ask_when", problem)


def _lost(paths: list[Path]) -> Iterator[EditionError]:
    error = no_outcome(paths[0])
    others = len(paths) - 1
    more = f" (and {others:,} other path{'s' if others > 1 else ''})" if others else ""
    yield EditionError(error.file, error.key, error.problem + more)
