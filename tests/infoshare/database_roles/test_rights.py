"""The application's own login: what it is refused, and that its rights are as written down."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.db import connection

from infoshare.database_roles import allowed, seen, standing
from infoshare.database_roles.growing import guarded_tables
from infoshare.embedded_postgres.names import APPLICATION

pytestmark = pytest.mark.django_db
TRIED = Path(__file__).with_name("refused.sql")
DENIED, NOT_GIVEN = "42501", "01007"  # insufficient_privilege, privilege_not_granted
WRITTEN = Path(__file__).with_name("rights.txt")
REWRITE = "REWRITE=1 .venv/bin/python -m pytest tests/infoshare/database_roles -k written"
FIRST_COLUMNS = """
SELECT attrelid::regclass::text, attname FROM pg_attribute
WHERE attrelid = ANY(%s::regclass[]) AND attnum = 1
"""
PARENTS = """
SELECT DISTINCT confrelid::regclass::text, attname
FROM pg_constraint JOIN pg_attribute ON attrelid = confrelid AND attnum = confkey[1]
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""


@pytest.fixture
def real() -> Iterator[Any]:
    """A real login of the application, in a transaction that is given up."""
    made = psycopg2.connect(connection.database_url())
    with made.cursor() as cursor:
        yield cursor
    made.rollback()
    made.close()


def answer(cursor: Any, statement: str) -> str:
    """The state that PostgreSQL answers with, "" when it does what it is told.

    Whoever holds a right and may not give it away gets a warning, and nothing is given.
    """
    cursor.execute("SAVEPOINT before")
    cursor.connection.notices.clear()
    try:
        if statement.endswith("FROM STDIN"):
            with Path(os.devnull).open() as nothing:
                cursor.copy_expert(statement, nothing)
        else:
            cursor.execute(statement)
    except psycopg2.Error as error:
        cursor.execute("ROLLBACK TO SAVEPOINT before")
        return error.pgcode or "no state"
    cursor.execute("ROLLBACK TO SAVEPOINT before")
    warned = cursor.connection.notices
    return NOT_GIVEN if warned and "no privileges" in warned[-1] else ""


def tried() -> list[tuple[str, str]]:
    """Each statement of `refused.sql`, with the state that PostgreSQL must answer."""
    lines = TRIED.read_text(encoding="utf-8").splitlines()
    parts = [line.partition(" --> ") for line in lines if line and not line.startswith("--")]
    return [(statement, state or DENIED) for statement, _, state in parts]


def everywhere(cursor: Any) -> Iterator[tuple[str, str]]:
    """What changes or removes rows of each sealed table, or a row that one of its rows names."""
    sealed = list(guarded_tables())
    cursor.execute(FIRST_COLUMNS, [sealed])
    for table, column in cursor.fetchall():
        yield f"UPDATE {table} SET {column} = {column}", DENIED  # noqa: S608
        yield f"DELETE FROM {table}", DENIED  # noqa: S608
        yield f"TRUNCATE {table}", DENIED
    cursor.execute(PARENTS, [sealed])
    for parent, key in cursor.fetchall():
        yield f"DELETE FROM {parent}", DENIED  # noqa: S608
        yield f"UPDATE {parent} SET {key} = {key}", DENIED  # noqa: S608


def test_every_way_round_is_refused(real: Any) -> None:
    named = tried()
    found = [(one, wanted, answer(real, one)) for one, wanted in [*named, *everywhere(real)]]
    wrong = [one for one in found if one[1] != one[2]]
    assert not wrong, wrong
    assert len(named) >= 60


def test_a_role_cannot_be_left(real: Any) -> None:
    for words in ("RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION", "RESET ALL"):
        real.execute(words)
        real.execute("SELECT session_user, current_user")
        assert real.fetchone() == (APPLICATION, APPLICATION)


def test_nobody_can_keep_others_from_appending(real: Any) -> None:
    """Whatever advisory locks are held: the ledger waits for none of them."""
    real.execute("SELECT pg_advisory_lock(n) FROM generate_series(1, 500) AS n")
    other = psycopg2.connect(connection.database_url())
    with other.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
        cursor.execute(
            "SELECT seq FROM public.ledger_append('viewed', NULL, repeat('a', 64), NULL, now())"
        )
        assert cursor.fetchone() == (0,)
    other.rollback()
    other.close()


def test_the_rights_are_those_that_are_written_down() -> None:
    found = "".join(f"{line}\n" for line in seen.rights(connection, APPLICATION))
    if os.environ.get("REWRITE"):
        WRITTEN.write_text(found, encoding="utf-8")
    kept = WRITTEN.read_text(encoding="utf-8") if WRITTEN.exists() else ""
    before, now = set(kept.splitlines()), set(found.splitlines())
    assert found == kept, (
        f"The rights in the database are not those in {WRITTEN.name}.\n"
        f"New: {sorted(now - before)}\nGone: {sorted(before - now)}\n"
        f"Is that what you mean? Then write it down: {REWRITE}"
    )


def test_every_table_has_been_thought_of() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    models = {one._meta.db_table for one in apps.get_models(include_auto_created=True)}
    missing = allowed.unnamed(tables | models, guarded_tables())
    assert missing == [], (
        f"Nobody has said what the application may do with {', '.join(missing)}. Guard the table "
        "with only_grows in its migration, or give it a line in infoshare/database_roles/allowed.py"
    )


def test_what_is_named_is_there() -> None:
    """A column that was renamed, or a table that went, must not stay in the list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        there = {row[0] for row in cursor.fetchall()}
        assert {*allowed.TABLES, *allowed.SEQUENCES} <= there
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text)"
            " FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name"
        )
        columns = dict(cursor.fetchall())
    for table, rights in allowed.TABLES.items():
        assert set(rights.update) <= set(columns[table]), table


def test_what_only_grows_is_given_no_more() -> None:
    for table in guarded_tables():
        rights = allowed.rights(table, only_grows=True)
        assert rights and not rights.update and not rights.delete, table


def test_the_role_is_no_more_than_it_may_be(real: Any) -> None:
    assert list(standing.too_much(connection, APPLICATION)) == []
    assert "is a superuser" in list(standing.too_much(connection))
    assert list(standing.too_much(connection, "nobody_of_this_name")) == []
