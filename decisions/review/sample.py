"""A random share of decisions for a second look: the same seed always draws the same. Pure."""

import hashlib
import math
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID


def draw(ids: Iterable[UUID], seed: str, percent: int) -> list[UUID]:
    """The share of these ids that the seed draws, rounded up, whatever their order was.

    Ids are put in the seed's order; the first of them are drawn.
    """
    ordered = in_order(ids, seed)
    return ordered[: math.ceil(len(ordered) * percent / 100)]


def in_order(ids: Iterable[UUID], seed: str) -> list[UUID]:
    """Each of these ids once, in the order of SHA-256 over the seed and the id."""
    return sorted(set(ids), key=lambda one: (_place(seed, one), one))


def month_before(day: date) -> date:
    """The first day of the month before the one of this day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _place(seed: str, one: UUID) -> bytes:
    return hashlib.sha256(f"{seed} {one}".encode()).digest()
