"""`manage.py database_roles`: make the application's role, and give it what it may do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from psycopg2.extensions import encrypt_password

from infoshare.database_roles import granting, seen, standing, statements
from infoshare.embedded_postgres.roles import as_owner

NO_OWNER = (
    "DATABASE_OWNER_URL is not set. It is the address for the role that owns the tables, and "
    "DATABASE_URL the one for the application's role: docs/operations.md, “Database roles”."
)


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they ask the database as the application
    help = (
        "Make the role of DATABASE_URL when it is missing, and give it what InfoShare needs and no "
        "more, as the role of DATABASE_OWNER_URL. Once or often, with the same end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--print", action="store_true", help="print the SQL, change nothing")
        only.add_argument(
            "--list", action="store_true", help="list who may do what, change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise `CommandError` where there is no owner, or a role is not what it must be."""
        known = connection.settings_dict
        application, password = str(known["USER"]), str(known.get("PASSWORD") or "")
        if options["list"]:
            self._say(seen.rights(connection, application))
            return
        if not known.get("OWNER"):
            raise CommandError(NO_OWNER)
        try:
            with as_owner(connection):
                if options["print"]:
                    self._print(application)
                else:
                    self._write(application, password)
        except granting.NotTheOwner as problem:
            raise CommandError(str(problem)) from problem

    def _write(self, application: str, password: str) -> None:
        if not granting.exists(connection, application):
            self._make(application, password)
        if found := list(standing.too_much(connection, application)):
            raise CommandError(
                f"The role {application} may not be the application's: it {', it '.join(found)}."
            )
        granting.grant(connection, application)
        self.stdout.write(f"The role {application} may do what InfoShare needs, and no more.")

    def _make(self, application: str, password: str) -> None:
        words = statements.role(application)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(words)
                if password:
                    cursor.execute(
                        f"ALTER ROLE {statements.quoted(application)} PASSWORD %s",
                        [_scrambled(password, application)],
                    )
        except DatabaseError as error:
            raise CommandError(
                f"The role {application} is not there, and could not be made ({error}). Let a "
                f"superuser run: {words}; and give it the password of DATABASE_URL."
            ) from error

    def _print(self, application: str) -> None:
        if not granting.exists(connection, application):
            self._say([f"{statements.role(application)};", f"\\password {application}"])
        grants = granting.grants(connection, application)
        self._say(["BEGIN;", *(f"{one};" for one in grants), "COMMIT;"])
        self._say(
            ["-- Only for a superuser, who may leave it out:", statements.by_superuser() + ";"]
        )

    def _say(self, lines: list[str]) -> None:
        self.stdout.write("\n".join(lines))


def _scrambled(password: str, role: str) -> str:
    """What PostgreSQL keeps of a password, so that the password itself is in no log of its."""
    made = encrypt_password(password, role, connection.connection, "scram-sha-256")
    return str(made)
