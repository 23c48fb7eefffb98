"""What a record says, section by section, from a finished journey. Pure.

Only steps on the path are written: an answer that no longer matters stays in the draft and
never reaches a sealed record (DESIGN section 5, trap 9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from decisions.records import whereabouts
from decisions.records.procedures import named_at
from decisions.wizard.answers import (
    ABOUT,
    DECIDE,
    RIGHT_WAY,
    details,
    own_fields,
    text,
)
from decisions.wizard.gate_changes import Change, sealed_changes
from decisions.wizard.items.choice import sealed_items
from decisions.wizard.journey import Journey
from decisions.wizard.labels import DECISION_LABELS
from decisions.wizard.methods import sealed_method
from decisions.wizard.used import detail_text, used_fields
from guidance.rulebook.schema import DECISIONS, Outcome
from infoshare.typed_text import is_blank

NOT_LEGAL_ADVICE = (
    "This outcome is a suggestion made from the answers given. It is not legal advice. "
    "The person who made the decision is named in this record."
)
NOT_ASKED_AGAIN = "This record answers the seven questions afterwards, so this is not asked again."


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who sealed the record, where and when."""

    record_id: str
    reference: str
    practitioner: tuple[str, str]  # id, name
    team: tuple[str, str]
    organisation: tuple[str, str, str]  # id, name, sector
    started_at: datetime
    sealed_at: datetime
    follows: str | None = None  # the reference of the record that this one decides anew
    handed_over: tuple[datetime, ...] = ()  # when a manager gave the draft to a colleague
    linked: int | None = None  # how many decisions there are on the matter, about several people
    adopted: Mapping[str, str] | None = None  # the adoption of the edition and its legal review
    follow_up_due: date | None = None  # until when the seven questions are due, if they are


@dataclass(frozen=True, slots=True)
class AdviceTaken:
    """One piece of advice that the practitioner noted."""

    question: str
    role: str
    asked_at: datetime
    how: str
    advised: str
    is_legal: bool
    anonymous: bool


def sections(
    journey: Journey,
    around: Circumstances,
    advice: Sequence[AdviceTaken] = (),
    *,
    golden_rules: Sequence[Mapping[str, Any]] = (),
    changes: Sequence[Change] = (),
    procedures: Mapping[str, Sequence[Mapping[str, Any]]] = MappingProxyType({}),
) -> dict[str, dict[str, Any]]:
    """The contents of every section by name, ready for `decisions.snapshot.write`.

    Legal advice and protected whereabouts have sections of their own, so that a copy can leave
    them out and still be verified. So have the answers that were changed on the way.
    `golden_rules` is the check on oneself as `decisions.wizard.golden_rules` seals it.
    `procedures` names, by step, which versions of the organisation's own procedures were in force
    when it was answered.
    """
    named = {step: named_at(procedures, step) for step in journey.steps}
    return {
        "context": {**_context(journey, around), **named[ABOUT]},
        **{
            f"question:{gate}": {**_question(journey, gate), **named.get(gate, {})}
            for gate in journey.conclusion.path.asked
        },
        "outcome": _outcome(journey),
        "changes": sealed_changes(changes),
        "decision": {
            **_decision(journey),
            **named.get(DECIDE, {}),
            "golden_rules": [dict(one) for one in golden_rules],
        },
        **whereabouts.apart(
            {
                **_sharing(journey),
                **_how(journey),
                **sealed_items(journey),
                **named.get(RIGHT_WAY, {}),
            },
            whereabouts.protected_fields(journey),
        ),
        "people": _people(around),
        **_advice(journey, "advice", [one for one in advice if not one.is_legal]),
        **_advice(journey, "legal-advice", [one for one in advice if one.is_legal]),
    }


def decision(journey: Journey) -> Outcome:
    """The decision the person took; raises `ValueError` when there is none yet."""
    taken = Outcome(text(journey.answers, DECIDE, "decision"))
    if taken not in DECISIONS:
        raise ValueError(f"{taken} is not a decision")
    return taken


