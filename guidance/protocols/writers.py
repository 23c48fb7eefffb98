"""The writers of the register: enter a protocol, change it, attach its document, take it off."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from guidance.protocols.documents import MOST_BYTES, Kind
from guidance.protocols.models import (
    DocumentBytes,
    Protocol,
    ProtocolDocument,
    ProtocolVersion,
)
from guidance.stated import state
from infoshare import clock
from infoshare.people.models import Organisation, User

Words = Mapping[str, Any]
"""The fields of a version by name, as `ProtocolForm.words` gives them."""

FIELDS = (
    *("title", "reference", "kind", "status", "parties", "purposes", "about", "terms"),
    *("owner_id", "starts_on", "review_on", "expires_on", "supersedes_id", "may_publish"),
)


class StaleProtocol(Exception):
    """Somebody saved the protocol in between: as this version."""

    def __init__(self, now: ProtocolVersion) -> None:
        self.now = now
        super().__init__(f"{now.protocol_id} is at version {now.number}")


@transaction.atomic
def enter_protocol(
    *, organisation: Organisation, person: User, page: uuid.UUID, words: Words
) -> Protocol:
    """A new protocol with its first version; the earlier one when the same page is sent again."""
    said = json.dumps([words[name] for name in FIELDS], default=str, ensure_ascii=False)
    key = uuid.uuid5(organisation.pk, f"{page} {said}")
    protocol, is_new = Protocol.objects.get_or_create(
        pk=key,
        defaults={"organisation": organisation, "begun_by": person, "begun_at": clock.now()},
    )
    if is_new:
        _write(protocol, 1, person, words, document_id=None)
    return protocol


@transaction.atomic
def change_protocol(
    *, protocol: Protocol, person: User, seen: int, words: Words
) -> ProtocolVersion:
    """The version that says these words: a new one, unless the newest says them already.

    Raises `StaleProtocol` when the newest is not the one that the person's page was made from.
    """
    now = latest(protocol)
    if words_of(now) == {name: words[name] for name in FIELDS}:
        return now
    return _after(now, seen, person, words, document_id=now.document_id)


@transaction.atomic
def attach_document(
    *, protocol: Protocol, person: User, seen: int, kind: Kind, content: bytes
) -> ProtocolVersion:
    """The version that has this document; the same bytes again are one document.

    Raises `StaleProtocol` like `change_protocol`, and `ValueError` for more than `MOST_BYTES`.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"a document has at most {MOST_BYTES} bytes")
    now = latest(protocol)
    digest = hashlib.sha256(content).hexdigest()
    if now.document and now.document.stored_id == digest:
        return now
    # Not get_or_create: it would read the bytes that are there already.
    DocumentBytes.objects.bulk_create(
        [DocumentBytes(sha256=digest, content=content)], ignore_conflicts=True
    )
    document, is_new = ProtocolDocument.objects.get_or_create(
        protocol=protocol,
        stored_id=digest,
        defaults={
            "kind": kind.suffix,
            "size": len(content),
            "added_by": person,
            "added_at": clock.now(),
        },
    )
    version = _after(now, seen, person, words_of(now), document_id=document.pk)
    if is_new:
        state(document, person)
    return version


@transaction.atomic
def take_document_off(*, protocol: Protocol, person: User, seen: int) -> ProtocolVersion:
    """The version without a document. Earlier versions keep theirs. Raises `StaleProtocol`."""
    now = latest(protocol)
    if now.document_id is None:
        return now
    return _after(now, seen, person, words_of(now), document_id=None)


def latest(protocol: Protocol) -> ProtocolVersion:
    """The newest version of a protocol."""
    return protocol.versions.select_related("document", "owner").order_by("-number")[:1].get()


def words_of(version: ProtocolVersion) -> dict[str, Any]:
    """What a version says, field by field."""
    return {name: getattr(version, name) for name in FIELDS}


def _after(
    now: ProtocolVersion, seen: int, person: User, words: Words, *, document_id: int | None
) -> ProtocolVersion:
    if now.number != seen:
        raise StaleProtocol(now)
    try:
        with transaction.atomic():
            return _write(now.protocol, seen + 1, person, words, document_id=document_id)
    except IntegrityError:
        newer = latest(now.protocol)
        if newer.number == now.number:
            raise
        raise StaleProtocol(newer) from None


def _write(
    protocol: Protocol, number: int, person: User, words: Words, *, document_id: int | None
) -> ProtocolVersion:
    version = ProtocolVersion.objects.create(
        protocol=protocol,
        number=number,
        saved_by=person,
        saved_at=clock.now(),
        document_id=document_id,
        **{name: words[name] for name in FIELDS},
    )
    state(version, person)
    return version
