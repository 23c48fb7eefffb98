"""What a record's page and its timeline say about reviews."""

from typing import Any

from decisions.records.models import Record
from decisions.review import words
from decisions.review.models import Review
from decisions.review.results import OPEN, SUPPORTS, Result, State
from decisions.review.standing import Reviewed, reviewed
from decisions.wizard.urgent.due import readable
from infoshare.people import policy
from infoshare.people.covering import reviewers_of
from infoshare.people.models import User


def on_record(person: User, record: Record) -> dict[str, Any]:
    """For the record's page: what the review has come to, and what this person may do."""
    now = reviewed(record)
    is_own = record.owner_id == person.pk
    may_review = not is_own and policy.can(person, policy.Action.REVIEW_RECORD, record)
    waits = now.waits_for_agreement
    return {
        "review": {
            "is_supported": now.standing.state in SUPPORTS,
            "end": now.end if now.open_call is None else None,
            "question": now.last if now.standing.state is State.ASKED else None,
            "state": words.STATES.get(now.standing.state, ""),
            "is_waiting": now.standing.state is State.WAITING,
            "is_open": now.standing.state in OPEN,
            "due": _due(now),
            "waits_for_agreement": waits,
            "who_may": who_may(record) if waits else [],
            "may_review": may_review,
            "may_answer": is_own and policy.can(person, policy.Action.ANSWER_REVIEW, record),
            "is_own": is_own,
            "on_questions": _on_questions(now),
        }
    }


def who_may(record: Record) -> list[str]:
    """The names of those who can review the record today."""
    return [one.name for one in reviewers_of(record.team_id) if one.pk != record.owner_id]


def conversation(now: Reviewed) -> list[dict[str, Any]]:
    """What was said so far, oldest first, for a page."""
    return [_said(one) for one in now.reviews]


def _on_questions(now: Reviewed) -> dict[str, list[dict[str, Any]]]:
    """What was said about a single question, by gate."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in now.reviews:
        if one.question:
            said = {"number": one.pk, "sentence": words.SENTENCES[Result(one.result)]}
            found.setdefault(one.question, []).append(said)
    return found


def _said(one: Review) -> dict[str, Any]:
    kind = one.call.kind if one.call else ""
    return {
        "sentence": words.sentence(Result(one.result), kind),
        "about": one.about,
        "words": one.words,
        "who": one.by.name,
        "at": one.at,
    }


def _due(now: Reviewed) -> str:
    return readable(now.open_call.due_on) if now.open_call else ""
