"""Rows with large binary values, read as PostgreSQL's binary COPY gives them.

Django's driver gets bytes as text, two digits each, and takes them apart again: four times the work
where thousands of documents are read. The format: "Binary Format" in PostgreSQL's page on COPY.
"""

import io
from collections.abc import Iterator
from struct import unpack_from
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

SIGNATURE = b"PGCOPY\n\xff\r\n\0"


def binary_rows(found: QuerySet[Any, Any]) -> Iterator[tuple[bytes, ...]]:
    """The rows of a `values_list`, each value as PostgreSQL sends it; b"" for none at all.

    All rows are in memory once, so ask for some at a time. `number` and `UUID(bytes=...)` read
    numbers and ids; text is UTF-8.
    """
    try:
        sql, values = found.query.sql_with_params()
    except EmptyResultSet:
        return iter(())
    file = io.BytesIO()
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        select = cursor.mogrify(sql, values).decode()
        cursor.copy_expert(f"COPY ({select}) TO STDOUT (FORMAT binary)", file)
    return _rows(file.getvalue())


def number(value: bytes) -> int:
    """A whole number, of whatever width."""
    return int.from_bytes(value, "big", signed=True)


def uuid(value: bytes) -> UUID:
    """An id."""
    return UUID(bytes=value)


def _rows(data: bytes) -> Iterator[tuple[bytes, ...]]:
    if not data.startswith(SIGNATURE):
        raise ValueError("this is not what COPY writes")
    (extension,) = unpack_from(">i", data, 15)
    at = 19 + extension
    while True:
        (columns,) = unpack_from(">h", data, at)
        at += 2
        if columns < 0:
            return
        row = []
        for _ in range(columns):
            (size,) = unpack_from(">i", data, at)
            at += 4
            size = max(size, 0)  # NULL is -1, and no bytes follow
            row.append(data[at : at + size])
            at += size
        yield tuple(row)
