"""Entries of the register by the handful, without walking through a draft for each."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from decisions.records import reference
from decisions.records.models import Record, Snapshot
from decisions.register.entering import columns
from decisions.register.models import Entry
from decisions.wizard.models import Draft
from guidance import stored
from guidance.rulebook import catalogue
from infoshare.people.models import Team, User

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STANDING = ("review_state", "review_due", "reviewed_at", "withdrawal_open")


def enter_many(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """An entry for each row: `owner` and `team`, and what differs from a plain share.

    `gates`, `recipient`, `reason` and `case` are sealed; columns of how it stands are as given.
    """
    wanted = list(rows)
    drafts, records, snapshots, entries = [], [], [], []
    copies = {name: stored.store(edition) for name, edition in catalogue.shipped().items()}
    for number, row in enumerate(wanted):
        owner, team = row["owner"], row["team"]
        place = _place(owner, team, copies[row.get("edition", catalogue.DEFAULT)].pk)
        draft = Draft(**place)
        sealed_at = row.get("sealed_at", BEGAN + timedelta(hours=number))
        record = Record(
            **place,
            reference=reference.new(),
            draft=draft,
            gate_answers=row.get("gates", {}),
            outcome=row.get("outcome", "share"),
            rule=row.get("rule", "consent"),
            decision=row.get("decision", "share"),
            is_departure=row.get("is_departure", False),
            started_at=sealed_at - timedelta(hours=1),
            sealed_at=sealed_at,
            commitment="0" * 64,
            follow_up_due=row.get("follow_up_due"),
        )
        case = row.get("case", f"CASE-{number}")
        sections = {
            "context": {"case_reference": case},
            "decision": {"reason": row.get("reason", "")},
            "sharing": {"recipient": row.get("recipient", ""), "method_id": "phone"},
        }
        drafts.append(draft)
        records.append(record)
        snapshots.append(Snapshot(record=record, case_reference=case, body=b"{}"))
        standing = {name: row[name] for name in STANDING if name in row}
        entries.append(Entry(**columns(record, sections), **standing))
    Draft.objects.bulk_create(drafts)
    Record.objects.bulk_create(records)
    Snapshot.objects.bulk_create(snapshots)
    return Entry.objects.bulk_create(entries)


def _place(owner: User, team: Team, edition: str) -> dict[str, Any]:
    return {
        "owner_id": owner.pk,
        "team_id": team.pk,
        "organisation_id": team.organisation_id,
        "edition_id": edition,
    }
