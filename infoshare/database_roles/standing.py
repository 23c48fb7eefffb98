"""What a role is beside its rights: whether the application's is no more than it may be."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

ASK = """
SELECT r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls,
    ARRAY(SELECT pg_get_userbyid(m.roleid)::text FROM pg_auth_members m WHERE m.member = r.oid),
    EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid)
        OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
        OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid)
        OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = r.oid)
FROM pg_roles r WHERE r.rolname = coalesce(%s, session_user)
"""
MORE = (
    "is a superuser",
    "may make roles",
    "may make databases",
    "may replicate",
    "passes by the security of rows",
)


def too_much(connection: BaseDatabaseWrapper, role: str | None = None) -> Iterator[str]:
    """What a role is or has that the application's must not; the role that is connected.

    Nothing comes for a role that is not there.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASK, [role])
        found = cursor.fetchone()
    if found is None:
        return
    *more, member_of, owns = found
    yield from (words for words, is_so in zip(MORE, more, strict=True) if is_so)
    if owns:
        yield "owns tables, functions or the database itself"
    for other in member_of:
        yield f"is a member of {other}"
