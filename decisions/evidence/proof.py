"""A record's proof file (docs/ledger-format.md, section 7): all that a verifier needs."""

import base64
import json
import uuid
from collections.abc import Collection, Iterable
from typing import Any

import rfc8785

from decisions.copies import LEFT_OUT, copy_of
from decisions.records.event_bytes import content
from decisions.records.models import Event, Record
from infoshare.ledger import merkle, proofs
from infoshare.ledger.models import SignedCheckpoint

FORMAT = "infoshare-proof/1"
FILE = "proof.json"


class NoProofYetError(Exception):
    """No checkpoint covers this record's leaf so far."""


def covering(record_id: uuid.UUID) -> SignedCheckpoint | None:
    """The newest checkpoint, when it covers the leaf of this record's seal."""
    leaf = proofs.leaf_of(record_id)
    newest = SignedCheckpoint.objects.order_by("-size").first()
    return newest if leaf and newest and newest.size > leaf[0] else None


def proof_file(
    record: Record, *, events: Iterable[Event] = (), without: Collection[str] = LEFT_OUT
) -> bytes:
    """Canonical JSON of the record's copy, its leaf, and what leads to a checkpoint.

    The copy is the one that is handed out (`decisions.copies`), or one `without` other sections.
    `events` are later ones of the record, no views; those that no checkpoint covers yet are left
    out. Raises `NoProofYetError` until a checkpoint covers the seal.
    """
    leaf, checkpoint = proofs.leaf_of(record.pk), covering(record.pk)
    if leaf is None or checkpoint is None:
        raise NoProofYetError(str(record.pk))
    told = [_told(one, checkpoint.size) for one in _entered(events, checkpoint.size)]
    around = rfc8785.dumps(
        {
            "checkpoint": checkpoint.note,
            **({"events": told} if told else {}),
            "format": FORMAT,
            **_placed(*leaf, checkpoint.size),
        }
    )
    body = copy_of(bytes(record.snapshot.body), without=without).body
    # A whole record goes in as the bytes that were sealed. "record" is the last key in order.
    return around[:-1] + b',"record":' + body + b"}"


def files_kept(record: Record) -> list[Event]:
    """The events that say which files InfoShare keeps of the record. They name no reader."""
    found = record.events.filter(kind=Event.DOCUMENT)
    return list(found.select_related("ledger_entry__leaf").order_by("pk"))


def _entered(events: Iterable[Event], size: int) -> list[Event]:
    entered = (one for one in events if one.ledger_entry.leaf_id < size)
    return sorted(entered, key=lambda one: one.ledger_entry.leaf_id)


def _told(event: Event, size: int) -> dict[str, Any]:
    leaf = event.ledger_entry.leaf
    return {
        "content": json.loads(content(event)),
        "salt": bytes(event.salt).hex(),
        **_placed(leaf.seq, bytes(leaf.leaf), size),
    }


def _placed(index: int, leaf: bytes, size: int) -> dict[str, Any]:
    return {
        "inclusion": _encoded(proofs.inclusion_proof(index, size)),
        "index": index,
        "leaf": leaf.decode("ascii"),
    }


def _encoded(hashes: list[merkle.Hash]) -> list[str]:
    return [base64.b64encode(one).decode("ascii") for one in hashes]
