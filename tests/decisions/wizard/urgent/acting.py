"""Acting first, as a practitioner sends it."""

from typing import Any

from django.urls import reverse

from decisions.records.models import Record
from decisions.wizard.models import Draft
from tests.decisions.walk import Walk

ACTED = {
    "case_reference": "CASE-1",
    "what": "That he is alone in the flat and has taken tablets",
    "recipient": "999 control room, then the duty social worker",
    "method": "By phone",
    "why": "He could die within the hour",
}


def address(walk: Walk) -> str:
    return reverse("decisions:act-first", kwargs={"draft_id": walk.draft.pk})


def typed(walk: Walk, *, go: str, based_on: int | None = None, **words: str) -> dict[str, str]:
    """What the short form sends; `words` replace those of `ACTED`, by the form's own names."""
    fields = {f"act-{name}": text for name, text in {**ACTED, **words}.items()}
    seen = walk.revision() if based_on is None else based_on
    return {**fields, "go": go, "based_on": str(seen)}


def act(walk: Walk, *, go: str = "seal", based_on: int | None = None, **words: str) -> Any:
    """Send the short form."""
    return walk.client.post(address(walk), typed(walk, go=go, based_on=based_on, **words))


def acted(walk: Walk, **words: str) -> Record:
    """The urgent record that the draft becomes."""
    act(walk, **words)
    return Record.objects.get(draft=walk.draft)


def follow_up(walk: Walk, record: Record) -> Walk:
    """The follow-up of an urgent record, started by its button."""
    reply = walk.client.post(reverse("decisions:follow-up", kwargs={"record_id": record.pk}))
    assert reply.status_code == 303, reply.content.decode()
    return Walk(walk.client, Draft.objects.get(acted_on=record))
