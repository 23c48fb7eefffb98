"""What a step still lacks, in the person's words. Pure.

The forms, the journey and the seal all ask here, so that they cannot disagree about when a
step is done.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from decisions.wizard.answers import (
    ABOUT,
    DECIDE,
    RIGHT_WAY,
    TOLD,
    StepAnswers,
    details,
    is_shown,
)
from decisions.wizard.dates import date_fault
from decisions.wizard.items.choice import missing_choice
from decisions.wizard.methods import missing_method
from decisions.wizard.own_words import missing_words
from guidance.rulebook.schema import DECISIONS, Detail, Outcome, Question
from infoshare import clock
from infoshare.typed_text import is_blank

if TYPE_CHECKING:
    from decisions.wizard.journey import Journey

Missing = Mapping[str, str]


def missing(journey: "Journey", step: str, given: StepAnswers) -> Missing:
    """What must be put right before the step is done: `{field: message}`, empty when nothing."""
    if step == ABOUT:
        own = _about(journey, given)
    elif step == RIGHT_WAY:
        own = {
            **_right_way(given),
            **missing_method(journey.edition, given),
            **missing_words(journey, step, given),
        }
    elif step == DECIDE:
        own = {**_decide(journey.conclusion.outcome, given), **missing_choice(journey, given)}
    else:
        own = _gate(journey.edition.question(step), given)
    return {**own, **dict(_details(journey, step, given))}


def _about(journey: "Journey", given: StepAnswers) -> Missing:
    lacks: dict[str, str] = {}
    if is_blank(given.get("case_reference", "")):
        lacks["case_reference"] = "Enter the case reference from your own system"
    known = {option.id for asked in journey.edition.context for option in asked.options}
    if given.get("agreement", "") not in known | {""}:
        lacks["agreement"] = "Choose one of the answers, or leave this out"
    return lacks


def _gate(question: Question, given: StepAnswers) -> Missing:
    answer = given.get("answer", "")
    if answer not in {option.id for option in question.options}:
        return {"answer": "Choose one answer"}
    if answer in question.reason_required_for and is_blank(given.get("reason", "")):
        return {"reason": "Write your reasons: this answer needs them in the record"}
    return {}


def _details(journey: "Journey", step: str, given: StepAnswers) -> Iterator[tuple[str, str]]:
    for detail in details(journey.edition, step):
        value = given.get(detail.id, "")
        if not is_shown(detail, given):
            continue
        if is_blank(value):
            if given.get(detail.of, "") in detail.required_when:
                yield detail.id, f"This answer needs it: {detail.label}"
        elif detail.choices and value not in {choice.id for choice in detail.choices}:
            yield detail.id, "Choose one of the answers, or leave this out"
        elif elsewhere := _leads_to(detail, value):
            title = journey.edition.question(elsewhere).guide.title
            yield detail.id, f"This belongs to another question. Answer it there: “{title}”"
        elif detail.kind in ("date", "past-date"):
            fault = date_fault(value, today=clock.today(), past=detail.kind == "past-date")
            if fault:
                yield detail.id, fault


def _leads_to(detail: Detail, value: str) -> str:
    return next((one.leads_to for one in detail.choices if one.id == value), "")


def _right_way(given: StepAnswers) -> Missing:
    needed = {
        "what": "Say what information you will share",
        "recipient": "Say who will get it: their role and organisation",
    }
    lacks = {name: words for name, words in needed.items() if is_blank(given.get(name, ""))}
    told = given.get("told", "")
    if told and told not in TOLD:
        lacks["told"] = "Choose one of the answers, or leave this out"
    elif told == "no" and is_blank(given.get("told_reason", "")):
        lacks["told_reason"] = "Say why the person is not told"
    return lacks


def _decide(outcome: Outcome, given: StepAnswers) -> Missing:
    decision = given.get("decision", "")
    if decision not in DECISIONS:
        return {"decision": "Choose your decision"}
    if decision != outcome and is_blank(given.get("reason", "")):
        return {"reason": "Say why you decide otherwise than suggested"}
    return {}
