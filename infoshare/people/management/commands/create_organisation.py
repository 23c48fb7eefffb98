"""`manage.py create_organisation`: an organisation and its teams."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from infoshare.people import writers
from infoshare.people.management.choosing import choose, one_line_errors
from infoshare.people.models import Organisation, Sector


class Command(BaseCommand):
    help = "Make an organisation with its teams. Run it again to add teams."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="as its people know it")
        parser.add_argument("--sector", required=True, help=", ".join(Sector.values))
        parser.add_argument(
            "--team", nargs="+", action="extend", default=[], metavar="NAME", help="its teams"
        )

    @transaction.atomic
    def handle(self, *args: Any, name: str, sector: str, team: list[str], **options: Any) -> None:
        """Make what is not there yet, and say so line by line."""
        kind = choose(Sector, sector, "sector")
        with one_line_errors():
            organisation = self.organisation(name, kind)
            for team_name in team:
                self.team(organisation, team_name)

    def organisation(self, name: str, sector: Sector) -> Organisation:
        """The organisation, new or found; one of another sector is refused."""
        found = Organisation.objects.filter(name__iexact=name.strip()).first()
        if found is None:
            found = writers.create_organisation(name=name, sector=sector)
            self.stdout.write(f"Made the organisation {found} ({sector.label}).")
        elif found.sector != sector:
            raise CommandError(
                f"There is already an organisation called {found}, of the sector {found.sector}."
            )
        else:
            self.stdout.write(f"The organisation {found} is there already.")
        return found

    def team(self, organisation: Organisation, name: str) -> None:
        """Make the team unless the organisation has it."""
        found = organisation.teams.filter(name__iexact=name.strip()).first()
        if found:
            self.stdout.write(f"The team {found} is there already.")
        else:
            made = writers.create_team(organisation=organisation, name=name)
            self.stdout.write(f"Made the team {made}.")
