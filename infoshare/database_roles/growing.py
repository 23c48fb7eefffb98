"""What the migrations say of the tables: which only grow, and which functions look at new rows."""

from functools import cache

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from infoshare import append_only


@cache
def _operations() -> tuple[Operation, ...]:
    """What the migrations of every app do."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return tuple(one for migration in migrations for one in migration.operations)


@cache
def guarded_tables() -> tuple[str, ...]:
    """The tables that only grow, as the migrations say, in the order of letters."""
    found = (one.table for one in _operations() if isinstance(one, append_only.OnlyGrows))
    return tuple(sorted(found))


def checks_of_inserts() -> list[append_only.ChecksInserts]:
    """The functions that look at new rows, as the migrations say."""
    return [one for one in _operations() if isinstance(one, append_only.ChecksInserts)]
