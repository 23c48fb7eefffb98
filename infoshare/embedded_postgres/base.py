"""The engine's connection: it has the bundled server run before it connects."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from django.db import DatabaseError, NotSupportedError
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base, features

from infoshare.embedded_postgres import bundled, names, roles
from infoshare.embedded_postgres.address import Address
from infoshare.embedded_postgres.client import DatabaseClient
from infoshare.embedded_postgres.cluster import SUPERUSER
from infoshare.embedded_postgres.creation import DatabaseCreation
from infoshare.embedded_postgres.errors import BundledServerError
from infoshare.embedded_postgres.state import StateFolder

OLDEST = (15,)
# Seconds to go on trying while the server is being started again.
RETRY = 30.0
# What libpq and the server say when the server is just not there yet, or not there any more.
PASSING = (
    "No such file or directory",
    "Connection refused",
    "Connection reset",
    "server closed the connection unexpectedly",
    "the database system is starting up",
    "the database system is shutting down",
    "the database system is not yet accepting connections",
    "the database system is in recovery mode",
)


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's, with the oldest version that InfoShare is made for."""

    minimum_database_version = OLDEST


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to HOST, or to the bundled server when the settings name no HOST."""

    features_class = DatabaseFeatures
    client_class = DatabaseClient
    creation_class = DatabaseCreation

    def address(self) -> Address:
        """The bundled server's address, started if need be; `OperationalError` if it cannot."""
        try:
            return bundled.address(self.settings_dict)
        except BundledServerError as problem:
            raise self.Database.OperationalError(str(problem)) from problem

    def database_url(self) -> str:
        """The `DATABASE_URL` that takes another process to this connection's database."""
        known = self._parameters(self.get_connection_params())
        if role := self.settings_dict["OPTIONS"].get("assume_role"):
            known["user"] = role
        names = ("host", "port", "user", "password", *self.settings_dict["OPTIONS"])
        query = urlencode({name: known[name] for name in names if name in known}, quote_via=quote)
        return f"postgresql:///{quote(known['dbname'], safe='')}?{query}"

    @contextmanager
    def superuser_cursor(self, database: str = "postgres") -> Iterator[Any]:
        """A cursor of the bundled server's superuser, in a connection of its own."""
        known = {**self.settings_dict, "NAME": database, "USER": SUPERUSER, "OPTIONS": {}}
        made = self.__class__(known, alias=NO_DB_ALIAS)
        try:
            with made.cursor() as cursor:
                yield cursor
        finally:
            made.close()

    def hand_over(self) -> None:
        """Have the bundled server's owner own our database, made before there was an owner."""
        if bundled.is_bundled(self.settings_dict):
            name = str(self.settings_dict["NAME"])
            with self.superuser_cursor(name) as cursor:
                roles.hand_over(cursor, self.ops.quote_name(name))

    def _nodb_cursor(self) -> Any:
        if bundled.is_bundled(self.settings_dict):
            return self.superuser_cursor()
        return super()._nodb_cursor()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A new connection. The bundled server is waited for while it starts (again)."""
        if not bundled.is_bundled(self.settings_dict):
            return super().get_new_connection(conn_params)
        end = time.monotonic() + RETRY
        may_create = not bundled.is_for_tests(self.settings_dict)
        while True:
            try:
                return super().get_new_connection(self._parameters(conn_params))
            except self.Database.OperationalError as error:
                if may_create and self._is_missing(error):
                    may_create = False
                    self._create_database()
                elif not _is_passing(error):
                    raise
                elif time.monotonic() > end:
                    raise self._no_answer(error) from error
            time.sleep(0.05)

    def check_database_version_supported(self) -> None:
        """Raise `NotSupportedError` for a server older than InfoShare is made for."""
        found = self.get_database_version()
        if found < OLDEST:
            raise NotSupportedError(
                f"InfoShare needs PostgreSQL {OLDEST[0]} or newer, and the server at "
                f"{self.settings_dict['HOST'] or 'its own socket'} is PostgreSQL "
                f"{'.'.join(map(str, found))}. Set DATABASE_URL to a newer server, or leave it out "
                "to use the server that InfoShare brings."
            )

    def _parameters(self, conn_params: dict[str, Any]) -> dict[str, Any]:
        """What to connect with; the bundled server's address is looked up each time."""
        if not bundled.is_bundled(self.settings_dict):
            return conn_params
        here = self.address().parameters()
        return {"connect_timeout": 10, **here, **conn_params}

    def _is_missing(self, error: Exception) -> bool:
        """Whether the server is there and our database, or our role, is not."""
        ours = (f'database "{self.settings_dict["NAME"]}"', f'role "{names.OWNER}"')
        missing = (*ours, f'role "{names.APPLICATION}"')
        return any(f"{what} does not exist" in str(error) for what in missing)

    def _create_database(self) -> None:
        """Create the roles and our database; no error when another process has just done so."""
        name = self.ops.quote_name(self.settings_dict["NAME"])
        try:
            with self.superuser_cursor() as cursor:
                roles.make(cursor)
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 OWNER {names.OWNER}")
        except DatabaseError as error:
            # Two at once: one of them breaks a unique index or finds the name taken.
            if "already exists" not in str(error):
                raise

    def _no_answer(self, error: Exception) -> Exception:
        log = StateFolder(bundled.state_folder(self.settings_dict)).log
        found: Exception = self.Database.OperationalError(
            f"The bundled PostgreSQL does not answer: {error}\nIts log: {log}"
        )
        return found


def _is_passing(error: Exception) -> bool:
    return any(words in str(error) for words in PASSING)
