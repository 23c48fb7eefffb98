"""`manage.py open_account`: let a person whose account was closed come back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from infoshare.people import writers
from infoshare.people.management.choosing import find_person, link_lines


class Command(BaseCommand):
    help = "Open a closed account again, with its roles, and print a link to set a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--address", default="", help="where InfoShare is served")

    @transaction.atomic
    def handle(self, *args: Any, email: str, address: str, **options: Any) -> None:
        """Open it; one that is open stays as it is."""
        person = find_person(email)
        if person.is_active:
            self.stdout.write(f"The account of {person} ({person.email}) is open.")
            return
        writers.reactivate(user=person)
        self.stdout.write(f"The account of {person} ({person.email}) is open again.")
        self.stdout.write(link_lines(person, address))
