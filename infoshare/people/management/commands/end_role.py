"""`manage.py end_role`: take a role from a person, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infoshare.people import writers
from infoshare.people.management.choosing import choose, find_organisation, find_person, find_team
from infoshare.people.models import Role


class Command(BaseCommand):
    help = "Take a role from a person. It works from their next click; what they wrote stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--organisation", required=True)
        parser.add_argument("--role", required=True, help=", ".join(Role.values))
        parser.add_argument("--team", help="needed for a practitioner and a manager")

    def handle(self, *args: Any, **options: Any) -> None:
        """End the one membership that was named; that they do not hold it is an error."""
        role = choose(Role, options["role"], "role")
        person = find_person(options["email"])
        organisation = find_organisation(options["organisation"])
        team = find_team(organisation, options["team"]) if options["team"] else None
        place = f"{team}, {organisation}" if team else str(organisation)
        for held in person.held_memberships:
            if (held.role, held.organisation_id, held.team_id) == (
                role,
                organisation.pk,
                team and team.pk,
            ):
                writers.end_role(membership=held)
                self.stdout.write(f"{person} is no longer {role.label.lower()} in {place}.")
                return
        raise CommandError(f"{person} is not {role.label.lower()} in {place}.")
