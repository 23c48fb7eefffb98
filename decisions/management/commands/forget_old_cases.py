"""`manage.py forget_old_cases`: remove cases that were handed in and not used in time."""

from typing import Any

from django.core.management.base import BaseCommand

from decisions.wizard.case_system.writers import forget_old_cases


class Command(BaseCommand):
    help = "Remove cases that were handed in and not used. The job worker does it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many there were."""
        self.stdout.write(f"Cases removed: {forget_old_cases()}.")
