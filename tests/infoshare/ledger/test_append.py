"""The function that appends: the exact bytes, places without a gap, and what it refuses."""

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import rfc8785
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger import commitments, leaf, merkle, proofs
from infoshare.ledger.models import Head, Leaf, Statement
from tests.roles import as_superuser

pytestmark = pytest.mark.django_db
SOME = "ab" * 32
MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def add(kind: leaf.Type = leaf.Type.ADDED_TO, **given: Any) -> ledger.Appended:
    return ledger.append(type=kind, commitment=given.pop("commitment", SOME), actor=None, **given)


def kept() -> list[bytes]:
    return [bytes(one) for one in Leaf.objects.order_by("seq").values_list("leaf", flat=True)]


@given(
    kind=st.sampled_from(leaf.Type),
    actor=st.none() | st.uuids(),
    commitment=st.binary(min_size=32, max_size=32),
    at=MOMENTS,
)
def test_the_bytes_are_canonical_json(
    kind: leaf.Type, actor: Any, commitment: bytes, at: Any
) -> None:
    record = uuid.uuid4() if kind in (leaf.Type.SEALED, leaf.Type.EXPORTED) else None
    with transaction.atomic():
        before = proofs.tip()
        made = ledger.append(
            type=kind, record=record, commitment=commitment.hex(), actor=actor, at=at
        )
        assert made.time == max(at, before.time)
        said = {
            "actor": str(actor) if actor else None,
            "commitment": commitment.hex(),
            "record": str(record) if record else None,
            "revision": 1 if record else 0,
            "seq": before.size,
            "time": commitments.utc(made.time),
            "type": kind.value,
            "v": 1,
        }
        exact = bytes(Leaf.objects.get(seq=made.seq).leaf)
        assert exact == rfc8785.dumps(said)
        assert leaf.read(exact) == leaf.Leaf(
            actor, commitment.hex(), record, said["revision"], made.seq, made.time, kind.value
        )


def test_the_rows_are_the_tree_as_it_grew() -> None:
    for _ in range(21):
        add()
    growing = merkle.Growing()
    for row in Leaf.objects.order_by("seq"):
        assert row.seq == growing.size
        assert bytes(row.hashes) == b"".join(growing.add(bytes(row.leaf)))
    assert proofs.tip().size == 21
    assert proofs.root(21) == growing.root()


def test_a_proof_reads_what_it_needs_in_one_statement(django_assert_num_queries: Any) -> None:
    for _ in range(21):
        add()
    with django_assert_num_queries(2):
        proof, root = proofs.inclusion_proof(9, 21), proofs.root(21)
    assert merkle.includes(9, 21, merkle.leaf_hash(kept()[9]), proof, root)
    with django_assert_num_queries(1):
        grown = proofs.consistency_proof(6, 21)
    assert merkle.consistent(6, 21, proofs.root(6), root, grown)


def test_each_leaf_about_a_record_counts_one_more() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    for record in (first, second, first, None, first):
        add(record=record)
    said = [leaf.read(one) for one in kept()]
    assert [one.revision for one in said] == [1, 1, 2, 0, 3]
    assert proofs.leaf_of(first, 3) == (4, kept()[4])
    assert proofs.leaf_of(second, 2) is None


def test_a_record_is_sealed_once_and_first() -> None:
    record = uuid.uuid4()
    add(leaf.Type.SEALED, record=record)
    with pytest.raises(IntegrityError), transaction.atomic():
        add(leaf.Type.SEALED, record=record)
    assert proofs.tip().size == 1


def test_time_never_goes_back() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    times = [add(at=noon + timedelta(minutes=n)).time for n in (0, 5, 3, 5, 6)]
    assert times == [noon + timedelta(minutes=n) for n in (0, 5, 5, 5, 6)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"commitment": "AB" * 32},
        {"commitment": "ab" * 31},
        {"commitment": "ab" * 32 + "\n"},
        {"at": datetime(1969, 12, 31, tzinfo=UTC)},
    ],
)
def test_what_is_no_leaf_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add(**wrong)
    assert proofs.tip().size == 0


@pytest.mark.parametrize("type_", ["", "Sealed", 'x","v":2,"y":"', "a" * 41, None])
def test_what_is_no_type_is_refused(type_: str | None) -> None:
    call = "SELECT public.ledger_append(%s, NULL, %s, NULL, now())"
    with (
        pytest.raises(IntegrityError, match="not a type"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(call, [type_, SOME])


def test_an_append_belongs_to_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as alone:
        alone.setattr(ledger, "connection", SimpleNamespace(in_atomic_block=False))
        with pytest.raises(transaction.TransactionManagementError):
            add()


def test_a_statement_keeps_the_bytes_that_its_leaf_commits_to() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.set_to(noon):
        made = ledger.state(
            type=leaf.Type.EDITION_ADOPTED, content={"kind": "adopted", "edition": "é"}, actor=None
        )
    held = Statement.objects.get(pk=made.seq)
    exact = '{"at":"2026-03-02T12:00:00.000000Z","edition":"é","kind":"adopted"}'.encode()
    assert bytes(held.content) == exact
    assert leaf.read(kept()[0]).commitment == commitments.of_event(bytes(held.salt), exact)
    with pytest.raises(ValueError, match="cannot be committed"):
        ledger.state(type=leaf.Type.EDITION_ADOPTED, content={"n": 2**60}, actor=None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_leaf SET revision = 7",
        "DELETE FROM ledger_leaf",
        "TRUNCATE ledger_leaf CASCADE",
        "UPDATE ledger_statement SET salt = ''",
        "UPDATE ledger_head SET size = 0",
        "UPDATE ledger_head SET size = size + 1, time = '1970-01-01Z'",
        "DELETE FROM ledger_head",
        "TRUNCATE ledger_head",
        "INSERT INTO ledger_head (id, size, time) VALUES (2, 0, now())",
    ],
)
def test_the_database_refuses_any_change(statement: str) -> None:
    ledger.state(type=leaf.Type.EDITION_ADOPTED, content={"kind": "adopted"}, actor=None)
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)
    assert (proofs.tip().size, Leaf.objects.count(), Head.objects.count()) == (1, 1, 1)
