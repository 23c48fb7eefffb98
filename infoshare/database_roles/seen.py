"""Who may do what in the database, as PostgreSQL says it: one line a thing.

Read from the catalogues alone, which every role may read. The owner of the database is left out,
who may do everything; whatever belongs to somebody else says so.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Each part gives: what it is, its owner (or NULL), who, what they may do, in which columns.
ASK = """
WITH owner AS (SELECT datdba FROM pg_database WHERE datname = current_database()),
things AS (
    SELECT 1 AS place, 'the database' AS thing, datdba AS owner,
        coalesce(datacl, acldefault('d', datdba)) AS acl
    FROM pg_database WHERE datname = current_database()
    UNION ALL
    SELECT 2, 'schema ' || nspname,
        CASE nspowner WHEN 'pg_database_owner'::regrole THEN (SELECT datdba FROM owner)
            ELSE nspowner END,
        coalesce(nspacl, acldefault('n', nspowner))
    FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL
    SELECT 3, 'later ' || CASE defaclobjtype WHEN 'f' THEN 'functions' WHEN 'r' THEN 'tables'
            WHEN 'S' THEN 'sequences' WHEN 'T' THEN 'types' ELSE 'schemas' END,
        defaclrole, defaclacl
    FROM pg_default_acl
    UNION ALL
    SELECT 4, CASE relkind WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' ELSE 'table ' END
            || oid::regclass, relowner,
        coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('i', 'I', 'c')
    UNION ALL
    SELECT 5, 'function ' || oid::regprocedure || CASE WHEN prosecdef THEN ' (runs as owner)'
            ELSE '' END, proowner, coalesce(proacl, acldefault('f', proowner))
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
),
rights AS (
    SELECT thing, grantee, string_agg(privilege_type, ', ' ORDER BY privilege_type)
        || CASE WHEN bool_or(is_grantable) THEN ' (and may give it to others)' ELSE '' END AS may
    FROM things, aclexplode(acl) WHERE grantee <> owner GROUP BY thing, grantee
    UNION ALL
    SELECT 'table ' || attrelid::regclass, grantee,
        privilege_type || ' (' || string_agg(attname, ', ' ORDER BY attname) || ')'
    FROM pg_attribute, aclexplode(attacl) AS a
    WHERE attacl IS NOT NULL AND NOT attisdropped
        AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    GROUP BY attrelid, grantee, privilege_type
)
SELECT thing, owner = (SELECT datdba FROM owner), pg_get_userbyid(owner),
    CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, may
FROM things LEFT JOIN rights USING (thing)
WHERE grantee IS NULL
    OR grantee <> (SELECT datdba FROM owner) AND grantee <> 'pg_database_owner'::regrole
ORDER BY place, thing COLLATE "C", grantee, may COLLATE "C"
"""
# Listed only when somebody has a right to one.
OFTEN_NOBODYS = ("sequence ", "function ")


def rights(connection: BaseDatabaseWrapper, application: str) -> list[str]:
    """A line for each thing; the role of the application is called so, whatever its name."""
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        return list(_lines(cursor.fetchall(), application))


def _lines(rows: list[Any], application: str) -> Iterator[str]:
    things: dict[str, dict[str, list[str]]] = {}
    for thing, is_owners, owner, who, may in rows:
        name = thing if is_owners else f"{thing}, which belongs to {owner}"
        held = things.setdefault(name, {})
        if may:
            held.setdefault("application" if who == application else who, []).append(may)
    for thing, held in things.items():
        said = "; ".join(f"{who}: {', '.join(may)}" for who, may in held.items())
        if said or not thing.startswith(OFTEN_NOBODYS):
            yield f"{thing} | {said or 'nobody'}"
