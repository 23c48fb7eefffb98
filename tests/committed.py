"""A database of its own for a test that commits.

Sealed tables refuse TRUNCATE, so such a test cannot be flushed afterwards. It gets a copy of
the test database instead (`CREATE DATABASE ... TEMPLATE`, about 0.1 s), guards included.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from infoshare.embedded_postgres.names import APPLICATION


@contextmanager
def own_database(suffix: str = "") -> Iterator[str]:
    """Inside the block this process works on a fresh copy; gives the copy's name.

    With a `suffix` the copy has the same name every time, and replaces the one before.
    """
    template = str(connection.settings_dict["NAME"])
    name = f"{template}_{suffix or secrets.token_hex(4)}"
    connections.close_all()
    copy(template, name)
    _work_on(name)
    try:
        yield name
    finally:
        connections.close_all()
        _work_on(template)
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def copy(template: str, name: str) -> None:
    """Make a copy of a database that nobody is connected to, in place of one of that name."""
    _run(
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{_owner(template)}"',
        # What a role may do with the database itself does not come with the copy.
        f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{name}" TO {APPLICATION}',
    )


def _work_on(name: str) -> None:
    # In place: threads started inside the block make their connections from the same dict.
    connection.settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


def _owner(name: str) -> str:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name])
        return str(cursor.fetchone()[0])


def _run(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in ("RESET ROLE", *statements):
            cursor.execute(statement)
