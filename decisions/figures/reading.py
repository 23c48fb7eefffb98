"""Counts of sealed decisions from the register, in one statement a page. No text, and nobody.

One row a month, team or setting, with one count for each part of each measure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Q

from decisions.figures.measures import DOUBTS, MEASURES, QUESTIONS, By
from decisions.figures.periods import Period
from decisions.register.models import Entry
from infoshare.clock import UK

SHARED = "entry.decision IN ('share', 'share-in-part')"
TAKEN = "entry.sealed_at - entry.started_at"
WAITED = (
    "(answered AT TIME ZONE 'Europe/London')::date - (doubted AT TIME ZONE 'Europe/London')::date"
)
# What makes a decision one of a part. The parts of a measure leave none out and overlap nowhere.
PARTS: Mapping[str, Mapping[str, str]] = {
    "decisions": {name: f"entry.decision = '{name}'" for name in MEASURES["decisions"].parts},
    "outcomes": {
        **{
            name: f"entry.outcome = '{name}'" for name in ("share", "share-in-part", "do-not-share")
        },
        "first": "entry.outcome IN ('seek-advice', 'ask-consent')",
    },
    "departures": {"as-suggested": "NOT entry.is_departure", "departs": "entry.is_departure"},
    "consent": {
        "given": f"{SHARED} AND entry.consent = 'given'",
        "without": f"{SHARED} AND entry.consent NOT IN ('', 'given')",
        "not-asked-about": f"{SHARED} AND entry.consent = ''",
        "not-shared": f"NOT {SHARED}",
    },
    "taken": {
        "hour": f"{TAKEN} < '1 hour'",
        "day": f"{TAKEN} >= '1 hour' AND {TAKEN} < '1 day'",
        "week": f"{TAKEN} >= '1 day' AND {TAKEN} < '7 days'",
        "longer": f"{TAKEN} >= '7 days'",
    },
    "advice": {
        "none": "answered IS NULL",
        "day": f"{WAITED} <= 0",
        "two-days": f"{WAITED} BETWEEN 1 AND 2",
        "longer": f"{WAITED} > 2",
    },
    "reviews": {
        "none": "review_state = ''",
        "agreed": "review_state = 'agreed'",
        "learning": "review_state = 'learning'",
        "disagreed": "review_state = 'disagreed'",
        "open": "review_state NOT IN ('', 'agreed', 'learning', 'disagreed')",
    },
}
ROWS = {
    By.TIME: "extract(month FROM entry.sealed_at AT TIME ZONE 'Europe/London')::int",
    By.TEAM: "entry.team_id",
    By.SETTING: "entry.setting",
}
# The first advice of each decision, and when it was first in doubt. In a draft whose saves tell no
# doubt, it began with the draft.
ADVISED = """
  JOIN decisions_record record ON record.id = entry.record_id
  LEFT JOIN LATERAL (
    SELECT min(advice.asked_at) AS answered FROM decisions_advice advice
    WHERE advice.draft_id = record.draft_id
  ) asked ON true
  LEFT JOIN LATERAL (
    SELECT coalesce(min(revision.saved_at), entry.started_at) AS doubted
    FROM decisions_revision revision
    WHERE asked.answered IS NOT NULL AND revision.draft_id = record.draft_id
      AND revision.content->>'answer' = 'not-sure'
  ) doubt ON true"""

COLUMNS = (
    *("record_id", "team_id", "sealed_at", "started_at", "decision", "outcome", "is_departure"),
    *("setting", "consent", "not_sure", "review_state"),
)
Counts = dict[Any, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which decisions to count: those within somebody's reach, sealed in these months."""

    rows: Q
    year: int
    months: Sequence[int]

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(date(self.year, self.months[0], 1), time(), UK)

    @property
    def ends(self) -> datetime:
        """The first moment after."""
        year, month = divmod(self.year * 12 + self.months[-1], 12)
        return datetime.combine(date(year, month + 1, 1), time(), UK)


def count(asked: Asked, by: By, measures: Iterable[str]) -> dict[str, Counts]:
    """For each measure the counts of its parts, {row: counts}; one statement.

    Months come as numbers, with those in which nothing was sealed; teams as their keys.
    """
    names = list(measures)
    sql, values = statement(asked, by, names)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    made: dict[str, Counts] = {}
    at = 1
    for name in names:
        wide = len(conditions(name))
        made[name] = {row[0]: row[at : at + wide] for row in found}
        if by is By.TIME:
            made[name] = {month: made[name].get(month, (0,) * wide) for month in asked.months}
        at += wide
    return made


def statement(asked: Asked, by: By, names: Iterable[str]) -> tuple[str, list[Any]]:
    """The statement that counts, with its values."""
    chosen = Entry.objects.filter(
        asked.rows, sealed_at__gte=asked.begins, sealed_at__lt=asked.ends
    ).values(*COLUMNS)
    inner, values = chosen.query.sql_with_params()
    names = list(names)
    sums = [
        f"count(*) FILTER (WHERE {condition})" for name in names for condition in conditions(name)
    ]
    # The words are our own, and Django's with a place for each value.
    sql = (
        f"SELECT {ROWS[by]} AS place, {', '.join(sums)} FROM ({inner}) entry"  # noqa: S608
        f"{ADVISED if 'advice' in names else ''} GROUP BY place"
    )
    return sql, list(values)


def conditions(name: str) -> list[str]:
    """What makes a decision one of each part of a measure; for doubts two parts a question."""
    if name == DOUBTS:
        held = [f"'{question}' = ANY (not_sure)" for question in QUESTIONS]
        return [*held, "true"]
    return [PARTS[name][part] for part in MEASURES[name].parts]


def months_so_far(period: Period, today: date) -> list[int]:
    """The ended months of the period's whole year, whose tree decides what is shown of any part."""
    return Period(period.year).ended(today)