def _context(journey: Journey, around: Circumstances) -> dict[str, Any]:
    edition = journey.edition
    return {
        "record": around.record_id,
        "reference": around.reference,
        "case_reference": text(journey.answers, ABOUT, "case_reference"),
        "agreement": text(journey.answers, ABOUT, "agreement"),
        "details": _details(journey, ABOUT),
        "edition": {
            "id": edition.id,
            "title": edition.title,
            "digest": edition.digest,
            "status": edition.status,
            "notice": edition.notice,
            "legal_review": edition.legal_review,
            "adopted": dict(around.adopted) if around.adopted else None,
        },
        "path": list(journey.conclusion.path.asked),
        "follows": around.follows,
        # Only how many: a copy of one must not say which the others are.
        "linked": around.linked,
        "acted_on": journey.acted_on or None,
        "follow_up_due": around.follow_up_due.isoformat() if around.follow_up_due else None,
    }


def _question(journey: Journey, gate: str) -> dict[str, Any]:
    question = journey.edition.question(gate)
    chosen = question.option(journey.conclusion.path.answers[gate])
    is_fixed = journey.is_fixed(gate)
    return {
        "question": gate,
        "number": question.guide.number,
        "title": question.guide.title,
        "answer": chosen.id,
        "answer_label": journey.fixed_words if is_fixed else chosen.label,
        "edition_reason": NOT_ASKED_AGAIN if is_fixed else chosen.reason,
        "reason": text(journey.answers, gate, "reason"),
        "details": _details(journey, gate),
    }


def _details(journey: Journey, step: str) -> list[dict[str, str]]:
    used, given = used_fields(journey, step), journey.answers.get(step, {})
    return [
        {"detail": one.id, "label": one.label, "text": detail_text(one, given[one.id])}
        for one in details(journey.edition, step)
        if one.id in used and not is_blank(given.get(one.id, ""))
    ]


def _outcome(journey: Journey) -> dict[str, Any]:
    conclusion = journey.conclusion
    if conclusion.rule is None:
        raise ValueError("an unfinished path has no outcome to record")
    return {
        "outcome": conclusion.outcome.value,
        "rule": conclusion.rule.id,
        "title": conclusion.rule.title,
        "text": conclusion.rule.text,
        "next_steps": list(conclusion.rule.next_steps),
        "reasons": [
            {"question": reason.question, "answer": reason.answer, "text": reason.text}
            for reason in conclusion.reasons
        ],
        "not_legal_advice": NOT_LEGAL_ADVICE,
    }


def _decision(journey: Journey) -> dict[str, Any]:
    taken = decision(journey)
    return {
        "decision": taken.value,
        "label": DECISION_LABELS[taken],
        "departure": taken != journey.conclusion.outcome,
        "reason": text(journey.answers, DECIDE, "reason"),
        "details": _details(journey, DECIDE),
    }


def _sharing(journey: Journey) -> dict[str, Any]:
    used = used_fields(journey, RIGHT_WAY) if journey.is_sharing else ()
    own = {
        field: text(journey.answers, RIGHT_WAY, field) if field in used else ""
        for field in own_fields(RIGHT_WAY)
    }
    return {**own, "details": _details(journey, RIGHT_WAY) if used else []}


def _how(journey: Journey) -> dict[str, Any]:
    given = journey.answers.get(RIGHT_WAY, {}) if journey.is_sharing else {}
    return sealed_method(journey.edition, given)


def _advice(
    journey: Journey, section: str, taken: Sequence[AdviceTaken]
) -> dict[str, dict[str, Any]]:
    """The section, also with entries on questions no longer asked; {} when there are none."""
    entries = [
        {
            "question": one.question,
            "title": journey.edition.question(one.question).guide.title,
            "role": one.role,
            "when": _utc(one.asked_at),
            "how": one.how,
            "advised": one.advised,
            "is_legal": one.is_legal,
            "anonymous": one.anonymous,
        }
        for one in taken
    ]
    return {section: {"entries": entries}} if entries else {}


def _people(around: Circumstances) -> dict[str, Any]:
    (person_id, person), (team_id, team) = around.practitioner, around.team
    organisation_id, organisation, sector = around.organisation
    return {
        "practitioner": {"id": person_id, "name": person},
        "team": {"id": team_id, "name": team},
        "organisation": {"id": organisation_id, "name": organisation, "sector": sector},
        "started_at": _utc(around.started_at),
        "sealed_at": _utc(around.sealed_at),
        **_handed_over(around),
    }


def _handed_over(around: Circumstances) -> dict[str, Any]:
    """When the draft changed hands, by role and without names; {} when it never did."""
    hands = [
        {"at": _utc(at), "from": "practitioner", "to": "practitioner", "by": "manager"}
        for at in around.handed_over
    ]
    return {"handed_over": hands} if hands else {}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
