"""Sealed decisions in any number as the register has them, with no text."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from decisions.records.models import Record
from decisions.register.models import Entry
from decisions.wizard.models import Draft
from guidance import stored
from guidance.models import StoredEdition
from guidance.rulebook import catalogue
from infoshare.people.models import Team, User

ONE = {
    "decision": "share",
    "outcome": "share",
    "setting": "early-help",
    "consent": "given",
    "is_departure": False,
    "not_sure": [],
    "review_state": "",
    "took": timedelta(minutes=20),
    "month": 3,
}
COLUMNS = ("decision", "outcome", "setting", "consent", "is_departure", "not_sure", "review_state")


def enter_many(
    owner: User, team: Team, given: Iterable[dict[str, Any]], year: int = 2026
) -> list[Entry]:
    """An entry for each set of facts, which need only say what differs from `ONE`."""
    edition = stored.store(catalogue.shipped()["england-2026"])
    entries = [_entry(owner, team, edition, {**ONE, **one}, year) for one in given]
    Draft.objects.bulk_create([entry.record.draft for entry in entries])
    Record.objects.bulk_create([entry.record for entry in entries])
    return Entry.objects.bulk_create(entries, batch_size=2_000)


def _entry(
    owner: User, team: Team, edition: StoredEdition, one: dict[str, Any], year: int
) -> Entry:
    sealed = datetime(year, one["month"], 15, 12, tzinfo=UTC)
    place = {
        "owner": owner,
        "team": team,
        "organisation_id": team.organisation_id,
        "edition": edition,
    }
    reference = uuid.uuid4().hex[:14]
    same = {"reference": reference, "sealed_at": sealed, "started_at": sealed - one["took"]}
    same |= {name: one[name] for name in ("decision", "outcome", "is_departure")}
    record = Record(
        **place, **same, draft=Draft(**place), gate_answers={}, rule="consent", commitment="0" * 64
    )
    facts = {name: one[name] for name in COLUMNS} | {"is_urgent": False, "lawful_basis": ""}
    facts |= {"duty": "", "detriment": "", "method": "", "recipient": "", "search": ""}
    return Entry(**{**place, **same, **facts}, record=record, rule="consent")
