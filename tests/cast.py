"""The invented people whom all tests know.

Northmoor Council (social care): teams Early Help and Adults.
Southfield Trust (education): team Pastoral.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password

from infoshare.people.models import Membership, Organisation, Role, Sector, Team, User

PASSWORD = "correct horse battery staple"

# Name, e-mail address, organisation, role, team.
PEOPLE = {
    "priya": ("Priya Shah", "northmoor", Role.PRACTITIONER, "early_help"),
    "tom": ("Tom Bailey", "northmoor", Role.PRACTITIONER, "early_help"),
    "maya": ("Maya Okafor", "northmoor", Role.MANAGER, "early_help"),
    "omar": ("Omar Haddad", "northmoor", Role.MANAGER, "adults"),
    "ada": ("Ada Lindqvist", "northmoor", Role.AUDITOR, None),
    "lena": ("Lena Novak", "northmoor", Role.LEAD, None),
    "sam": ("Sam Whitlock", "northmoor", Role.ADMINISTRATOR, None),
    "olu": ("Olu Adeyemi", "southfield", Role.PRACTITIONER, "pastoral"),
    "mina": ("Mina Castellano", "southfield", Role.MANAGER, "pastoral"),
    "abel": ("Abel Moreau", "southfield", Role.AUDITOR, None),
}


@dataclass(frozen=True)
class Cast:
    """Two organisations, three teams, ten people. Their password is `PASSWORD`."""

    northmoor: Organisation
    southfield: Organisation
    early_help: Team
    adults: Team
    pastoral: Team
    priya: User
    tom: User
    maya: User
    omar: User
    ada: User
    lena: User
    sam: User
    olu: User
    mina: User
    abel: User

    @property
    def people(self) -> tuple[User, ...]:
        """All ten, in the order of the table above."""
        return tuple(getattr(self, name) for name in PEOPLE)

    @property
    def teams(self) -> tuple[Team, ...]:
        return self.early_help, self.adults, self.pastoral


def build() -> Cast:
    """Write the cast to the database and return it."""
    places: dict[str, Organisation | Team] = {}
    places["northmoor"] = northmoor = Organisation(
        name="Northmoor Council", sector=Sector.SOCIAL_CARE
    )
    places["southfield"] = southfield = Organisation(
        name="Southfield Trust", sector=Sector.EDUCATION
    )
    places["early_help"] = Team(organisation=northmoor, name="Early Help")
    places["adults"] = Team(organisation=northmoor, name="Adults")
    places["pastoral"] = Team(organisation=southfield, name="Pastoral")
    password = hashed_password(settings.PASSWORD_HASHERS[0])
    people = {
        key: User(email=f"{key}@{row[1]}.example", name=row[0], password=password)
        for key, row in PEOPLE.items()
    }
    Organisation.objects.bulk_create([northmoor, southfield])
    Team.objects.bulk_create([one for one in places.values() if isinstance(one, Team)])
    User.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(
            user=people[key],
            organisation=places[organisation],
            team=places[team] if team else None,
            role=role,
        )
        for key, (_, organisation, role, team) in PEOPLE.items()
    )
    return Cast(**places, **people)


@cache
def hashed_password(hasher: str) -> str:
    """The password's hash, made once by each hasher that a test has in force."""
    return make_password(PASSWORD)
