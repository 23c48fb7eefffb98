"""Roles in the ledger: each membership is stated when it is given and when it ends.

A membership that says something else today, that is not there any more, or that no leaf speaks
of, was written behind our back. Those from before the ledger were found, and stated together
(`decisions/migrations/0022_found_rows.py`). Likewise whoever covers for a manager.
"""

from collections.abc import Iterator
from typing import Any

from infoshare.ledger.following import Finding
from infoshare.ledger.statements import committed
from infoshare.people.covering import COVER_ENDED, COVER_NAMED, stated_of
from infoshare.people.models import Cover, Membership

GIVEN, ENDED, FOUND = "role-given", "role-ended", "roles-found"
MOST_NAMED = 10


def altered() -> Iterator[Finding]:
    """Memberships that are not as they were stated, by the leaf that says so; and unstated ones."""
    stated = _stated()
    unstated = 0
    for held in Membership.objects.order_by("pk").iterator(chunk_size=1_000):
        seq, said = stated.pop(str(held.pk), (None, None))
        if said is None:
            unstated += 1
            if unstated <= MOST_NAMED:
                yield Finding(None, f"the role {held.pk} ({held.role}) has no leaf")
        elif wrong := [name for name, value in _said(held).items() if said.get(name) != value]:
            yield Finding(seq, f"the role that it states is another now: {', '.join(wrong)}")
    for seq, _ in stated.values():
        yield Finding(seq, "the role that it states is not there any more")


def _stated() -> dict[str, tuple[int | None, Any]]:
    """What the ledger says of each membership now, with the newest leaf that speaks of it."""
    found: dict[str, tuple[int | None, Any]] = {}
    for seq, said in committed():
        kind = said.get("kind")
        if kind == GIVEN:
            found[said["membership"]] = seq, {**said, "has ended": False}
        elif kind == ENDED:
            found[said["membership"]] = seq, {**said, "has ended": True}
        elif kind == FOUND:
            for one in said["memberships"]:
                found[one["membership"]] = seq, {**one, "has ended": one["ended"]}
    return found


def _said(held: Membership) -> dict[str, str | bool | None]:
    return {
        "user": str(held.user_id),
        "organisation": str(held.organisation_id),
        "team": str(held.team_id) if held.team_id else None,
        "role": str(held.role),
        "has ended": held.ended_at is not None,
    }


def altered_covers() -> Iterator[Finding]:
    """Covers that are not as they were stated, or are not there any more; and unstated ones."""
    stated: dict[str, tuple[int | None, dict[str, Any]]] = {}
    for seq, said in committed():
        if said.get("kind") == COVER_NAMED:
            stated[said["cover"]] = seq, {**said, "has ended": False}
        elif said.get("kind") == COVER_ENDED:
            stated[said["cover"]] = seq, {**said, "has ended": True}
    for held in Cover.objects.order_by("pk").iterator(chunk_size=1_000):
        number, told = stated.pop(str(held.pk), (None, None))
        now = {**stated_of(held), "has ended": held.ended_at is not None}
        if told is None:
            yield Finding(None, f"the cover {held.pk} has no leaf")
        elif wrong := [name for name, value in now.items() if told.get(name) != value]:
            yield Finding(number, f"the cover that it states is another now: {', '.join(wrong)}")
    for number, _ in stated.values():
        yield Finding(number, "the cover that it states is not there any more")
