"""`manage.py close_account`: no more sign-in for a person, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from infoshare.people import writers
from infoshare.people.management.choosing import find_person


class Command(BaseCommand):
    help = "Close a person's account: every session of theirs ends. What they wrote stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Close it; one that is closed stays so."""
        person = writers.deactivate(user=find_person(email))
        self.stdout.write(f"The account of {person} ({person.email}) is closed.")
