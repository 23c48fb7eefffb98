"""Everything read again: clean when nothing was touched, and the first wrong leaf is named."""

import pytest

from decisions.evidence.checking import check_everything
from decisions.records.models import Record
from infoshare.ledger import leaf
from infoshare.ledger.models import Leaf
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
