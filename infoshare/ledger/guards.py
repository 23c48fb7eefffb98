"""Whether PostgreSQL still holds what the migrations made it hold.

Whoever owns the database can take a guard away, change rows and put it back. So this finds no
more than a guard that is missing now; what was changed is found by the hashes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from infoshare import append_only
from infoshare.database_roles.growing import checks_of_inserts, guarded_tables
from infoshare.ledger import function, rights

ROW_INSERT, ROW_UPDATE_DELETE, STATEMENT_TRUNCATE = 7, 27, 34  # pg_trigger.tgtype, both BEFORE


@dataclass(frozen=True, slots=True)
class Function:
    """What a function of ours must be."""

    name: str
    source: str
    runs_as_owner: bool
    settings: tuple[str, ...] = ("search_path=pg_catalog",)


FUNCTIONS = (
    Function(append_only.NAME, append_only.SOURCE, runs_as_owner=False),
    Function(function.HEAD_NAME, function.HEAD_SOURCE, runs_as_owner=False),
    Function(
        function.NAME, function.SOURCE, runs_as_owner=True, settings=function.SETTINGS
    ),
)  # fmt: skip
HEAD = "ledger_head"
WRITTEN_BY_APPEND = (HEAD, "ledger_leaf")
LOOKS_IN = ("search_path=pg_catalog, public",)


def problems() -> Iterator[str]:
    """Each guard that is missing, switched off or not ours, in a sentence."""
    yield from _functions()
    triggers, rules = _triggers(), _rules()
    for table in (*guarded_tables(), HEAD):
        expected = _head() if table == HEAD else _only_grows() | _looks(table)
        found = triggers.get(table, {})
        for name, what in expected.items():
            if found.get(name) != what:
                yield f"the guard {name} of {table} is missing, off or another one"
        for name in sorted(set(found) - set(expected)):
            yield f"{table} has a trigger that is not InfoShare's: {name}"
        for name in rules.get(table, ()):
            yield f"{table} has a rule that is not InfoShare's: {name}"
    yield from rights.problems(
        guarded=(*guarded_tables(), HEAD),
        written_by=function.NAME,
        through=WRITTEN_BY_APPEND,
        ours=(one.name for one in (*FUNCTIONS, *_looking())),
    )


Trigger = tuple[str, str, int, bool]
"""Function, whether it is on ("A": always), kind, and that it asks no condition."""


def _only_grows() -> dict[str, Trigger]:
    called = append_only.NAME
    return {
        "only_grows_row": (called, "A", ROW_UPDATE_DELETE, True),
        "only_grows_table": (called, "A", STATEMENT_TRUNCATE, True),
    }


def _looks(table: str) -> dict[str, Trigger]:
    found = (one for one in checks_of_inserts() if one.table == table)
    return {one.name: (one.function, "A", ROW_INSERT, True) for one in found}


def _head() -> dict[str, Trigger]:
    called = function.HEAD_NAME
    return {
        "head_row": (called, "A", ROW_UPDATE_DELETE, True),
        "head_table": (called, "A", STATEMENT_TRUNCATE, True),
    }


def _triggers() -> dict[str, dict[str, Trigger]]:
    found: dict[str, dict[str, Trigger]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, p.proname, t.tgenabled, t.tgtype,"
            " t.tgqual IS NULL AND t.tgattr::text = ''"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        )
        for table, name, *what in cursor.fetchall():
            found.setdefault(table, {})[name] = tuple(what)
    return found


def _rules() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, rulename FROM pg_rules WHERE schemaname = 'public'")
        for table, name in cursor.fetchall():
            found.setdefault(table, []).append(name)
    return found


def _looking() -> tuple[Function, ...]:
    return tuple(
        Function(one.function, one.source, runs_as_owner=False, settings=LOOKS_IN)
        for one in checks_of_inserts()
    )


def _functions() -> Iterator[str]:
    expected = (*FUNCTIONS, *_looking())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc, prosecdef, proconfig FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND proname = ANY(%s)",
            [[one.name for one in expected]],
        )
        found = {name: (source, owner, tuple(sets or ())) for name, source, owner, sets in cursor}
    for one in expected:
        if found.get(one.name) != (one.source, one.runs_as_owner, one.settings):
            yield f"the function {one.name} is not the one that InfoShare brings"
