"""Sealed decisions in any number: the rows that hold their gate answers, and no text."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice

from decisions.records.models import Record
from decisions.wizard.models import Draft
from guidance import stored
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Edition
from infoshare.people.models import Team, User

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AT_ONCE = 5_000


def seal_many(
    *, owner: User, team: Team, edition: Edition, answers: Iterable[Mapping[str, str]]
) -> None:
    """A record for each set of answers, a minute apart, with references from R0000000 on."""
    kept = stored.store(edition)
    place = {"owner": owner, "team": team, "organisation_id": team.organisation_id, "edition": kept}
    number, sets = Record.objects.count(), iter(answers)
    while batch := list(islice(sets, AT_ONCE)):
        drafts = Draft.objects.bulk_create(Draft(**place) for _ in batch)
        records = []
        for draft, given in zip(drafts, batch, strict=True):
            reached = conclude(edition, given)
            sealed_at = BEGAN + timedelta(minutes=number)
            records.append(
                Record(
                    **place,
                    reference=f"R{number:07}",
                    draft=draft,
                    gate_answers=dict(reached.path.answers),
                    outcome=reached.outcome,
                    rule=reached.rule.id if reached.rule else "",
                    decision="share",
                    is_departure=False,
                    started_at=sealed_at,
                    sealed_at=sealed_at,
                    commitment="0" * 64,
                )
            )
            number += 1
        Record.objects.bulk_create(records)
