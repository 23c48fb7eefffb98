"""What changed in an organisation: roles, settings, editions, the newest first."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Func, JSONField, Value
from django.db.models.functions import Cast

from decisions.register.taking import STATED as TAKEN
from decisions.register.terms import CASE
from decisions.review.models import ReviewRules
from decisions.review.rules import in_words
from guidance.adoption.models import Adoption, AdoptionEnd
from infoshare.ledger.models import Statement
from infoshare.people.covering import COVER_ENDED, COVER_NAMED
from infoshare.people.models import Membership, Role, SettingChange, Team, User

MOST = 200
ROLE_WORDS = {
    "role-given": "was given the role",
    "role-ended": "no longer has the role",
    COVER_NAMED: "was named to cover in the role",
    COVER_ENDED: "no longer covers in the role",
}
SETTING_WORDS = {
    "follow_up_days": "working days for the seven questions after an urgent record",
    "draft_days": "days until a draft closes",
    "advice_days": "working days until advice has taken too long",
    "review_days": "working days until a review is due",
    "export_most": "records that one export may have",
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
    here = [str(one) for one in organisations]
    rows = _stated(said__kind__in=list(ROLE_WORDS), said__organisation__in=here)
    names = _names({row[name] for _, row in rows for name in ("user", "actor") if row[name]})
    teams = _teams({row["team"] for _, row in rows if row["team"]})
    return [
        Change(
            at=datetime.fromisoformat(row["at"]),
            words=f"{names.get(row['user'], 'Somebody')} {ROLE_WORDS[row['kind']]} "
            f"“{Role(row['role']).label}”{teams.get(row['team'], '')}{_days(row)}",
            by=names.get(row["actor"], ""),
            leaf=leaf,
        )
        for leaf, row in rows
    ]


def lists_taken(organisations: Collection[UUID]) -> list[Change]:
    """Lists of decisions that people of these organisations took away, at most `MOST`."""
    people = Membership.objects.filter(organisation__in=organisations).values_list("user_id")
    here = {str(one) for (one,) in people.distinct()}
    rows = _stated(said__kind=TAKEN, said__person__in=sorted(here))
    names = _names({row["person"] for _, row in rows})
    return [
        Change(
            at=datetime.fromisoformat(row["at"]),
            words=f"{_counted(row['decisions'])} as {row['file'].upper()}"
            f"{', with case references' if CASE in row['columns'] else ''}. "
            f"SHA-256 {row['sha256']}",
            by=names.get(row["person"], ""),
            leaf=leaf,
        )
        for leaf, row in rows
    ]


def setting_changes(organisations: Collection[UUID]) -> list[Change]:
    """Settings as leads changed them, at most `MOST`."""
    rows = SettingChange.objects.filter(organisation__in=organisations).select_related("by")
    numbers = [
        Change(
            row.at,
            f"{SETTING_WORDS.get(row.name, row.name).capitalize()}: {row.before} became "
            f"{row.after}",
            row.by.name,
        )
        for row in rows.order_by("-id")[:MOST]
    ]
    both = [*numbers, *_review_rules(organisations)]
    return sorted(both, key=lambda one: one.at, reverse=True)[:MOST]


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


def _stated(**which: Any) -> list[tuple[int, dict[str, Any]]]:
    """The newest statements of the ledger of which this holds, with their leaves."""
    said = Func(F("content"), Value("UTF8"), function="convert_from", output_field=CharField())
    stated = (
        Statement.objects.annotate(said=Cast(said, JSONField()))
        .filter(**which)
        .order_by("-leaf_id")
        .values_list("leaf_id", "content")[:MOST]
    )
    return [(leaf, json.loads(bytes(content))) for leaf, content in stated]


def _counted(decisions: int) -> str:
    return f"{decisions:,} decision{'' if decisions == 1 else 's'}"


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"


def _names(people: set[str]) -> dict[str, str]:
    return {
        str(pk): name for pk, name in User.objects.filter(pk__in=people).values_list("pk", "name")
    }


def _teams(teams: set[str]) -> dict[str, str]:
    rows = Team.objects.filter(pk__in=teams).values_list("pk", "name")
    return {str(pk): f" in {team}" for pk, team in rows}


def _days(row: dict[str, str]) -> str:
    if row["kind"] != COVER_NAMED:
        return ""
    first, last = (date.fromisoformat(row[name]) for name in ("from", "until"))
    return f", from {_day(first)} to {_day(last)}"


def _review_rules(organisations: Collection[UUID]) -> Iterator[Change]:
    rows = ReviewRules.objects.filter(organisation__in=organisations).select_related("by")
    for row in rows.order_by("-id")[:MOST]:
        words = f"Rules about reviews: version {row.number}. {in_words(row).removesuffix('.')}"
        yield Change(row.at, words, row.by.name)
