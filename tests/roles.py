"""Tests work as the application does, and say so where they need more.

The connection of the tests logs in as who made the test database and takes the application's role
(`SET ROLE`), so that one transaction can hold both what the application does and what only the
owner may. A real server logs in as the application itself: `connection.database_url()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from infoshare.database_roles import granting, statements
from infoshare.embedded_postgres import bundled
from infoshare.embedded_postgres.cluster import SUPERUSER
from infoshare.embedded_postgres.names import APPLICATION, OWNER


@contextmanager
def as_application() -> Iterator[None]:
    """Inside the block every connection to the test database is the application's."""
    before = dict(connection.settings_dict)
    if bundled.is_bundled(connection.settings_dict):
        _connect_with({"USER": SUPERUSER, "OWNER": {}})
    else:
        _on_a_server_of_ones_own()
    options = {**connection.settings_dict["OPTIONS"], "assume_role": APPLICATION}
    _connect_with({"OPTIONS": options})
    yield
    _connect_with({name: before[name] for name in ("USER", "OWNER", "OPTIONS")})


def work_as_superuser() -> None:
    """For what is measured and no test: every connection from now on may do everything."""
    _connect_with({"USER": SUPERUSER})


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block this connection has the rights of who owns the tables."""
    with _as(OWNER if bundled.is_bundled(connection.settings_dict) else "none"):
        yield


@contextmanager
def as_superuser() -> Iterator[None]:
    """Inside the block this connection may do everything, as no guard can prevent."""
    with _as("none"):
        yield


@contextmanager
def _as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), set_config('role', %s, false)", [role])
        before = cursor.fetchone()[0]
    try:
        yield
    finally:
        # A transaction that failed gives the role back by itself, when it is rolled back.
        if connection.connection.info.transaction_status != TRANSACTION_STATUS_INERROR:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, false)", [before])


def _connect_with(known: dict[str, object]) -> None:
    connection.close()
    # In place: threads make their connections from the same dict.
    connection.settings_dict.update(known)
    connections.settings["default"].update(known)


def _on_a_server_of_ones_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if cursor.fetchone() is None:
            cursor.execute(statements.role(APPLICATION))
        cursor.execute(statements.by_superuser())
    granting.grant(connection, APPLICATION)
