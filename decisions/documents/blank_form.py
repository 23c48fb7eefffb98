"""The questions of an edition on paper, for when there is no signal.

It is made from the edition and from the wizard's own forms, so that the paper asks what the
pages ask. Nothing on it is about anybody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from string import ascii_uppercase

from django import forms

from decisions.documents.printable import printable
from decisions.documents.renderer import draw
from decisions.documents.templates import template
from decisions.wizard.advice.forms import AdviceForm
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY, guide
from decisions.wizard.dates import MONTHS
from decisions.wizard.forms import StepForm, form_for
from decisions.wizard.items.forms import ItemsForm
from decisions.wizard.journey import Journey
from decisions.wizard.presentation import step_title
from guidance.adoption import words
from guidance.rulebook.conditions import AnyOf, Condition
from guidance.rulebook.schema import Edition
from guidance.rulebook.words import Labels, condition_words
from infoshare.fields import LongTextField

LINES = 2  # for a longer text; there is the back of the sheet


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing to fill in: boxes to tick, or lines to write on."""

    label: str
    options: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Blanks that belong to the same answers; `answers` is "" when to any."""

    answers: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the wizard. It is asked when one of `when` holds; always when there is none."""

    title: str
    hint: str
    groups: tuple[Group, ...]
    letter: str = ""  # "" where it is no question
    when: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def blank_form_pdf(edition: Edition, review: str = "") -> bytes:
    """PDF/A-3a of the edition's blank form, made once; the same bytes in any process.

    `review` says how its legal review stands for an organisation; without, it is the edition's own.
    Raises `FontMissingError` when the bundled fonts are not installed.
    """
    name = sha256(f"{edition.digest} {review}".encode()).hexdigest()[:32]
    return draw(blank_form_html(edition, review), None, name.encode("ascii"))


def blank_form_html(edition: Edition, review: str = "") -> str:
    """The page that `blank_form_pdf` prints."""
    own = words.sentence(words.review(edition.legal_review, edition.status, "", None))
    return template("blank-form.html").render(
        edition=edition,
        review=printable(review or own),
        short=words.short(edition.digest),
        urgent=edition.questions[0].guide,
        checked=_day(edition.checked),
        parts=list(parts(edition)),
        advice=_blanks(AdviceForm.base_fields.values()),
    )


def parts(edition: Edition) -> Iterator[Part]:
    """Every page of the wizard in its order, each question whatever the answers were."""
    journey = Journey(edition, {})
    yield _step(journey, ABOUT)
    letters = dict(zip((one.id for one in edition.questions), ascii_uppercase, strict=False))
    say = Labels(edition, letters)
    for question in edition.questions:
        form = form_for(question.id)(journey=journey, step=question.id)
        # Every option: which of them the page would offer depends on earlier answers.
        answer = Blank("", tuple(option.label for option in question.options))
        reason = _blank(form.fields["reason"])
        yield Part(
            letter=letters[question.id],
            title=question.guide.title,
            hint=question.guide.hint,
            when=tuple(condition_words(one, say) for one in _alternatives(question.ask_when)),
            groups=(Group("", (answer,)), *_details(form), Group("", (reason,))),
        )
    yield _step(journey, RIGHT_WAY)
    if edition.items:
        asked = edition.items.guide
        blanks = _blanks(ItemsForm(edition.items, {}).fields.values())
        yield Part(title=asked.title, hint=asked.hint, groups=(Group("", blanks),))
    yield _step(journey, DECIDE)


def _alternatives(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, AnyOf) else (condition,)


def _step(journey: Journey, step: str) -> Part:
    asked = guide(journey.edition, step)
    form = form_for(step)(journey=journey, step=step)
    return Part(
        title=asked.title if asked else step_title(journey, step),
        hint=asked.hint if asked else "",
        groups=(Group("", _blanks(bound.field for bound in form.own())), *_details(form)),
    )


def _details(form: StepForm) -> Iterator[Group]:
    for group in form.details():
        yield Group(group.labels, _blanks(bound.field for _, bound in group.fields))


def _blanks(fields: Iterable[forms.Field]) -> tuple[Blank, ...]:
    return tuple(_blank(field) for field in fields if not field.widget.is_hidden)


def _blank(field: forms.Field) -> Blank:
    """Boxes for a field with choices, else as many lines as its text needs."""
    label = str(field.label or "")
    choices = [(value, str(name)) for value, name in getattr(field, "choices", ())]
    if isinstance(field, forms.BooleanField):
        return Blank("", (label,))
    if choices:
        return Blank(label, tuple(name for value, name in choices if value))
    return Blank(label, lines=LINES if isinstance(field, LongTextField) else 1)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
