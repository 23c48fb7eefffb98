"""What changed in an organisation: roles, settings, editions, the newest first."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, F, Func, JSONField, Value
from django.db.models.functions import Cast

from guidance.adoption.models import Adoption, AdoptionEnd
from infoshare.ledger.models import Statement
from infoshare.people.models import Membership, Role, SettingChange, User

MOST = 200
ROLE_WORDS = {"role-given": "was given the role", "role-ended": "no longer has the role"}
SETTING_WORDS = {
    "follow_up_days": "working days for the seven questions after an urgent record",
    "draft_days": "days until a draft closes",
    "advice_days": "working days until advice has taken too long",
    "review_days": "working days until a review is due",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, what in words, and by whom ("" where that stands nowhere)."""

    at: datetime
    words: str
    by: str = ""
    leaf: int | None = None  # its place in the ledger, where it has one


def role_changes(organisations: Collection[UUID]) -> list[Change]:
    """Roles given and ended, as the ledger's statements say, at most `MOST`."""
    said = Func(F("content"), Value("UTF8"), function="convert_from", output_field=CharField())
    stated = (
        Statement.objects.annotate(said=Cast(said, JSONField()))
        .filter(said__kind__in=list(ROLE_WORDS))
        .filter(said__organisation__in=[str(one) for one in organisations])
        .order_by("-leaf_id")
        .values_list("leaf_id", "content")[:MOST]
    )
    rows = [(leaf, json.loads(bytes(content))) for leaf, content in stated]
    names = _names({row["user"] for _, row in rows})
    teams = _teams({row["membership"] for _, row in rows})
    return [
        Change(
            at=datetime.fromisoformat(row["at"]),
            words=f"{names.get(row['user'], 'Somebody')} {ROLE_WORDS[row['kind']]} "
            f"“{Role(row['role']).label}”{teams.get(row['membership'], '')}",
            leaf=leaf,
        )
        for leaf, row in rows
    ]


def setting_changes(organisations: Collection[UUID]) -> list[Change]:
    """Settings as leads changed them, at most `MOST`."""
    rows = SettingChange.objects.filter(organisation__in=organisations).select_related("by")
    return [
        Change(
            row.at,
            f"{SETTING_WORDS.get(row.name, row.name).capitalize()}: {row.before} became "
            f"{row.after}",
            row.by.name,
        )
        for row in rows.order_by("-id")[:MOST]
    ]


def edition_changes(organisations: Collection[UUID]) -> list[Change]:
    """Editions adopted, and adoptions that were ended or taken back."""
    return sorted(_editions(organisations), key=lambda one: one.at, reverse=True)[:MOST]


def _editions(organisations: Collection[UUID]) -> Iterator[Change]:
    adopted = Adoption.objects.filter(organisation__in=organisations)
    for row in adopted.select_related("edition", "adopted_by"):
        digest = row.edition_id[:12]
        words = f"{row.edition.edition_id} ({digest}) adopted from {_day(row.begins_on)}"
        review = f"legal review by {row.reviewed_by}" if row.reviewed_by else "no legal review"
        yield Change(row.adopted_at, f"{words}, {review}", row.adopted_by.name)
    ended = AdoptionEnd.objects.filter(adoption__organisation__in=organisations)
    for end in ended.select_related("adoption__edition", "by"):
        name = end.adoption.edition.edition_id
        last = f"{name} ends on {_day(end.last_day)}" if end.last_day else f"{name} was taken back"
        yield Change(end.at, last, end.by.name)


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"


def _names(people: set[str]) -> dict[str, str]:
    return {
        str(pk): name for pk, name in User.objects.filter(pk__in=people).values_list("pk", "name")
    }


def _teams(held: set[str]) -> dict[str, str]:
    rows = Membership.objects.filter(pk__in=held, team__isnull=False)
    return {str(pk): f" in {team}" for pk, team in rows.values_list("pk", "team__name")}
