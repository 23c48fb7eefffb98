"""The SQL that gives the application its rights, and everybody else none. Pure text.

Everything is taken away first and then given, in one transaction: nobody sees the time between.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from infoshare.database_roles import allowed

# Of PostgreSQL itself, so only its superuser can take them: nobody here needs large objects.
LARGE_OBJECTS = (
    "lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_open(oid, integer),"
    " lo_put(oid, bigint, bytea), lo_unlink(oid), lo_import(text), lo_export(oid, text)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the owner owns in the schema `public`."""

    database: str
    columns: dict[str, Collection[str]]
    """The columns of each table or view."""
    sequences: Sequence[str]
    functions: Sequence[tuple[str, str, bool]]
    """Name, name with the types of its arguments, and whether it is for triggers."""


def role(application: str) -> str:
    """The role of the application, which has nothing but what it is given."""
    return (
        f"CREATE ROLE {quoted(application)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
        " NOREPLICATION NOBYPASSRLS NOINHERIT"
    )


def by_superuser() -> str:
    """What only a superuser can take from everybody, in this database."""
    return f"REVOKE ALL ON FUNCTION {LARGE_OBJECTS} FROM PUBLIC"


def grants(application: str, found: Found, only_grow: Collection[str]) -> Iterator[str]:
    """Each statement, in order, for the owner to run."""
    to = quoted(application)
    everybody = f"PUBLIC, {to}"
    database = quoted(found.database)
    yield f"REVOKE ALL ON DATABASE {database} FROM {everybody}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {to}"
    yield f"REVOKE ALL ON SCHEMA public FROM {everybody}"
    yield f"GRANT USAGE ON SCHEMA public TO {to}"
    yield "ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC"
    for table, columns in sorted(found.columns.items()):
        yield f"REVOKE ALL ON TABLE public.{quoted(table)} FROM {everybody}"
        yield from _table(to, table, columns, is_growing=table in only_grow)
    for sequence in sorted(found.sequences):
        yield f"REVOKE ALL ON SEQUENCE public.{quoted(sequence)} FROM {everybody}"
        if sequence in allowed.SEQUENCES:
            yield f"GRANT USAGE ON SEQUENCE public.{quoted(sequence)} TO {to}"
    for name, signature, is_trigger in sorted(found.functions):
        yield f"REVOKE ALL ON FUNCTION {signature} FROM {everybody}"
        if allowed.may_call(name, is_trigger=is_trigger):
            yield f"GRANT EXECUTE ON FUNCTION {signature} TO {to}"


def _table(to: str, table: str, columns: Collection[str], *, is_growing: bool) -> Iterator[str]:
    rights = allowed.rights(table, only_grows=is_growing)
    if rights is None:
        return
    given = ["SELECT"] + ["INSERT"] * rights.insert + ["DELETE"] * rights.delete
    # An older schema, in the middle of going back, may not have them all.
    update = [quoted(one) for one in rights.update if one in columns]
    if update:
        given.append(f"UPDATE ({', '.join(update)})")
    yield f"GRANT {', '.join(given)} ON TABLE public.{quoted(table)} TO {to}"


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever is in it."""
    return '"{}"'.format(name.replace('"', '""'))
