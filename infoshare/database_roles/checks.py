"""`manage.py check --deploy` says when the application connects with more rights than it needs."""

from typing import Any

from django.core import checks
from django.db import DatabaseError, connection

from infoshare.database_roles import standing
from infoshare.embedded_postgres import bundled


def check_the_role(**kwargs: Any) -> list[checks.CheckMessage]:
    """A warning where the role of `DATABASE_URL` could change what is sealed.

    None for the bundled server, and none while the database cannot be reached.
    """
    if bundled.is_bundled(connection.settings_dict):
        return []
    try:
        found = list(standing.too_much(connection))
    except DatabaseError:
        return []
    return [
        checks.Warning(
            f"The role of DATABASE_URL {words}, so it could change what is sealed.",
            hint="Give the application a role of its own: docs/operations.md, “Database roles”.",
            id="infoshare.W001",
        )
        for words in found
    ]
