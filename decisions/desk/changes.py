"""What changed in an organisation: settings and editions, the newest first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from decisions.review.models import ReviewRules
from decisions.review.rules import in_words
from guidance.adoption.models import Adoption, AdoptionEnd
from infoshare.people.models import SettingChange

MOST = 200
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
        words = f"{row.edition.edition_id} ({digest}) adopted from {day(row.begins_on)}"
        review = f"legal review by {row.reviewed_by}" if row.reviewed_by else "no legal review"
        yield Change(row.adopted_at, f"{words}, {review}", row.adopted_by.name)
    ended = AdoptionEnd.objects.filter(adoption__organisation__in=organisations)
    for end in ended.select_related("adoption__edition", "by"):
        name = end.adoption.edition.edition_id
        last = f"{name} ends on {day(end.last_day)}" if end.last_day else f"{name} was taken back"
        yield Change(end.at, last, end.by.name)


def day(day: object) -> str:
    return f"{day:%-d %B %Y}"


def _review_rules(organisations: Collection[UUID]) -> Iterator[Change]:
    rows = ReviewRules.objects.filter(organisation__in=organisations).select_related("by")
    for row in rows.order_by("-id")[:MOST]:
        words = f"Rules about reviews: version {row.number}. {in_words(row).removesuffix('.')}"
        yield Change(row.at, words, row.by.name)
