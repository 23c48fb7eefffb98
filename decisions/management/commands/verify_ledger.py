"""`manage.py verify_ledger`: check everything that was ever sealed, from the stored bytes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.evidence.checking import check_everything
from decisions.evidence.events import waiting
from decisions.management.progress import Progress
from infoshare.ledger import earlier
from infoshare.ledger.keys import KeyFileError
from infoshare.ledger.notes import NoteError
from infoshare.ledger.verifying import Known


class Command(BaseCommand):
    help = (
        "Reads the whole ledger again, and what it commits to: leaves, nodes, records, events, "
        "and PostgreSQL's guards. Names the first leaf that is wrong, and ends with 1. Changes "
        "nothing, and can be run while people work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint", action="append", default=[], type=Path, metavar="FILE",
            help="a checkpoint that you kept elsewhere; may be said more than once",
        )  # fmt: skip

    def handle(self, *args: Any, checkpoint: list[Path], **options: Any) -> None:
        """Check, showing how far it is; whatever is wrong is an error."""
        known = [_read(path) for path in checkpoint]
        progress = Progress(self, title="Ledger", of_what="leaves")
        try:
            found = check_everything(known=known, report=progress)
        except BaseException:
            progress.end("stopped")
            raise
        progress.end("done")
        if found.findings:
            raise CommandError("\n".join(["The ledger is not whole.", *map(str, found.findings)]))
        self.stdout.write(f"{found.size:,} leaves, root {found.root.hex()}. Nothing is wrong.")
        if left := waiting():
            self.stdout.write(f"{left:,} views wait for their batch, and are not proven yet.")


def _read(path: Path) -> Known:
    try:
        return earlier.read_given(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NoteError, KeyFileError) as error:
        raise CommandError(f"{path}: {error}") from error
