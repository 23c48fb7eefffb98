"""The path of a draft or of a record, on the map of the edition that it was made under."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from decisions import snapshot
from decisions.path_map.drawing import map_context
from decisions.records.access import record_for
from decisions.records.events import note_viewed
from decisions.wizard.access import draft_for
from decisions.wizard.journey import Journey
from decisions.wizard.labels import DECISION_LABELS
from decisions.wizard.replies import see_other
from decisions.wizard.standing import journey_of
from guidance import stored
from guidance.rulebook.schema import Outcome
from infoshare.people import policy


@require_GET
def draft_map(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The way that a draft has come so far; on to the record's once it is sealed."""
    draft = draft_for(request, draft_id)
    if hasattr(draft, "record"):
        return see_other("decisions:record-map", record_id=draft.record.pk)
    journey = journey_of(draft)
    path = journey.conclusion.path
    context = map_context(journey.edition, path.answers, _marks(journey))
    return TemplateResponse(request, "decisions/map.html", {**context, "draft": draft})


@require_GET
def record_map(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The path of a record, in its sealed words. It is a view of the record, and noted as one."""
    person, record = record_for(request, record_id, policy.Action.READ_RECORD)
    note_viewed(record=record, person=person)
    sections = snapshot.read(bytes(record.snapshot.body))
    marks = {
        gate: f"Answer: {sections[f'question:{gate}']['answer_label']}"
        for gate in sections["context"]["path"]
    }
    context = map_context(stored.edition(record.edition_id), record.gate_answers, marks)
    return TemplateResponse(
        request,
        "decisions/map.html",
        {
            **context,
            "record": record,
            "decision": DECISION_LABELS[Outcome(record.decision)],
            "sealed_edition": sections["context"]["edition"],
            "organisation": sections["people"]["organisation"]["name"],
        },
    )


def _marks(journey: Journey) -> dict[str, str]:
    path = journey.conclusion.path
    marks = {
        gate: journey.fixed_words
        if journey.is_fixed(gate)
        else f"Your answer: {journey.edition.question(gate).option(answer).label}"
        for gate, answer in path.answers.items()
    }
    return {**marks, path.next: "You are here"} if path.next else marks
