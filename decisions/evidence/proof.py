"""A record's proof file (docs/ledger-format.md, section 7): all that a verifier needs."""

import base64
import uuid
from collections.abc import Collection

import rfc8785

from decisions.copies import LEFT_OUT, copy_of
from decisions.records.models import Record
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


def proof_file(record: Record, without: Collection[str] = LEFT_OUT) -> bytes:
    """Canonical JSON of the record's copy, its leaf, and what leads to a checkpoint.

    The copy is the one without these sections, else the one that is handed out. Raises
    `NoProofYetError` until a checkpoint covers it.
    """
    leaf, checkpoint = proofs.leaf_of(record.pk), covering(record.pk)
    if leaf is None or checkpoint is None:
        raise NoProofYetError(str(record.pk))
    index, exact = leaf
    around = rfc8785.dumps(
        {
            "checkpoint": checkpoint.note,
            "format": FORMAT,
            "inclusion": _encoded(proofs.inclusion_proof(index, checkpoint.size)),
            "index": index,
            "leaf": exact.decode("ascii"),
        }
    )
    # A whole record goes in as the bytes that were sealed. "record" is the last key in order.
    copy = copy_of(bytes(record.snapshot.body), without=without)
    return around[:-1] + b',"record":' + copy.body + b"}"


def _encoded(hashes: list[merkle.Hash]) -> list[str]:
    return [base64.b64encode(one).decode("ascii") for one in hashes]
