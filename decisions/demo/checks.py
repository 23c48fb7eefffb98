"""A check that the demo's people, whose password anybody may know, are nowhere but in a demo."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections

from decisions.demo.people import cast
from infoshare.people.models import User


def check_no_demo_people(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error when this is no demo and one of the demo's people could sign in.

    Runs where Django checks databases: in `migrate` and in `check --database default`.
    """
    if settings.DEMO or "default" not in (databases or []):
        return []
    if User._meta.db_table not in connections["default"].introspection.table_names():
        return []
    emails = [person.email for person in cast().people.values()]
    if not User.objects.filter(email__in=emails, is_active=True).exists():
        return []
    return [
        Error(
            "The demo's people are in this database, and anybody may know their password.",
            hint="Use a database of its own for a real installation; this one belongs to a demo.",
            id="decisions.E001",
        )
    ]
