"""Names in an edition that point at nothing."""

from collections.abc import Iterable, Iterator

from guidance.rulebook.conditions import Condition, OneOf
from guidance.rulebook.details import STEP_FIELDS
from guidance.rulebook.schema import Edition, EditionError, Guide, Question


def unresolved(edition: Edition) -> Iterator[EditionError]:
    """An error for every source, golden rule, question or option that does not exist."""
    for rule in edition.golden_rules:
        key = f"golden_rule.{rule.number}"
        yield from _sources(edition, "edition.toml", key, rule.sources)
    yield from _names_in_questions(edition)
    for outcome_rule in edition.rules:
        key = f"rule.{outcome_rule.id}"
        yield from _sources(edition, "outcomes.toml", key, outcome_rule.sources)
        yield from _condition(edition, "outcomes.toml", f"{key}.when", outcome_rule.when)


def _names_in_questions(edition: Edition) -> Iterator[EditionError]:
    file = "questions.toml"
    for question in edition.questions:
        key = f"question.{question.id}"
        yield from _guide(edition, key, question.guide)
        if question.ask_when is not None:
            yield from _condition(edition, file, f"{key}.ask_when", question.ask_when)
        known = [option.id for option in question.options]
        for name in question.reason_required_for:
            if name not in known:
                yield _unknown(file, f"{key}.reason_required_for", "option", name, known)
        yield from _details(edition, question, key)
        for option in question.options:
            if option.offered_when is not None:
                place = f"{key}.option.{option.id}.offered_when"
                yield from _condition(edition, file, place, option.offered_when)
    for name, guide in edition.steps.items():
        yield from _guide(edition, f"step.{name}", guide)
        yield from _step_fields(edition, name, guide)
    if edition.items is not None:
        yield from _guide(edition, "items", edition.items.guide)
    for method in edition.methods:
        yield from _sources(edition, file, f"method.{method.id}", method.sources)


def _details(edition: Edition, question: Question, key: str) -> Iterator[EditionError]:
    known = [option.id for option in question.options]
    asked = [one.id for one in edition.questions]
    before = asked[: asked.index(question.id)]
    for detail in question.details:
        place = f"{key}.detail.{detail.id}"
        for name in (choice.leads_to for choice in detail.choices):
            if name and name not in before:
                yield _unknown("questions.toml", place, "earlier question", name, before)
        for name in (*detail.show_when, *detail.required_when):
            if name not in known:
                yield _unknown("questions.toml", place, "option", name, known)
        for name in detail.required_when:
            if not detail.is_shown(name):
                problem = f"is required for {name} but not shown for it"
                yield EditionError("questions.toml", f"{place}.required_when", problem)


def _step_fields(edition: Edition, name: str, guide: Guide) -> Iterator[EditionError]:
    for words in guide.words:
        if words.id not in STEP_FIELDS[name]:
            key = f"step.{name}.field.{words.id}"
            yield _unknown("questions.toml", key, "field", words.id, STEP_FIELDS[name])
        if words.instead is not None:
            key = f"step.{name}.field.{words.id}.instead.when"
            yield from _condition(edition, "questions.toml", key, words.instead.when)
    known: dict[str, list[str]] = {field: [] for field in STEP_FIELDS[name]}
    known |= {one.id: [option.id for option in one.options] for one in edition.context}
    for detail in guide.details:
        key = f"step.{name}.detail.{detail.id}"
        if detail.of and detail.of not in known:
            yield _unknown("questions.toml", f"{key}.of", "field", detail.of, known)
        for value in (*detail.show_when, *detail.required_when):
            if (values := known.get(detail.of)) and value not in values:
                yield _unknown("questions.toml", key, "value", value, values)
        known[detail.id] = [choice.id for choice in detail.choices]


def _guide(edition: Edition, key: str, guide: Guide) -> Iterator[EditionError]:
    yield from _sources(edition, "questions.toml", key, guide.sources)
    known = [rule.number for rule in edition.golden_rules]
    for number in guide.golden_rules:
        if number not in known:
            key = f"{key}.golden_rules"
            yield _unknown("questions.toml", key, "golden rule", number, known)


def _sources(
    edition: Edition, file: str, key: str, sources: tuple[str, ...]
) -> Iterator[EditionError]:
    for source in sources:
        if source not in edition.citations:
            known = edition.citations.keys()
            yield _unknown(file, f"{key}.sources", "citation", source, known)


def _condition(
    edition: Edition, file: str, key: str, condition: Condition
) -> Iterator[EditionError]:
    known = {question.id: question.options for question in edition.questions}
    known |= {context.id: context.options for context in edition.context}
    for mention in condition.mentions():
        if mention.question not in known:
            yield _unknown(file, key, "question", mention.question, known)
        elif isinstance(mention, OneOf):
            options = [option.id for option in known[mention.question]]
            for name in mention.options:
                if name not in options:
                    yield _unknown(file, key, f"option of {mention.question}", name, options)


def _unknown(file: str, key: str, kind: str, name: object, known: Iterable[object]) -> EditionError:
    listed = ", ".join(str(one) for one in known)
    return EditionError(file, key, f"no {kind} is called {name}; known: {listed}")
