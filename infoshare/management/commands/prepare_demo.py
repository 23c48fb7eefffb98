"""`manage.py prepare_demo`: all that `make run` needs of Django, in one start of it."""

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from decisions.demo.seal import make_seal
from infoshare.ledger import checkpoints

LEDGER = "demo.infoshare.example/ledger"


class Command(BaseCommand):
    """Bring the tables up to date, load the demo once, and end with who can sign in.

    A form feed stands before the text that is meant for the person at the terminal.
    """

    help = "Make tables, load the demo unless it is there, and list the demo's sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise `CommandError` where this is no demo: its passwords are known to everyone."""
        if not settings.DEMO:
            raise CommandError("This is not a demo: set INFOSHARE_DEMO=1 where it should be one.")
        call_command("migrate", interactive=False, stdout=self.stdout)
        call_command("load_demo", stdout=self.stdout)
        if not checkpoints.can_sign():
            call_command("create_signing_key", name=LEDGER, stdout=self.stdout)
        make_seal(*settings.DEMO_SEAL)
        people = StringIO()
        call_command("demo_people", stdout=people)
        self.stdout.write(f"\f{people.getvalue()}")
