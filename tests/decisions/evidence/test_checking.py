"""Everything read again: clean when nothing was touched, and the first wrong leaf is named."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from decisions.evidence.batching import batch_reads
from decisions.evidence.checking import check_everything
from decisions.evidence.events import waiting
from decisions.records.events import note_exported, note_viewed
from decisions.records.models import Event, LedgerEntry, Record
from infoshare.ledger import leaf, proofs
from infoshare.ledger.models import Leaf
from infoshare.people import writers
from infoshare.people.models import Role
from tests.decisions.walk import Walk


@pytest.fixture
def record(walk: Walk) -> Record:
    """A sealed record that was viewed by two and exported by one."""
    walk.to_decision()
    walk.seal()
    return Record.objects.get()


def said() -> list[leaf.Leaf]:
    rows = Leaf.objects.order_by("seq").values_list("leaf", flat=True)
    return [leaf.read(bytes(one)) for one in rows]


def test_a_seal_has_a_leaf_with_the_commitment_of_the_record(record: Record) -> None:
    (one,) = said()
    assert one == leaf.Leaf(
        actor=record.owner.pseudonym,
        commitment=record.commitment,
        record=record.pk,
        revision=1,
        seq=0,
        time=record.sealed_at,
        type="sealed",
    )
    assert check_everything().findings == ()
