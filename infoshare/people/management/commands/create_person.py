"""`manage.py create_person`: a person with a role, and how they get their password."""

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from infoshare.people import writers
from infoshare.people.management.choosing import (
    choose,
    find_organisation,
    find_team,
    link_lines,
    one_line_errors,
)
from infoshare.people.models import Role, User


class Command(BaseCommand):
    help = (
        "Make a person with a role, and print the link by which they set their password. "
        "Run it again for the same email address to give a further role."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="they sign in with it")
        parser.add_argument("--name", default="", help="needed for a new person")
        parser.add_argument("--organisation", required=True)
        parser.add_argument("--role", required=True, help=", ".join(Role.values))
        parser.add_argument("--team", help="needed for a practitioner and a manager")
        parser.add_argument(
            "--password",
            action="store_true",
            help="ask for a password (or read it from standard input) instead of printing a link",
        )
        parser.add_argument(
            "--link", action="store_true", help="print a new link even if a password is set"
        )
        parser.add_argument(
            "--address", default="", help="where InfoShare is served, for the link: https://..."
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make or find the person, give the role, then see to the password."""
        role = choose(Role, options["role"], "role")
        organisation = find_organisation(options["organisation"])
        team = find_team(organisation, options["team"]) if options["team"] else None
        with one_line_errors():
            person = self.person(options["email"], options["name"])
            writers.give_role(user=person, role=role, organisation=organisation, team=team)
        place = f"{team}, {organisation}" if team else str(organisation)
        self.stdout.write(f"{person} ({person.email}) is {role.label.lower()} in {place}.")
        if options["password"]:
            self.set_password(person)
        elif options["link"] or not person.has_usable_password():
            self.stdout.write(link_lines(person, options["address"]))

    def person(self, email: str, name: str) -> User:
        """The person with this address, new or found; another name than theirs is refused."""
        found = User.objects.filter(email=email.strip().lower()).first()
        if found is None:
            return writers.create_person(email=email, name=name)
        if name.strip() and name.strip() != found.name:
            raise CommandError(
                f"{found.email} belongs to {found.name}: leave --name out to give them a role."
            )
        return found

    def set_password(self, person: User) -> None:
        """Take a password from the keyboard, twice, or the first line of standard input."""
        if sys.stdin.isatty():
            password = getpass("Password: ")
            if getpass("The same again: ") != password:
                raise CommandError("The two passwords differ. Nothing was changed.")
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages) + " Nothing was changed.") from error
        person.set_password(password)
        person.save(update_fields=["password"])
        self.stdout.write("The password is set.")
