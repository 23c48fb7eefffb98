"""`manage.py migrate`: Django's, as the owner of the tables, and then the application's rights."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import ProgrammingError, connections
from psycopg2.errors import InsufficientPrivilege

from infoshare.database_roles import granting, statements
from infoshare.embedded_postgres import bundled
from infoshare.embedded_postgres.roles import as_owner


class Command(migrate.Command):
    """Without an owner in the settings (`DATABASE_OWNER_URL`) it is Django's own and no more."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Check and migrate, then give the application what the tables of now ask for."""
        connection: Any = connections[options["database"]]
        if not connection.settings_dict.get("OWNER"):
            return self._as_it_is(*args, **options)
        application = str(connection.settings_dict["USER"])
        connection.hand_over()
        with as_owner(connection):
            said = super().execute(*args, **options)
            if not options["check_unapplied"] and not options["plan"]:
                self._grant(connection, application)
        return said

    def _as_it_is(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            raise CommandError(
                f"The role of DATABASE_URL may not do that ({str(error).strip()}). "
                "Set DATABASE_OWNER_URL as well, for this command: docs/operations.md, "
                "“Database roles”."
            ) from error

    def _grant(self, connection: Any, application: str) -> None:
        if not granting.exists(connection, application):
            self.stderr.write(
                f"The role {application} is not there yet: run manage.py database_roles."
            )
            return
        try:
            granting.grant(connection, application)
        except granting.NotTheOwner as problem:
            raise CommandError(str(problem)) from problem
        if bundled.is_bundled(connection.settings_dict):
            with connection.superuser_cursor(connection.settings_dict["NAME"]) as cursor:
                cursor.execute(statements.by_superuser())
