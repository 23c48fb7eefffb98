"""Where a protocol may help: bodies that got information in several one-off decisions.

Read from the sealed records of a lead's organisation, by body and setting, and counted. Only two
things of a record are looked at: whom it was shared with, and what it was about by its setting.
PostgreSQL takes them out of the snapshot, so no other text of a case reaches this process.
"""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Func, JSONField

from decisions.protocols.bodies import body
from decisions.protocols.models import SuggestionPutAside
from decisions.protocols.offering import in_force
from decisions.records.models import Record
from decisions.wizard.answers import SHARING
from guidance.protocols import parties
from guidance.protocols.parties import plain
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation
from infoshare.people.policy import Person

LEAST = 3  # decisions
SINCE = timedelta(days=365)
AT_ONCE = 500
COVERED = "yes"  # the answer that a protocol helps: such a decision is no one-off

Key = tuple[uuid.UUID, str, str]


class _Shared(Func):
    """Of a snapshot's bytes: recipient, organisation and whether a protocol helped."""

    # OFFSET 0 keeps the planner from parsing the bytes once for each of the three.
    template = """(
        SELECT jsonb_build_array(
            said #>> '{sections,sharing,content,recipient}',
            jsonb_path_query_first(
                said,
                '$.sections.context.content.details[*] ? (@.detail == "organisation").text'
            ),
            said #>> '{sections,context,content,agreement}'
        )
        FROM (SELECT convert_from(%(expressions)s, 'UTF8')::jsonb AS said OFFSET 0) AS snapshot
    )"""
    output_field = JSONField()


@dataclass(slots=True)
class Suggestion:
    """A body that got information in several decisions about one setting."""

    organisation: Organisation
    body: str  # as names are compared
    setting: str  # "" when the decisions did not say
    count: int = 0
    latest: datetime | None = None
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The body as it was typed most often."""
        return self.spellings.most_common(1)[0][0]

    @property
    def key(self) -> str:
        """What an address names it by: no word of it."""
        said = f"{self.organisation.pk}\n{self.body}\n{self.setting}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def suggestions(person: Person) -> list[Suggestion]:
    """Where this lead's organisations share often without a protocol, the most often first."""
    reach = policy.reach_of(person, policy.Action.EDIT_PROTOCOLS)
    places = {one.pk: one for one in Organisation.objects.filter(pk__in=reach.organisations)}
    aside = _put_aside(places)
    counted: dict[Key, Suggestion] = {}
    for place, name, setting, sealed_at in _one_off(person):
        key = (place, plain(name), setting)
        if key in aside and sealed_at <= aside[key]:
            continue
        one = counted.setdefault(key, Suggestion(places[place], key[1], setting))
        one.count += 1
        one.spellings[name] += 1
        one.latest = max(one.latest or sealed_at, sealed_at)
    often = [one for one in counted.values() if one.count >= LEAST]
    covered = {place: in_force(place) for place in {one.organisation.pk for one in often}}
    return sorted(
        (one for one in often if not _is_covered(one, covered[one.organisation.pk])),
        key=lambda one: (-one.count, one.body, one.setting),
    )


@transaction.atomic  # or the server would copy all rows before the first
def _one_off(person: Person) -> list[tuple[uuid.UUID, str, str, datetime]]:
    """Organisation, body, setting and time of each share of the last year without a protocol."""
    rows = (
        Record.objects.filter(
            policy.visible(person, policy.Action.EDIT_PROTOCOLS),
            decision__in=SHARING,
            sealed_at__gt=clock.now() - SINCE,
            snapshot__isnull=False,
        )
        # Whoever acts first acts once; and its follow-up is the same share again.
        .exclude(gate_answers__urgent="yes")
        .order_by("sealed_at")
        .values_list("organisation_id", "sealed_at", "gate_answers", _Shared("snapshot__body"))
    )
    return [
        (place, name, gates.get("setting", ""), sealed_at)
        for place, sealed_at, gates, (recipient, organisation, agreement) in rows.iterator(AT_ONCE)
        if agreement != COVERED and (name := body(organisation or "", recipient or ""))
    ]


def _put_aside(places: dict[uuid.UUID, Organisation]) -> dict[Key, datetime]:
    """When each was last put aside."""
    kept = SuggestionPutAside.objects.filter(organisation__in=places).order_by("at")
    rows: Any = kept.values_list("organisation_id", "body", "setting", "at")
    return {(place, name, setting): at for place, name, setting, at in rows}


def _is_covered(one: Suggestion, register: list[Any]) -> bool:
    return any(
        parties.meets(parties.read(known.parties), [one.body], one.organisation.name)
        and (not known.about or not one.setting or one.setting in known.about)
        for known in register
    )
