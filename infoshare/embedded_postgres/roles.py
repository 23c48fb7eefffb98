"""The two roles of the bundled server: one owns the tables, the other is the application.

Whoever reaches the server's socket may log in as anybody (`trust`), so here they stop mistakes and
SQL that was slipped in, not the account that owns the files. A server of your own has passwords.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

from infoshare.embedded_postgres.names import APPLICATION, OWNER

EVERYTHING_TO_THE_OWNER = """
DO $hand_over$
DECLARE
    change text;
BEGIN
    FOR change IN
        SELECT format('ALTER %s %s OWNER TO {owner}',
            CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
            oid::regclass)
        FROM pg_class c
        WHERE relnamespace = 'public'::regnamespace AND relowner <> '{owner}'::regrole
            AND (relkind IN ('r', 'p', 'v') OR relkind = 'S' AND NOT EXISTS (
                SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')))
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO {owner}', oid::regprocedure)
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner <> '{owner}'::regrole
        UNION ALL
        SELECT format('ALTER TYPE %s OWNER TO {owner}', t.oid::regtype)
        FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE typnamespace = 'public'::regnamespace AND typowner <> '{owner}'::regrole
            AND (typtype IN ('e', 'd') OR typtype = 'c' AND c.relkind = 'c')
    LOOP
        EXECUTE change;
    END LOOP;
END $hand_over$
"""


def make(cursor: Any) -> None:
    """Make both roles where they are missing; two processes may do so at once."""
    for name in (OWNER, APPLICATION):
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            try:
                cursor.execute(f"CREATE ROLE {name} LOGIN")
            except DatabaseError as error:
                if "already exists" not in str(error):
                    raise


def hand_over(cursor: Any, database: str) -> None:
    """Give a database and all that is in it to the owner; it may be older than the roles are."""
    make(cursor)
    cursor.execute(f"ALTER DATABASE {database} OWNER TO {OWNER}")
    cursor.execute(EVERYTHING_TO_THE_OWNER.format(owner=OWNER))


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside the block this connection logs in as the owner of the tables, in every thread.

    Where the settings know no owner, one role does all and nothing changes. Raises
    `TransactionManagementError` within a transaction: what is not committed would be lost.
    """
    owner = connection.settings_dict.get("OWNER") or {}
    if owner and connection.in_atomic_block:
        raise TransactionManagementError("become the owner outside a transaction")
    before = {name: connection.settings_dict.get(name) for name in owner}
    _log_in_anew(connection, owner)
    try:
        yield
    finally:
        _log_in_anew(connection, before)


def _log_in_anew(connection: BaseDatabaseWrapper, known: dict[str, Any]) -> None:
    if known:
        connection.close()
        connection.settings_dict.update(known)
