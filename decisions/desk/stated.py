"""What the ledger's own statements say of an organisation, the newest first, page by page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from decisions.desk.changes import Change, day
from decisions.register.taking import STATED as TAKEN
from decisions.register.terms import CASE
from infoshare.ledger.statements import Newest, newest, of_no_organisation
from infoshare.people.covering import COVER_ENDED, COVER_NAMED
from infoshare.people.models import Membership, Role, Team, User

A_PAGE = 100
ROLE_WORDS = {
    "role-given": "was given the role",
    "role-ended": "no longer has the role",
    COVER_NAMED: "was named to cover in the role",
    COVER_ENDED: "no longer covers in the role",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Changes, and the leaf before which the next page begins; None on the last one."""

    changes: Sequence[Change]
    older_than: int | None


def role_changes(organisations: Collection[UUID], before: int | None = None) -> Page:
    """Roles given and ended, and who covered for whom."""
    found = newest(kinds=list(ROLE_WORDS), organisations=organisations, most=A_PAGE, before=before)
    names = names_of(row[name] for _, row in found.stated for name in ("user", "actor"))
    teams = _teams({row["team"] for _, row in found.stated if row["team"]})
    changes = [
        Change(
            at=datetime.fromisoformat(row["at"]),
            words=f"{names.get(row['user'], 'Somebody')} {ROLE_WORDS[row['kind']]} "
            f"“{Role(row['role']).label}”{teams.get(row['team'], '')}{_days(row)}",
            by=names.get(row["actor"], ""),
            leaf=leaf,
        )
        for leaf, row in found.stated
    ]
    return Page(changes, found.older_than)


def lists_taken(organisations: Collection[UUID], before: int | None = None) -> Page:
    """Lists with decisions of these organisations that somebody took away."""
    found = newest(kinds=[TAKEN], organisations=organisations, most=A_PAGE, before=before)
    found = _with_older(found, organisations, before)
    names = names_of(row["person"] for _, row in found.stated)
    changes = [
        Change(
            at=datetime.fromisoformat(row["at"]),
            words=f"{_counted(row['decisions'])} as {row['file'].upper()}"
            f"{', with case references' if CASE in row['columns'] else ''}. "
            f"SHA-256 {row['sha256']}",
            by=names.get(row["person"], ""),
            leaf=leaf,
        )
        for leaf, row in found.stated
    ]
    return Page(changes, found.older_than)


def names_of(people: Iterable[str | None]) -> dict[str, str]:
    """Names by the ids that statements give."""
    rows = User.objects.filter(pk__in={one for one in people if one})
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def _with_older(found: Newest, organisations: Collection[UUID], before: int | None) -> Newest:
    """With lists from when they named no organisation: those of whoever is or was in these."""
    held = Membership.objects.filter(organisation__in=organisations)
    people = set(held.values_list("user_id", flat=True))
    unnamed = of_no_organisation(kind=TAKEN, people=people, most=A_PAGE, before=before)
    # Both are whole down to the leaf where the first of them stops.
    stops = [one.older_than for one in (found, unnamed) if one.older_than is not None]
    end = max(stops, default=None)
    both = sorted([*found.stated, *unnamed.stated], key=itemgetter(0), reverse=True)
    return Newest([one for one in both if end is None or one[0] >= end], end)


def _counted(decisions: int) -> str:
    return f"{decisions:,} decision{'' if decisions == 1 else 's'}"


def _teams(teams: set[str]) -> dict[str, str]:
    rows = Team.objects.filter(pk__in=teams).values_list("pk", "name")
    return {str(pk): f" in {team}" for pk, team in rows}


def _days(row: dict[str, Any]) -> str:
    if row["kind"] != COVER_NAMED:
        return ""
    first, last = (date.fromisoformat(row[name]) for name in ("from", "until"))
    return f", from {day(first)} to {day(last)}"
