"""`manage.py verify_ledger`: check everything that was ever sealed, from the stored bytes."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decisions.evidence.checking import check_everything
from decisions.evidence.events import waiting
from infoshare.installer import console

QUIET = 2.0
"""Seconds of work about which nothing need be said."""


class Command(BaseCommand):
    help = (
        "Reads the whole ledger again, and what it commits to: leaves, nodes, records, events, "
        "and PostgreSQL's guards. Names the first leaf that is wrong, and ends with 1. Changes "
        "nothing, and can be run while people work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, showing how far it is; whatever is wrong is an error."""
        progress = Progress(self)
        try:
            found = check_everything(report=progress)
        except BaseException:
            progress.end("stopped")
            raise
        progress.end("done")
        if found.findings:
            raise CommandError("\n".join(["The ledger is not whole.", *map(str, found.findings)]))
        self.stdout.write(f"{found.size:,} leaves, root {found.root.hex()}. Nothing is wrong.")
        if left := waiting():
            self.stdout.write(f"{left:,} views wait for their batch, and are not proven yet.")


class Progress:
    """A moving bar on a terminal; elsewhere a line every two seconds."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.step: console.Step | None = None
        self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, unless something was said just now."""
        words = f"{done:,} of {total:,} leaves"
        if console.ON_TERMINAL:
            self.step = self.step or console.Step("Ledger")
            self.step.show(words, done / total)
        elif time.monotonic() - self.said >= QUIET:
            self.said = time.monotonic()
            self.command.stdout.write(words)

    def end(self, how: str) -> None:
        """Close the moving line with how it ended."""
        if self.step is not None:
            self.step.end(how)
