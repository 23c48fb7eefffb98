"""A practitioner's own drafts and records: their states in words, filtered and searched.

The state to show is in the address. Words to look for are not: a case reference belongs in no
history and no log, so they come by POST.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from decisions.records.models import Record
from decisions.wizard.answers import LONGEST_REFERENCE
from decisions.wizard.closing.state import open_now
from decisions.wizard.journey import Journey
from decisions.wizard.labels import DECISION_LABELS, OUTCOME_LABELS
from decisions.wizard.models import Draft
from guidance import stored
from guidance.rulebook.schema import Outcome
from infoshare.fields import ShortTextField
from infoshare.people import policy
from infoshare.people.policy import Person

A_PAGE = 50


class State(StrEnum):
    """What a list can be narrowed to: three states of drafts, then four of records."""

    IN_PROGRESS = "in-progress"
    ADVICE = "waiting-for-advice"
    CONSENT = "waiting-for-consent"
    SHARE = "share"
    IN_PART = "share-in-part"
    NOT = "do-not-share"
    DEPARTURE = "departure"


WORDS: Mapping[State, str] = {
    State.IN_PROGRESS: "Draft in progress",
    State.ADVICE: "Draft waiting for advice",
    State.CONSENT: "Draft waiting for consent",
    State.SHARE: "Sealed: decided to share",
    State.IN_PART: "Sealed: decided to share in part",
    State.NOT: "Sealed: decided not to share",
    State.DEPARTURE: "Sealed: departs from the suggestion",
}
OF_DRAFTS = (State.IN_PROGRESS, State.ADVICE, State.CONSENT)


class Find(forms.Form):
    """Part of a reference to look for."""

    words = ShortTextField(
        label="Find a case reference or a record’s reference",
        help_text="A part of it is enough.",
        max_length=LONGEST_REFERENCE,
        required=False,
    )


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, how it stands, and since when if it waits."""

    draft: Draft
    state: State
    since: datetime | None

    @property
    def words(self) -> str:
        """The state in words."""
        return WORDS[self.state].removeprefix("Draft ").capitalize()


def listed(request: HttpRequest) -> dict[str, Any]:
    """What the page shows of the person's own drafts and records, for its template."""
    given = request.POST if request.method == "POST" else request.GET
    find = Find(request.POST if request.method == "POST" else None)
    words = find.cleaned_data["words"].strip() if find.is_valid() else ""
    state = _state(request.GET.get("state", ""))
    drafts, records = _drafts(request.user, words), _records(request.user, words)
    return {
        "find": find,
        "searched": words,
        "state": state,
        "states": WORDS,
        "shows_drafts": state is None or state in OF_DRAFTS,
        "shows_records": state not in OF_DRAFTS,
        "draft_page": _draft_page(drafts, state, given.get("drafts")),
        "record_page": _record_page(records, state, given.get("page")),
        "has_any": bool(words or state) or drafts.exists() or records.exists(),
    }


def record_row(record: Record) -> dict[str, Any]:
    """A record with its decision and its suggested outcome in words."""
    return {
        "record": record,
        "decision": DECISION_LABELS[Outcome(record.decision)],
        "outcome": OUTCOME_LABELS[Outcome(record.outcome)],
    }


def _state(name: str) -> State | None:
    """The state of this name; None, which is all, for any other text."""
    return State(name) if name in list(State) else None


def _drafts(person: Person, words: str) -> QuerySet[Draft]:
    return (
        Draft.objects.filter(policy.visible(person, policy.Action.WORK_ON_DRAFT))
        .filter(open_now())
        .filter(Q(answers__about__case_reference__icontains=words) if words else Q())
        .select_related("team", "organisation")
        .order_by("-saved_at", "id")
    )


def _records(person: Person, words: str) -> QuerySet[Record]:
    named = Q(reference__icontains=words) | Q(snapshot__case_reference__icontains=words)
    return (
        Record.objects.filter(policy.visible(person, policy.Action.LIST_OWN_DECISIONS))
        .filter(named if words else Q())
        .select_related("owner", "team", "organisation", "snapshot")
        .defer("snapshot__body")
        .order_by("-sealed_at", "-id")
    )


def _narrowed(records: QuerySet[Record], state: State | None) -> QuerySet[Record]:
    if state is State.DEPARTURE:
        return records.filter(is_departure=True)
    return records if state is None else records.filter(decision=state.value)


def _record_page(records: QuerySet[Record], state: State | None, number: str | None) -> Page[Any]:
    page: Page[Any] = Paginator(_narrowed(records, state), A_PAGE).get_page(number)
    page.object_list = [record_row(record) for record in page.object_list]
    return page


def _draft_page(drafts: QuerySet[Draft], state: State | None, number: str | None) -> Page[Any]:
    """The page of draft rows. What a draft waits for is worked out, and not in the database."""
    chosen: QuerySet[Draft] | Sequence[Draft] = drafts
    if state is State.IN_PROGRESS:
        chosen = drafts.filter(parked_since__isnull=True)
    elif state in (State.ADVICE, State.CONSENT):
        parked = drafts.filter(parked_since__isnull=False)
        chosen = [draft for draft in parked if _stands(draft) is state]
    page: Page[Any] = Paginator(chosen, A_PAGE).get_page(number)
    page.object_list = [
        DraftRow(draft, _stands(draft), draft.parked_since) for draft in page.object_list
    ]
    return page


def _stands(draft: Draft) -> State:
    if draft.parked_since is None:
        return State.IN_PROGRESS
    conclusion = Journey(stored.edition(draft.edition_id), draft.answers).conclusion
    return State.CONSENT if conclusion.outcome is Outcome.ASK_CONSENT else State.ADVICE
