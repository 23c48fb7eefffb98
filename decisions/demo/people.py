"""The demo's organisations, teams and people, read strictly from `people.toml`. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guidance.rulebook.tables import Table, read_table
from infoshare.people.models import TEAM_ROLES, Role, Sector

FILE = Path(__file__).resolve().parent / "people.toml"
# Everybody may know it: load_demo refuses to put these people anywhere but in a demo.
PASSWORD = "demo-only-infoshare"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An invented organisation with its teams' names by id."""

    id: str
    name: str
    sector: Sector
    teams: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person: one role, in no, one or several teams of one organisation."""

    id: str
    name: str
    email: str
    organisation: str
    role: Role
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Everybody in the demo, by id."""

    organisations: Mapping[str, DemoOrganisation]
    people: Mapping[str, DemoPerson]

    @property
    def teams(self) -> list[str]:
        """The ids of all teams; no two organisations use the same one."""
        return [team for one in self.organisations.values() for team in one.teams]

    def practitioners(self, team: str) -> list[str]:
        """Who decides cases in this team."""
        people = self.people.values()
        return [p.id for p in people if p.role is Role.PRACTITIONER and team in p.teams]

    def readers(self, team: str) -> list[str]:
        """Who besides practitioners may read the team's records: its managers, its auditor."""
        place = next(one.id for one in self.organisations.values() if team in one.teams)
        return [
            person.id
            for person in self.people.values()
            if (person.role is Role.MANAGER and team in person.teams)
            or (person.role is Role.AUDITOR and person.organisation == place)
        ]


@cache
def cast() -> DemoCast:
    """The shipped cast; raises `EditionError` that names the file and key."""
    return read_cast(FILE.name, FILE.read_bytes())


def read_cast(file: str, content: bytes) -> DemoCast:
    """The cast in a file's bytes; raises `EditionError` that names the file and key."""
    table = read_table(file, content)
    organisations = {one.id: one for one in map(_organisation, table.tables("organisation"))}
    people = {
        one.id: one for one in (_person(entry, organisations) for entry in table.tables("person"))
    }
    table.close()
    return DemoCast(organisations, people)


def _organisation(table: Table) -> DemoOrganisation:
    organisation = DemoOrganisation(
        id=table.identity(),
        name=table.text("name"),
        sector=Sector(table.word("sector", Sector.values)),
        teams=dict(map(_team, table.tables("team"))),
    )
    table.close()
    return organisation


def _team(table: Table) -> tuple[str, str]:
    team = table.identity(), table.text("name")
    table.close()
    return team


def _person(table: Table, organisations: Mapping[str, DemoOrganisation]) -> DemoPerson:
    person = DemoPerson(
        id=table.identity(),
        name=table.text("name"),
        email=table.text("email"),
        organisation=table.word("organisation", organisations),
        role=Role(table.word("role", Role.values)),
        teams=table.texts("teams"),
    )
    table.close()
    if not person.email.endswith(".example"):
        raise table.error("email", "must end in .example, so that it reaches nobody")
    if unknown := set(person.teams) - organisations[person.organisation].teams.keys():
        raise table.error("teams", f"{min(unknown)!r} is no team of {person.organisation}")
    if bool(person.teams) != (person.role in TEAM_ROLES):
        raise table.error("teams", f"do not fit the role {person.role}")
    return person
