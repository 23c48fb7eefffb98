"""The PDF of a sealed record: real bytes, the same each time, noted before they are sent."""

import hashlib
import io
from collections.abc import Callable

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from decisions.records.models import Event, Record
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import RIGHT_WAY, Walk


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal()
    return Record.objects.get()


def address(record: Record) -> str:
    return reverse("decisions:record-pdf", kwargs={"record_id": record.pk})


def test_it_holds_the_record_and_its_sealed_bytes(walk: Walk, record: Record) -> None:
    reply = walk.client.get(address(record))
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == f'attachment; filename="{record.reference}.pdf"'
    reader = pypdf.PdfReader(io.BytesIO(reply.content))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert record.reference in text
    assert " ".join(RIGHT_WAY["recipient"].split()) in text
    assert reader.attachments["record.json"] == [bytes(record.snapshot.body)]


def test_the_same_record_gives_the_same_bytes(
    walk: Walk, cast: Cast, record: Record, signed_in: Callable[[User], Client]
) -> None:
    mine = walk.client.get(address(record)).content
    assert signed_in(cast.ada).get(address(record)).content == mine


def test_taking_it_is_noted_with_the_hash_of_the_file(walk: Walk, record: Record) -> None:
    content = walk.client.get(address(record)).content
    event = record.events.get(kind=Event.EXPORTED)
    assert event.actor == walk.draft.owner
    assert event.details == {"sha256": hashlib.sha256(content).hexdigest(), "what": "record"}
