"""What a message is about, without anything that it says."""

import uuid
from dataclasses import dataclass

from decisions.records.models import Record
from decisions.wizard.models import Draft
from guidance.protocols.models import ProtocolVersion


@dataclass(frozen=True, slots=True)
class Thing:
    """The id of a record, draft, protocol or export; whose it is; and the reference of a record
    or an export."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    owner_id: uuid.UUID | None = None
    team_id: uuid.UUID | None = None
    reference: str = ""


def record_thing(record: Record) -> Thing:
    """A record, which its reference names."""
    return Thing(
        id=record.pk,
        organisation_id=record.organisation_id,
        owner_id=record.owner_id,
        team_id=record.team_id,
        reference=record.reference,
    )


def draft_thing(draft: Draft, *, of: uuid.UUID | None = None) -> Thing:
    """A draft, which nothing names; with `of` as that person's, whoever has it now."""
    return Thing(
        id=draft.pk,
        organisation_id=draft.organisation_id,
        owner_id=of or draft.owner_id,
        team_id=draft.team_id,
    )


def protocol_thing(version: ProtocolVersion) -> Thing:
    """A protocol, by its newest version; its title may say more than a mail should."""
    return Thing(
        id=version.protocol_id,
        organisation_id=version.protocol.organisation_id,
        owner_id=version.owner_id,
    )
