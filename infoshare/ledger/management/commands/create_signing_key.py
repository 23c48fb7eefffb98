"""`manage.py create_signing_key`: the key that signs checkpoints, or one to take its place."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infoshare.ledger import checkpoints, keys
from infoshare.ledger.notes import NoteError


class Command(BaseCommand):
    help = "Make a key that signs the ledger's checkpoints. Run it again to replace a key."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--name",
            help="names the ledger for ever, such as infoshare.your-council.example/ledger",
        )
        parser.add_argument(
            "--replace", action="store_true", help="make another beside the one in use"
        )

    def handle(self, *args: Any, name: str | None, replace: bool, **options: Any) -> None:
        """Make the key and print the verifier key; refuse what would change the ledger's name."""
        try:
            known = checkpoints.verifier_keys()
        except keys.KeyFileError as error:
            raise CommandError(str(error)) from error
        if known and not replace:
            raise CommandError(
                "There is a key already. With --replace another is made, and both sign until you "
                "delete the old .key file."
            )
        if known and name not in (None, known[0].name):
            raise CommandError(f"The ledger is called {known[0].name}, and keeps that name.")
        if not known and not name:
            raise CommandError(
                "Give the ledger its name: --name infoshare.your-council.example/ledger"
            )
        folder = checkpoints.folder() / "keys"
        try:
            made = keys.create(folder, name or known[0].name)
        except (NoteError, OSError) as error:
            raise CommandError(f"No key was made: {error}") from error
        self.stdout.write(f"Made a signing key in {folder}. Keep a copy of it apart from backups.")
        self.stdout.write("Give this verifier key to whoever checks records:\n")
        self.stdout.write(str(made.verifier))
