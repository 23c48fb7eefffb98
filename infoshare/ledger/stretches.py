"""The leaves read a stretch at a time, which PostgreSQL joins: a quarter of the time of rows."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.db import connection

STRETCH = 2_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Leaves in their order, as they are stored. `count` of them, none left out or twice."""

    count: int
    lines: bytes
    """The leaves' bytes, a line each."""
    hashes: bytes
    """What the leaves complete, joined."""
    places: bytes
    """The columns `record`, `revision` and `seq` as a leaf would write them, a line each."""


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf as it is stored."""

    seq: int
    leaf: bytes
    hashes: bytes
    place: str


PLACE = """'"record":' || coalesce('"' || record::text || '"', 'null') || ',"revision":' || revision
    || ',"seq":' || seq"""
AT_ONCE = f"""
SELECT count(*), string_agg(leaf, '\\x0a' ORDER BY seq), string_agg(hashes, '' ORDER BY seq),
    string_agg({PLACE}, E'\\n' ORDER BY seq)
FROM public.ledger_leaf WHERE seq >= %s AND seq < %s
"""  # noqa: S608
ONE_BY_ONE = f"""
SELECT seq, leaf, hashes, {PLACE} FROM public.ledger_leaf WHERE seq >= %s AND seq < %s ORDER BY seq
"""  # noqa: S608


def ahead(bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, Stretch]]:
    """The leaves of each stretch (from, to before), read while the one in front is looked at.

    A thread reads on the same connection, so it sees the same: psycopg2 lets one wait for the
    other. Once nobody asks for more, the thread ends.
    """
    with closing(connection.cursor().cursor) as cursor, ThreadPoolExecutor(1) as pool:
        coming: deque[tuple[int, int, Future[Stretch]]] = deque()
        for low, high in bounds:
            coming.append((low, high, pool.submit(_read, cursor, low, high)))
            if len(coming) > 1:
                yield _came(*coming.popleft())
        while coming:
            yield _came(*coming.popleft())


def _read(cursor: Any, low: int, high: int) -> Stretch:
    cursor.execute(AT_ONCE, [low, high])
    count, lines, hashes, places = cursor.fetchone()
    return Stretch(count, bytes(lines or b""), bytes(hashes or b""), (places or "").encode())


def _came(low: int, high: int, coming: Future[Stretch]) -> tuple[int, int, Stretch]:
    with connection.wrap_database_errors:
        return low, high, coming.result()


def rows(low: int, high: int) -> Iterator[Row]:
    """The same one by one, to find which of them is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_BY_ONE, [low, high])
        for seq, leaf, hashes, place in cursor.fetchall():
            yield Row(seq, bytes(leaf), bytes(hashes), place)
