"""Tables that only grow: a migration operation that makes PostgreSQL itself refuse changes.

The triggers are our own and `ENABLE ALWAYS`, so they also hold under
`session_replication_role = replica`, and for whatever role asks (DESIGN section 7).
"""

from django.db.migrations import RunSQL

NAME = "infoshare_refuse_change"
SOURCE = """
BEGIN
    RAISE EXCEPTION '% of % is refused: sealed rows are never changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END """

FUNCTION = f"""
CREATE OR REPLACE FUNCTION infoshare_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $${SOURCE}$$;
"""

GUARDS = """
CREATE TRIGGER only_grows_row BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION infoshare_refuse_change();
CREATE TRIGGER only_grows_table BEFORE TRUNCATE ON "{table}"
    FOR EACH STATEMENT EXECUTE FUNCTION infoshare_refuse_change();
ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER only_grows_row;
ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER only_grows_table;
"""

UNGUARD = """
DROP TRIGGER only_grows_row ON "{table}";
DROP TRIGGER only_grows_table ON "{table}";
"""


class OnlyGrows(RunSQL):
    """The operation that guards one table, so that it can be found again by `verify_ledger`."""

    def __init__(self, table: str) -> None:
        super().__init__(FUNCTION + GUARDS.format(table=table), UNGUARD.format(table=table))
        self.table = table

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a squashed migration would write this operation."""
        return type(self).__name__, [self.table], {}


CHECK = """
CREATE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $check${source}$check$;
CREATE TRIGGER {name} BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION {function}();
ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name};
"""

UNCHECK = """
DROP TRIGGER {name} ON "{table}";
DROP FUNCTION {function}();
"""


class ChecksInserts(RunSQL):
    """The operation that has a function look at each new row of a table that only grows.

    It is for what no constraint can say. `verify_ledger` knows of it, and of no other trigger.
    """

    def __init__(self, table: str, name: str, source: str) -> None:
        self.table, self.name, self.source = table, name, source
        self.function = f"{table}_{name}"
        parts = {"table": table, "name": name, "source": source, "function": self.function}
        super().__init__(CHECK.format(**parts), UNCHECK.format(**parts))

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a squashed migration would write this operation."""
        return type(self).__name__, [self.table, self.name, self.source], {}


def only_grows(table: str) -> OnlyGrows:
    """The operation that guards one table against UPDATE, DELETE and TRUNCATE."""
    return OnlyGrows(table)
