"""`manage.py dbshell`: psql on the same database as the application."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from infoshare.embedded_postgres import binaries, bundled


class DatabaseClient(client.DatabaseClient):
    """Django's, with the wheel's own psql for the bundled server."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """The command line of psql and what it needs in its environment."""
        if not bundled.is_bundled(settings_dict):
            return super().settings_to_cmd_args_env(settings_dict, parameters)
        here = bundled.address(settings_dict)
        user = settings_dict.get("USER") or here.user
        known = {**settings_dict, "HOST": here.host, "PORT": here.port, "USER": user}
        arguments, environment = super().settings_to_cmd_args_env(known, parameters)
        return [str(binaries.program("psql")), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        """Run psql until the person leaves it. A missing database is made first."""
        self.connection.ensure_connection()
        self.connection.close()
        super().runshell(parameters)
