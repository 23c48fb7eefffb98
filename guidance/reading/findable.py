"""What a search can find: every page, term, question, step and golden rule, as plain words."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from guidance.reading import markup
from guidance.reading.library import Library
from guidance.reading.schema import Page, Term
from guidance.reading.sections import BY_ID, GLOSSARY
from guidance.rulebook.schema import Edition, GoldenRule, Guide, Question


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a search can find."""

    kind: str  # what it is, in a reader's words
    place: str  # the name of its address in the room's urls
    names: tuple[str, ...]  # what that address is made of
    anchor: str  # the part of the page; "" for all of it
    title: str
    summary: str
    headings: str
    body: str
    edition: str = ""  # title of the edition it belongs to; "" for what belongs to none
    is_withdrawn: bool = False


def entries(library: Library, editions: Mapping[str, Edition]) -> tuple[Entry, ...]:
    """Everything in the library and in these editions, each once."""
    return (
        *(_page(library, page) for page in library.pages),
        *(_term(library, term) for term in library.terms),
        *(entry for edition in editions.values() for entry in _edition(edition)),
    )


def digest(found: tuple[Entry, ...]) -> str:
    """A fingerprint of all these words: 64 hexadecimal digits."""
    words = json.dumps([asdict(one) for one in found], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def _page(library: Library, page: Page) -> Entry:
    headings = list(library.headings(page).values())
    body = [text for text in markup.texts(library.words[page.file]) if text not in headings]
    return Entry(
        kind=BY_ID[page.section].title,
        place="library-page",
        names=(page.section, page.slug),
        anchor="",
        title=page.title,
        summary=page.summary,
        headings=" ".join(headings),
        body="\n".join(body),
    )


def _term(library: Library, term: Term) -> Entry:
    return Entry(
        kind=BY_ID[GLOSSARY].title,
        place="glossary",
        names=(),
        anchor=term.id,
        title=term.term,
        summary="",
        headings=", ".join(term.also),
        body="\n".join(markup.texts(library.words[f"term:{term.id}"])),
    )


def _edition(edition: Edition) -> Iterator[Entry]:
    for question in edition.questions:
        yield _guide(edition, question.id, question.guide, _answers(question))
    for name, guide in edition.steps.items():
        yield _guide(edition, name, guide, _fields(edition, guide))
    for rule in edition.golden_rules:
        yield _rule(edition, rule)


def _guide(edition: Edition, name: str, guide: Guide, more: list[str]) -> Entry:
    return Entry(
        kind=f"Key question {guide.number} of 7" if guide.number else "Question",
        place="question",
        names=(edition.id, name),
        anchor="",
        title=guide.title,
        summary=guide.hint,
        headings="",
        body="\n".join([*guide.help, *guide.consider, guide.why, *more]),
        edition=edition.title,
        is_withdrawn=_is_withdrawn(edition),
    )


def _answers(question: Question) -> list[str]:
    return [" ".join((option.label, option.hint)).strip() for option in question.options]


def _fields(edition: Edition, guide: Guide) -> list[str]:
    """The ways to send, which the page of question 6 lists."""
    if guide != edition.steps.get("right-way"):
        return []
    return [f"{method.label}: {method.safe}" for method in edition.methods]


def _rule(edition: Edition, rule: GoldenRule) -> Entry:
    return Entry(
        kind=f"Golden rule {rule.number}",
        place="edition",
        names=(edition.id,),
        anchor=f"golden-rule-{rule.number}",
        title=rule.title,
        summary="",
        headings="",
        body=rule.text,
        edition=edition.title,
        is_withdrawn=_is_withdrawn(edition),
    )


def _is_withdrawn(edition: Edition) -> bool:
    return edition.status == "withdrawn"
