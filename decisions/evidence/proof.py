"""A record's proof file (docs/ledger-format.md, section 7): all that a verifier needs."""

import base64
import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from decisions.copies import LEFT_OUT, copy_of
from decisions.records.event_bytes import content
from decisions.records.models import Event, Record
from infoshare.ledger import proofs
from infoshare.ledger.models import SignedCheckpoint
from infoshare.ledger.proofs import Placed

FORMAT = "infoshare-proof/1"
FILE = "proof.json"


class NoProofYetError(Exception):
    """No checkpoint covers this record's leaf so far."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a proof file tells it: its canonical content, its salt, the place of its leaf."""

    content: bytes
    salt: bytes
    seq: int


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
    size = checkpoint.size
    told = [Told(content(one), bytes(one.salt), _leaf(one)) for one in _entered(events, size)]
    return write_proof(
        body=copy_of(bytes(record.snapshot.body), without=without).body,
        checkpoint=checkpoint,
        seal=leaf[0],
        events=told,
        places=proofs.placed([leaf[0], *(one.seq for one in told)], size),
    )


def write_proof(
    *,
    body: bytes,
    checkpoint: SignedCheckpoint,
    seal: int,
    events: Sequence[Told],
    places: Mapping[int, Placed],
) -> bytes:
    """The proof file of a record's copy: its canonical bytes, with the body as it is given.

    `seal` is the place of the record's leaf. `events` stand in the order of their leaves; for each
    of them and for the seal there is a row in `places`, proven at the checkpoint's size.
    """
    told = b",".join(_event(one, places[one.seq]) for one in events)
    # The keys of canonical JSON stand in order. The bytes that were sealed go in as they are.
    return b"".join(
        (
            b'{"checkpoint":',
            _text(checkpoint.note),
            b',"events":[%b]' % told if events else b"",
            b',"format":"%b",' % FORMAT.encode(),
            _placed(places[seal]),
            b',"record":',
            body,
            b"}",
        )
    )


def files_kept(record: Record) -> list[Event]:
    """The events that say which files InfoShare keeps of the record. They name no reader."""
    found = record.events.filter(kind=Event.DOCUMENT)
    return list(found.select_related("ledger_entry__leaf").order_by("pk"))


def _entered(events: Iterable[Event], size: int) -> list[Event]:
    entered = (one for one in events if one.ledger_entry.leaf_id < size)
    return sorted(entered, key=lambda one: one.ledger_entry.leaf_id)


def _leaf(event: Event) -> int:
    return event.ledger_entry.leaf_id


def _event(event: Told, place: Placed) -> bytes:
    return b'{"content":%b,%b,"salt":"%b"}' % (
        event.content,
        _placed(place),
        event.salt.hex().encode(),
    )


def _placed(place: Placed) -> bytes:
    inclusion = b'","'.join(map(base64.b64encode, place.inclusion))
    return b'"inclusion":[%b],"index":%d,"leaf":%b' % (
        b'"%b"' % inclusion if place.inclusion else b"",
        place.seq,
        _text(place.leaf.decode("ascii")),
    )


def _text(text: str) -> bytes:
    # Of a text alone canonical JSON is what Python writes, and that takes a sixth of the time.
    return json.dumps(text, ensure_ascii=False).encode()
