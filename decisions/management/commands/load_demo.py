"""`manage.py load_demo`: invented people and cases, put in once."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from decisions.demo.alone import Busy, alone
from decisions.demo.loading import load
from decisions.demo.timeline import Happening
from decisions.management.demo_only import refuse_elsewhere
from guidance.rulebook.schema import EditionError
from infoshare.installer.console import Step

QUIET = 2.0
"""Seconds of work about which nothing need be said."""


class Command(BaseCommand):
    help = (
        "Put the demo's invented people and cases into the database. Run again it adds what is "
        "missing, and nothing when all is there. Refuses outside the demo."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load alone, showing how far it is when it takes a while."""
        refuse_elsewhere()
        progress = Progress(self)
        try:
            with alone(lambda: self.stdout.write("Another load is at work; waiting for it.")):
                written = load(timezone.localdate(), progress)
        except Busy:
            raise CommandError("Another load is still at work. Try again later.") from None
        except EditionError as error:
            raise CommandError(f"The demo cannot be loaded: {error}") from None
        finally:
            progress.end()
        self.stdout.write(summary(written))


def summary(written: list[Happening]) -> str:
    """One line about what was written."""
    if not written:
        return "The demo is already there: nothing was changed."
    readings = sum(one.reading is not None for one in written)
    return f"The demo is loaded: {len(written) - readings} cases, {readings} readings of records."


class Progress:
    """A moving bar on a terminal; elsewhere a line every two seconds."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.step: Step | None = None
        self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say how far the load is, unless something was said just now."""
        words = f"{done} of {total}"
        if self.command.stdout.isatty():
            self.step = self.step or Step("Demo: invented people and cases")
            self.step.show(words, done / total)
        elif time.monotonic() - self.said >= QUIET:
            self.said = time.monotonic()
            self.command.stdout.write(words)

    def end(self) -> None:
        """Close the moving line."""
        if self.step is not None:
            self.step.end()
