"""From an edition's files to an `Edition`. Strict: whatever is not understood is refused."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from guidance.rulebook import crosswalk
from guidance.rulebook.citations import read_citation
from guidance.rulebook.conditions import read_condition
from guidance.rulebook.details import read_details, read_words
from guidance.rulebook.names import unresolved
from guidance.rulebook.right_way import read_item_field, read_method
from guidance.rulebook.schema import (
    SECTORS,
    Context,
    Edition,
    EditionError,
    GoldenRule,
    Guide,
    ItemList,
    Option,
    Outcome,
    Question,
    Rule,
)
from guidance.rulebook.tables import Table, read_each, read_table

FILES = ("citations.toml", "edition.toml", "outcomes.toml", "questions.toml")
STATUSES = ("current", "withdrawn")
STEPS = ("about", "right-way", "record")
NEEDED_STEPS = ("right-way", "record")  # editions stored before "about" had words do without
OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.INCOMPLETE)


def read_folder(path: Path) -> dict[str, bytes]:
    """The exact bytes of an edition's four files by name.

    Raises `EditionError` when one is missing or another visible file lies beside them.
    """
    try:
        found = {entry.name for entry in path.iterdir() if not entry.name.startswith(".")}
        _check_names(found)
        return {name: (path / name).read_bytes() for name in FILES}
    except OSError as error:
        name = Path(error.filename or path).name
        raise EditionError(name, "", f"cannot be read: {error.strerror}") from None


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256, in hexadecimal, of what `sha256sum` prints for the files in order of name."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def load_edition(files: Mapping[str, bytes]) -> Edition:
    """The edition in these files; raises `EditionError` that names the file and key."""
    _check_names(set(files))
    citations, head, outcomes, questions = (read_table(name, files[name]) for name in FILES)
    edition = Edition(
        id=head.identity(),
        title=head.text("title"),
        status=head.word("status", STATUSES),
        notice=head.text("notice", empty=True),
        legal_review=head.text("legal_review"),
        jurisdiction=head.text("jurisdiction"),
        published=head.text("published"),
        checked=head.day("checked"),
        golden_rules=read_each(head, "golden_rule", _golden_rule, lambda rule: rule.number),
        questions=read_each(questions, "question", _question, lambda question: question.id),
        steps=_steps(questions),
        context=read_each(questions, "context", _context, lambda context: context.id),
        rules=read_each(outcomes, "rule", _rule, lambda rule: rule.id),
        citations=MappingProxyType(
            {c.id: c for c in read_each(citations, "citation", read_citation, lambda c: c.id)}
        ),
        digest=digest(files),
        files=MappingProxyType(dict(files)),
        items=_items(questions.table("items")) if questions.has("items") else None,
        methods=read_each(questions, "method", read_method, lambda method: method.id)
        if questions.has("method")
        else (),
        crosswalks=crosswalk.read_crosswalks(head),
    )
    for table in (citations, head, outcomes, questions):
        table.close()
    for error in (*unresolved(edition), *crosswalk.unresolved(edition)):
        raise error
    return edition


def _check_names(found: set[str]) -> None:
    for name in sorted(set(FILES) - found):
        raise EditionError(name, "", "is missing")
    for name in sorted(found - set(FILES)):
        raise EditionError(name, "", f"does not belong here; an edition is {', '.join(FILES)}")


def _guide(table: Table) -> Guide:
    return Guide(
        title=table.text("title"),
        hint=table.text("hint", empty=True),
        help=table.texts("help", least=1),
        consider=table.texts("consider"),
        why=table.text("why"),
        golden_rules=table.numbers("golden_rules"),
        sources=table.texts("sources", least=1),
        number=table.number("number") if table.has("number") else None,
        added=table.text("added", empty=True) if table.has("added") else "",
    )


def _option(table: Table) -> Option:
    when = "offered_when"
    return Option(
        id=table.identity(),
        label=table.text("label"),
        hint=table.text("hint", empty=True),
        reason=table.text("reason"),
        sectors=table.words("sectors", SECTORS) if table.has("sectors") else (),
        offered_when=read_condition(table.table(when)) if table.has(when) else None,
    )


def _options(table: Table) -> tuple[Option, ...]:
    return read_each(table, "option", _option, lambda option: option.id)


def _question(table: Table) -> Question:
    required = "reason_required_for"
    return Question(
        id=table.identity(),
        guide=_guide(table),
        options=_options(table),
        ask_when=read_condition(table.table("ask_when")) if table.has("ask_when") else None,
        reason_required_for=table.texts(required) if table.has(required) else (),
        details=read_details(table),
    )


def _steps(table: Table) -> Mapping[str, Guide]:
    steps = dict(read_each(table, "step", _step, lambda one: one[0]))
    for name in NEEDED_STEPS:
        if name not in steps:
            raise table.error("step", f"{name} is missing")
    return MappingProxyType(steps)


def _step(table: Table) -> tuple[str, Guide]:
    name = table.word("id", STEPS)
    words, details = read_words(table), read_details(table, name)
    return name, replace(_guide(table), words=words, details=details)


def _context(table: Table) -> Context:
    return Context(id=table.identity(), title=table.text("title"), options=_options(table))


def _items(table: Table) -> ItemList:
    fields = read_each(table, "field", read_item_field, lambda one: one.id)
    if "what" not in {one.id for one in fields}:
        raise table.error("field", "what is missing")
    items = ItemList(_guide(table), MappingProxyType({one.id: one for one in fields}))
    table.close()
    return items


def _rule(table: Table) -> Rule:
    return Rule(
        id=table.identity(),
        when=read_condition(table.table("when")),
        outcome=Outcome(table.word("outcome", OUTCOMES)),
        title=table.text("title"),
        text=table.text("text"),
        next_steps=table.texts("next_steps"),
        sources=table.texts("sources"),
    )


def _golden_rule(table: Table) -> GoldenRule:
    return GoldenRule(
        number=table.number("number"),
        title=table.text("title"),
        text=table.text("text"),
        sources=table.texts("sources", least=1),
        speaks=table.texts("speaks") if table.has("speaks") else (),
    )
