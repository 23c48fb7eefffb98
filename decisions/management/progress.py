"""How far a command is that reads a great many things."""

import time

from django.core.management.base import BaseCommand

from infoshare.installer import console

QUIET = 2.0
"""Seconds of work about which nothing need be said."""


class Progress:
    """A moving bar on a terminal; elsewhere a line every two seconds."""

    def __init__(self, command: BaseCommand, *, title: str, of_what: str) -> None:
        self.command, self.title, self.of_what = command, title, of_what
        self.step: console.Step | None = None
        self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, unless something was said just now."""
        words = f"{done:,} of {total:,} {self.of_what}"
        if console.ON_TERMINAL:
            self.step = self.step or console.Step(self.title)
            self.step.show(words, min(1.0, done / total) if total else 1.0)
        elif time.monotonic() - self.said >= QUIET:
            self.said = time.monotonic()
            self.command.stdout.write(words)

    def end(self, how: str) -> None:
        """Close the moving line with how it ended."""
        if self.step is not None:
            self.step.end(how)
