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
from infoshare.installer import console

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
            written = self.load(progress)
        except BaseException:
            progress.end("stopped")
            raise
        progress.end("done")
        self.stdout.write(summary(written))

    def load(self, progress: "Progress") -> list[Happening]:
        """What was written, by this process alone; raises `CommandError` when it could not."""
        try:
            with alone(lambda: self.stdout.write("Another load is at work; waiting for it.")):
                return load(timezone.localdate(), progress)
        except Busy:
            raise CommandError("Another load is still at work. Try again later.") from None
        except EditionError as error:
            raise CommandError(f"The demo cannot be loaded: {error}") from None


def summary(written: list[Happening]) -> str:
    """One line about what was written."""
    if not written:
        return "The demo is already there: nothing was changed."
    readings = sum(one.reading is not None for one in written)
    said = sum(one.saying is not None for one in written)
    cases = len(written) - readings - said
    return f"The demo is loaded: {cases} cases, {readings} readings of records, {said} reviews."


class Progress:
    """A moving bar on a terminal; elsewhere a line every two seconds."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.step: console.Step | None = None
        self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say how far the load is, unless something was said just now."""
        words = f"{done} of {total}"
        if console.ON_TERMINAL:
            self.step = self.step or console.Step("Demo: invented people and cases")
            self.step.show(words, done / total)
        elif time.monotonic() - self.said >= QUIET:
            self.said = time.monotonic()
            self.command.stdout.write(words)

    def end(self, how: str) -> None:
        """Close the moving line with how the load ended."""
        if self.step is not None:
            self.step.end(how)
