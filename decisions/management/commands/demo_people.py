"""`manage.py demo_people`: how to sign in as each of the demo's people."""

from collections import defaultdict
from functools import cache
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.management.base import BaseCommand, CommandError

from decisions.demo.people import PASSWORD, cast
from decisions.management.demo_only import refuse_elsewhere
from infoshare.people.models import Role, User

HEADINGS = ("Name", "Role and team", "E-mail", "Password")
Row = tuple[str, ...]


class Command(BaseCommand):
    help = "List the demo's people with their roles, teams and sign-ins. Refuses outside the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a table of the people of each organisation."""
        refuse_elsewhere()
        people = in_order()
        if not people:
            raise CommandError("The demo is not loaded yet. Run: manage.py load_demo")
        tables: dict[str, list[Row]] = defaultdict(list)
        for person in people:
            for place, role in roles_of(person):
                tables[place].append((person.name, role, person.email, password_of(person)))
        self.stdout.write("\n".join(lines(tables)))


def in_order() -> list[User]:
    """The demo's people that are in the database, in the order of `people.toml`."""
    emails = [person.email for person in cast().people.values()]
    found = User.objects.filter(email__in=emails)
    people = found.prefetch_related("memberships__organisation", "memberships__team")
    return sorted(people, key=lambda person: emails.index(person.email))


def roles_of(person: User) -> list[tuple[str, str]]:
    """Organisation, and role with its teams, once for every role that the person holds now."""
    teams: dict[tuple[str, str], list[str]] = {}
    for held in person.memberships.all():
        if held.ended_at is None:
            own = teams.setdefault((held.organisation.name, Role(held.role).label), [])
            own += [held.team.name] if held.team else []
    if not teams:
        return [("No organisation now", "No role")]
    return [(place, ", ".join([role, *sorted(own)])) for (place, role), own in teams.items()]


def password_of(person: User) -> str:
    """The demo's password, or what became of it when somebody tried the password page."""
    if not person.is_active:
        return "(account closed)"
    return PASSWORD if _is_first_password(person.password) else "(changed)"


@cache
def _is_first_password(stored: str) -> bool:
    # All begin with the same stored hash, so this slow question is asked once.
    return check_password(PASSWORD, stored)


def lines(tables: dict[str, list[Row]]) -> list[str]:
    """The tables as text, their columns as wide as the widest cell of them all."""
    rows = [HEADINGS, *(row for table in tables.values() for row in table)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    text = ["Sign in as one of these people. All of them are invented."]
    for place, table in tables.items():
        text += ["", place]
        text += [
            "  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in (HEADINGS, *table)
        ]
    return text
