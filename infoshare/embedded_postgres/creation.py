"""Making the test database: on a server of its own, never beside the real data."""

from typing import Any

from django.db.backends.postgresql import creation

from infoshare.embedded_postgres import bundled, roles


class DatabaseCreation(creation.DatabaseCreation):
    """Django's, on the tests' own cluster when the server is the bundled one."""

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        """The name of the test database, made on the tests' cluster."""
        bundled.use_test_cluster(self.connection)
        if bundled.is_bundled(self.connection.settings_dict):
            with self.connection._nodb_cursor() as cursor:
                roles.make(cursor)
        return super().create_test_db(*args, **kwargs)
