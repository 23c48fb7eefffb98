"""Write the rights of the application into PostgreSQL."""

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from infoshare.database_roles import statements
from infoshare.database_roles.growing import guarded_tables

COLUMNS = """
SELECT c.relname, array_agg(a.attname::text)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND pg_get_userbyid(c.relowner) = current_user
GROUP BY c.relname
"""
SEQUENCES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
    AND pg_get_userbyid(relowner) = current_user
"""
FUNCTIONS = """
SELECT proname, oid::regprocedure::text, prorettype = 'trigger'::regtype FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user
"""


class NotTheOwner(Exception):
    """Whoever is connected does not own the database, so it cannot give rights."""


def found(connection: BaseDatabaseWrapper) -> statements.Found:
    """What the role that is connected owns. Raises `NotTheOwner`."""
    with connection.cursor() as cursor:
        _refuse_others(cursor)
        cursor.execute("SELECT current_database()")
        database = cursor.fetchone()[0]
        cursor.execute(COLUMNS)
        columns = dict(cursor.fetchall())
        cursor.execute(SEQUENCES)
        sequences = [row[0] for row in cursor.fetchall()]
        cursor.execute(FUNCTIONS)
        return statements.Found(database, columns, sequences, cursor.fetchall())


def grants(connection: BaseDatabaseWrapper, application: str) -> list[str]:
    """The statements that give this role its rights, for what is there now."""
    return list(statements.grants(application, found(connection), guarded_tables()))


def grant(connection: BaseDatabaseWrapper, application: str) -> None:
    """Give this role its rights, and take all others from it and from PUBLIC.

    Once or often, with the same end. Raises `NotTheOwner`.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(";\n".join(grants(connection, application)))


def exists(connection: BaseDatabaseWrapper, role: str) -> bool:
    """Whether the server has a role of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


def _refuse_others(cursor: Any) -> None:
    cursor.execute(
        "SELECT current_user, pg_get_userbyid(datdba) FROM pg_database"
        " WHERE datname = current_database()"
    )
    connected, owner = cursor.fetchone()
    if connected != owner:
        raise NotTheOwner(
            f"The role {connected} does not own the database: it belongs to {owner}. Let a "
            "superuser run ALTER DATABASE ... OWNER TO, or set DATABASE_OWNER_URL to the owner's."
        )
