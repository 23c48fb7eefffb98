"""`manage.py migrate`: Django's, as the owner of the tables, and then the application's rights."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from infoshare.database_roles import granting, statements
from infoshare.embedded_postgres import bundled
from infoshare.embedded_postgres.roles import as_owner


class Command(migrate.Command):
    """Without an owner in the settings (`DATABASE_OWNER_URL`) it is Django's own and no more."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Check and migrate, then give the application what the tables of now ask for."""
        connection: Any = connections[options["database"]]
        if not connection.settings_dict.get("OWNER"):
            return super().execute(*args, **options)
        application = str(connection.settings_dict["USER"])
        connection.hand_over()
        with as_owner(connection):
            said = super().execute(*args, **options)
            if not options["check_unapplied"] and not options["plan"]:
                self._grant(connection, application)
        return said

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
