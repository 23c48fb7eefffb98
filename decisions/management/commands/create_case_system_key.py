"""`manage.py create_case_system_key`: let a case system start decisions with a case filled in."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from decisions.wizard.case_system.signing import secret_of
from decisions.wizard.case_system.writers import make_key
from infoshare.people.management.choosing import find_organisation, one_line_errors


class Command(BaseCommand):
    help = "Make the key with which an organisation's case system hands in a case."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", required=True)
        parser.add_argument("--name", required=True, help="which system, as its people call it")

    @transaction.atomic
    def handle(self, *args: Any, organisation: str, name: str, **options: Any) -> None:
        """Make the key and print it with its secret, this one time."""
        place = find_organisation(organisation)
        with one_line_errors():
            key = make_key(organisation=place, name=name)
        try:
            secret = secret_of(key.pk)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"A key for {key} of {place}. It is shown only now: keep it safe.")
        self.stdout.write(f"key:    {key.pk}\nsecret: {secret}")
