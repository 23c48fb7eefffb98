"""Whether anybody but the owner has been given a way past the guards.

An installation where one role does all has no such rights to find; there the guards are all there
is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

# Who owns InfoShare's tables: whoever migrated first.
OWNER = "(SELECT relowner FROM pg_class WHERE oid = to_regclass('public.django_migrations'))"
PLACE = "relnamespace = 'public'::regnamespace AND relname = ANY(%s)"

BELONGING = f"""
SELECT relname, pg_get_userbyid(relowner) FROM pg_class
WHERE {PLACE} AND relowner <> {OWNER}
UNION ALL
SELECT proname || '()', pg_get_userbyid(proowner) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname = ANY(%s) AND proowner <> {OWNER}
ORDER BY 1
"""  # noqa: S608  (the names in it are ours)
GIVEN = f"""
SELECT DISTINCT relname::text, CASE grantee WHEN 0 THEN 'everybody'
    ELSE 'the role ' || pg_get_userbyid(grantee) END, privilege_type
FROM (
    SELECT relname, relowner, (aclexplode(relacl)).* FROM pg_class WHERE {PLACE}
    UNION ALL
    SELECT relname, relowner, (aclexplode(attacl)).*
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE {PLACE} AND attacl IS NOT NULL
) AS given
WHERE grantee <> relowner AND privilege_type = ANY(%s)
ORDER BY 1, 2, 3
"""  # noqa: S608  (the names in it are ours)
CALLED = """
SELECT DISTINCT proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
WHERE pronamespace = 'public'::regnamespace AND proname = %s AND grantee = 0
"""
AS_OWNER = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proname <> %s ORDER BY 1
"""
MEMBER = f"""
SELECT pg_get_userbyid(r.oid), pg_get_userbyid({OWNER}) FROM pg_roles r
WHERE r.rolname = session_user AND NOT r.rolsuper AND r.oid <> {OWNER}
    AND pg_has_role(r.oid, {OWNER}, 'MEMBER')
"""  # noqa: S608  (the names in it are ours)
CHANGES = ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"]


def problems(
    *, guarded: Iterable[str], written_by: str, through: Iterable[str], ours: Iterable[str]
) -> Iterator[str]:
    """Each way past the guards that somebody was given, in a sentence.

    `guarded` are the tables nobody may change, `through` those that only the function `written_by`
    writes, and `ours` the functions that guard.
    """
    guarded, through = list(guarded), list(through)
    for what, whose in _asked(BELONGING, guarded, list(ours)):
        yield f"{what} belongs to the role {whose}, who does not own InfoShare's other tables"
    for table, who, what in _asked(GIVEN, guarded, guarded, CHANGES):
        yield f"{who} may {what} {table}"
    for table, who, what in _asked(GIVEN, through, through, ["INSERT"]):
        yield f"{who} may {what} {table} by hand"
    for (what,) in _asked(CALLED, written_by):
        yield f"everybody may call {what}"
    for (what,) in _asked(AS_OWNER, written_by):
        yield f"the function {what} runs as the owner, and is not InfoShare's"
    for who, owner in _asked(MEMBER):
        yield f"the role {who} may become {owner}, who owns the tables"


def _asked(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
