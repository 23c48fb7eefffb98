"""`manage.py end_case_system_key`: take nothing more from a case system, at once."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.wizard.case_system.models import CaseSystemKey
from decisions.wizard.case_system.writers import end_key


class Command(BaseCommand):
    help = "End a case system's key. Without --key: list the keys that are in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--key", help="the key, not its secret")

    def handle(self, *args: Any, key: str | None, **options: Any) -> None:
        """End the one key that was named; an unknown one is an error."""
        if key is None:
            return self._list()
        try:
            found = CaseSystemKey.objects.filter(pk=uuid.UUID(key)).first()
        except ValueError:
            found = None
        if found is None:
            raise CommandError(f"There is no key {key}.")
        end_key(key=found)
        self.stdout.write(f"The key of {found}, {found.organisation}, has ended.")
        return None

    def _list(self) -> None:
        in_use = CaseSystemKey.objects.filter(ended_at=None).select_related("organisation")
        for one in in_use.order_by("organisation__name", "made_at"):
            self.stdout.write(f"{one.pk}  {one.organisation}: {one}, made {one.made_at:%Y-%m-%d}")
