"""`manage.py seal_checkpoint`: sign what the ledger is now, and publish it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infoshare.ledger import checkpoints, publishing
from infoshare.ledger.keys import KeyFileError


class Command(BaseCommand):
    help = "Sign a checkpoint of the ledger and publish it; refuses when history was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sign and publish; exit 1 with the reason when either cannot be done."""
        try:
            sealed = checkpoints.seal()
        except (KeyFileError, checkpoints.InconsistentLedgerError) as error:
            raise CommandError(str(error)) from error
        if sealed is None:
            self.stdout.write("The ledger has no leaf yet: there is nothing to sign.")
            return
        try:
            written = publishing.publish()
        except Exception as error:  # whatever a storage of the operator's raises
            raise CommandError(f"Signed, but not published: {error}") from error
        self.stdout.write(f"Checkpoint of {sealed.size:,} leaves; files published: {written}.")
